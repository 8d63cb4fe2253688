// Turns the slides of a presentation by keyboard, clicker, touch and buttons, and keeps a second window for the speaker.
// Nothing here asks the server for anything.
(() => {
  "use strict";

  const root = document.documentElement;
  const slides = Array.from(document.querySelectorAll("#slides > .slide"));
  const keys = document.getElementById("keys");
  const message = document.getElementById("message");
  const texts = document.getElementById("texts").dataset;
  const started = `hamkor-started:${location.pathname}`;
  let current = 0;
  let typed = "";
  let speaker = null;

  // How large the text of a body may be, and how narrow its gaps: the first pair that fits is taken.
  const SIZES = [[1.35, 1.2], [1.25, 1.15], [1.15, 1.1], [1.08, 1], [1, 1], [1, .75], [1, .5], [1, .3], [.94, .3], [.88, .3],
    [.82, .25], [.76, .2], [.7, .2], [.64, .15], [.58, .1], [.52, .1]];
  const TITLE_SIZES = [1, .92, .85, .78, .7, .62];
  const BREAKING = .6;
  const HIGHEST_TITLE = .215;
  const SLEEP_MS = 3000, MESSAGE_MS = 6000, SWIPE_PX = 50;

  // Sizes

  const isHeld = (box) => box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;

  function fit(slide) {
    const [sheet, title, body] = [".sheet", ".sheet > h2", ".body"].map((part) => slide.querySelector(part));
    const main = body.querySelector(".main");
    const boxes = [body, main, ...main.querySelectorAll(".tile")];
    for (const size of TITLE_SIZES) {
      sheet.style.setProperty("--t", size);
      if (title.offsetHeight <= slide.clientHeight * HIGHEST_TITLE && title.scrollWidth <= title.clientWidth) break;
    }
    for (const [size, gap] of SIZES) {
      if (size > 1 && main.classList.contains("picture")) continue;
      sheet.style.setProperty("--s", size);
      sheet.style.setProperty("--g", gap);
      body.classList.toggle("breaking", size < BREAKING);
      if (boxes.every(isHeld)) break;
    }
  }

  function fitAll() {
    slides.forEach(fit);
    root.dataset.fitted = `${innerWidth}x${innerHeight}`;
    drawSpeaker();
  }

  // Turning

  function show(number) {
    const next = Math.min(Math.max(number, 0), slides.length - 1);
    if (next !== current) {
      startTime();
      message.hidden = true;
    }
    current = next;
    slides.forEach((slide, index) => {
      slide.classList.toggle("current", index === current);
      slide.toggleAttribute("inert", index !== current);
    });
    history.replaceState(null, "", `#${current + 1}`);
    document.getElementById("told").textContent = `${slides[current].dataset.place}: ${titleOf(current)}`;
    setBlack(false);
  }

  const asked = () => (Number(location.hash.slice(1)) || 1) - 1;

  const titleOf = (number) => slides[number].querySelector(".sheet > h2").textContent;

  function setBlack(isBlack) {
    root.classList.toggle("black", isBlack);
    drawSpeaker();
  }

  function goToTyped() {
    const number = Number(typed);
    typed = "";
    show(number ? number - 1 : current + 1);
  }

  function toggleFullScreen() {
    startTime();
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.({ navigationUI: "hide" }).catch(() => {});
  }

  function toggleKeys() {
    if (keys.open) keys.close();
    else keys.showModal();
  }

  function leave() {
    if (document.fullscreenElement) document.exitFullscreen();
    setBlack(false);
    message.hidden = true;
  }

  const actions = {
    next: () => show(current + 1),
    previous: () => show(current - 1),
    first: () => show(0),
    last: () => show(slides.length - 1),
    go: goToTyped,
    full: toggleFullScreen,
    notes: openSpeaker,
    black: () => setBlack(!root.classList.contains("black")),
    time: () => root.classList.toggle("without-time"),
    restart: () => startTime(Date.now()),
    keys: toggleKeys,
    leave,
  };

  // By the place of the key, as a Cyrillic keyboard has other letters there. Clickers send page keys, F5 and a full stop.
  const byKey = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", Space: "next", " ": "next",
    ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous", Backspace: "previous",
    Home: "first", End: "last", Enter: "go", NumpadEnter: "go", KeyF: "full", F5: "full", KeyN: "notes", KeyB: "black",
    Period: "black", ".": "black", KeyT: "time", KeyR: "restart", KeyH: "keys", "?": "keys", Escape: "leave",
  };

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^\d$/.test(event.key)) {
      typed = (typed + event.key).slice(-3);
      return;
    }
    const isButton = event.target.closest?.("button") && ["Enter", "Space"].includes(event.code);
    const action = byKey[event.code] ?? byKey[event.key];
    if (!action || isButton || (keys.open && ["leave", "go"].includes(action))) return;
    event.preventDefault();
    if (keys.open && action !== "keys") keys.close();
    if (action !== "go") typed = "";
    actions[event.shiftKey && action === "next" ? "previous" : action]();
  }

  function onClick(event) {
    const button = event.target.closest?.("[data-do]");
    if (!button) return;
    actions[button.dataset.do]();
    // So that the space bar turns the slide again.
    if (event.detail) button.blur();
  }

  // Time

  function startTime(at) {
    if (at || !sessionStorage.getItem(started)) sessionStorage.setItem(started, at || Date.now());
    tick();
  }

  function elapsed() {
    const since = Number(sessionStorage.getItem(started));
    const seconds = since ? Math.floor((Date.now() - since) / 1000) : 0;
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    return (parts[0] ? parts : parts.slice(1)).map((part) => String(part).padStart(2, "0")).join(":");
  }

  function tick() {
    const time = elapsed();
    document.querySelectorAll(".timer").forEach((timer) => { timer.textContent = time; });
    if (!isSpeaking()) return;
    speaker.document.querySelectorAll(".timer").forEach((timer) => { timer.textContent = time; });
    speaker.document.getElementById("clock").textContent = new Date().toTimeString().slice(0, 5);
  }

  // The window of the speaker is written from here, so it needs no server either.

  const isSpeaking = () => Boolean(speaker && !speaker.closed && speaker.document.getElementById("speech"));

  function openSpeaker() {
    if (isSpeaking()) {
      speaker.focus();
      return;
    }
    speaker = window.open("", `hamkor-speaker-${Date.now()}`, "popup,width=1180,height=760");
    if (!speaker) {
      tell(texts.blocked);
      return;
    }
    const page = speaker.document, words = document.getElementById("speaker");
    page.write("<!DOCTYPE html><html><head></head><body></body></html>");
    page.close();
    page.documentElement.lang = root.lang;
    page.title = words.dataset.title;
    page.head.append(page.importNode(document.getElementById("style"), true));
    page.body.className = "speaker";
    page.body.append(page.importNode(words.content, true));
    page.addEventListener("keydown", onKey);
    page.addEventListener("click", onClick);
    speaker.addEventListener("resize", drawSpeaker);
    tick();
    drawSpeaker();
  }

  function drawSpeaker() {
    if (!isSpeaking()) return;
    const page = speaker.document, isLast = current === slides.length - 1;
    const speech = slides[current].querySelector(".speech");
    page.getElementById("at").textContent = `${current + 1} / ${slides.length}`;
    page.getElementById("speech-title").textContent = titleOf(current);
    page.getElementById("speech").replaceChildren(...Array.from(speech.children, (line) => page.importNode(line, true)));
    page.getElementById("no-notes").hidden = speech.children.length > 0;
    page.getElementById("black-now").hidden = !root.classList.contains("black");
    page.getElementById("last").hidden = !isLast;
    page.getElementById("next").hidden = isLast;
    drawView(page.getElementById("this"), slides[current]);
    if (!isLast) drawView(page.getElementById("next"), slides[current + 1]);
  }

  function drawView(view, slide) {
    const stage = view.ownerDocument.createElement("div");
    const copy = view.ownerDocument.importNode(slide, true);
    copy.setAttribute("inert", "");
    copy.setAttribute("aria-hidden", "true");
    stage.className = "stage";
    stage.append(copy);
    view.replaceChildren(stage);
    const share = view.clientWidth / window.innerWidth;
    stage.style.width = `${window.innerWidth}px`;
    stage.style.height = `${window.innerHeight}px`;
    stage.style.transform = `scale(${share})`;
    view.style.height = `${window.innerHeight * share + 2}px`;
  }

  // The pointer, the hand and the screen

  let sleeping = 0, telling = 0, touch = null;

  function wake() {
    root.classList.remove("asleep");
    root.classList.add("awakened");
    clearTimeout(sleeping);
    sleeping = setTimeout(() => { root.classList.remove("awakened"); root.classList.add("asleep"); }, SLEEP_MS);
  }

  function tell(text) {
    message.textContent = text;
    message.hidden = false;
    clearTimeout(telling);
    telling = setTimeout(() => { message.hidden = true; }, MESSAGE_MS);
  }

  function onTouchStart(event) {
    touch = event.touches.length === 1 ? event.touches[0] : null;
  }

  function onTouchEnd(event) {
    const end = event.changedTouches[0];
    if (!touch || event.touches.length || visualViewport?.scale > 1.05) return;
    const [across, down] = [end.clientX - touch.clientX, end.clientY - touch.clientY];
    if (Math.abs(across) >= SWIPE_PX && Math.abs(across) > 1.5 * Math.abs(down)) actions[across < 0 ? "next" : "previous"]();
    else wake();
  }

  function stayLit() {
    // Not every browser can, and none does on battery saving: then the screen may dim as it is used to.
    if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
  }

  function onPaper(isPrinting) {
    root.classList.toggle("on-paper", isPrinting);
    fitAll();
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("mousemove", wake);
  document.addEventListener("touchstart", onTouchStart, { passive: true });
  document.addEventListener("touchend", onTouchEnd, { passive: true });
  document.addEventListener("fullscreenchange", stayLit);
  document.addEventListener("visibilitychange", stayLit);
  window.addEventListener("resize", fitAll);
  window.addEventListener("beforeprint", () => onPaper(true));
  window.addEventListener("afterprint", () => onPaper(false));
  window.addEventListener("hashchange", () => show(asked()));
  window.addEventListener("pagehide", () => speaker?.close());
  setInterval(tick, 1000);

  root.classList.add("turning");
  current = Math.min(Math.max(asked(), 0), slides.length - 1);
  show(current);
  stayLit();
  if (!sessionStorage.getItem(started)) tell(texts.hint);
  // Letters of another typeface have other widths: measure when ours is there, which is at once as it came along.
  Promise.all(Array.from(document.fonts, (face) => face.load())).then(fitAll);
})();
