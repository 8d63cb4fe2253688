/* Runs before Streamlit on each page of the app. No part of it needs the server again after it is loaded:
 *   the server: where Streamlit finds it;
 *   the tree: React goes on where an extension or a translator has moved what it drew;
 *   the language of the document, and Streamlit's own words in it (window.hamkorWords, see streamlit_words.py);
 *   "copy link" and "print" on each page; apostrophes of areas. */
(() => {
  "use strict";
  const page = document.documentElement;
  const words = window.hamkorWords;

  /* Streamlit would look for its server below the address of the page first, and wait before it asks again. */
  window.__streamlit = { BACKEND_BASE_URL: location.origin };

  /* The tree. A translator wraps texts into elements of its own; React then asks a parent for children it has no more. */
  const { removeChild, insertBefore } = Node.prototype;
  Node.prototype.removeChild = function (child) {
    if (!child || child.parentNode === this) {
      return removeChild.call(this, child);
    }
    let wrapper = child.parentNode;
    if (!wrapper || !this.contains(wrapper)) {
      return child;
    }
    removeChild.call(wrapper, child);
    while (wrapper !== this && !wrapper.hasChildNodes()) {
      const empty = wrapper;
      wrapper = wrapper.parentNode;
      removeChild.call(wrapper, empty);
    }
    return child;
  };
  Node.prototype.insertBefore = function (added, next) {
    let place = next;
    while (place && place.parentNode !== this) {
      place = place.parentNode;
    }
    return insertBefore.call(this, added, place ?? null);
  };

  /* The language: that of the address, else the reader's. An address without an area is one that the app is about to
   * complete. */
  let language = page.dataset.language;
  Object.defineProperty(navigator, "language", { configurable: true, get: () => page.lang });
  Object.defineProperty(navigator, "languages", { configurable: true, get: () => [page.lang] });
  let lastSearch = location.search;
  function languageOfAddress() {
    const address = new URLSearchParams(location.search);
    if (!address.has("area")) {
      return language;
    }
    return address.get("lang") in words ? address.get("lang") : page.dataset.defaultLanguage;
  }
  function followLanguage() {
    if (location.search === lastSearch) {
      return;
    }
    lastSearch = location.search;
    const asked = languageOfAddress();
    if (asked !== language) {
      language = asked;
      page.lang = language.replace("_", "-");
      setWords();
      treat(page);
      drawActions();
      dispatchEvent(new Event("languagechange"));
    }
  }

  /* On a tablet the menu is folded at first, as on a phone: Streamlit would leave half of the screen to it. */
  const MENU_FOLDED = "stSidebarCollapsed-";
  try {
    if (innerWidth < 1000 && localStorage.getItem(MENU_FOLDED) === null) {
      localStorage.setItem(MENU_FOLDED, "true");
    }
  } catch {
    // Without storage the menu is as Streamlit has it.
  }

  /* Streamlit's own words. */
  const NAMES = ["aria-label", "title", "placeholder", "alt"];
  const OURS = "[data-testid=stHtml], [data-testid=stMarkdownContainer], [data-testid=stText], td, th, option";
  const OURS_BUT = "[data-testid=stTooltipContent], [data-testid=stFileUploaderDropzone], [role=dialog]";
  // What scripts of ours draw has no word of Streamlit's.
  const DRAWN = ".hamkor-grid";
  const ICON = / icon$/;
  let exact = new Map();
  let patterns = [];
  function setWords() {
    exact = new Map();
    patterns = [];
    for (const [text, translation] of Object.entries(words[language].own)) {
      if (!text.includes("{")) {
        exact.set(text, translation);
        continue;
      }
      const [before, after] = text.split(/\{\w+\}/);
      patterns.push({ before, after, translation });
    }
  }
  function translated(text) {
    const whole = exact.get(text);
    if (whole !== undefined || text.length > 200) {
      return whole;
    }
    for (const { before, after, translation } of patterns) {
      if (text.startsWith(before) && text.endsWith(after) && text.length > before.length + after.length) {
        const varied = text.slice(before.length, text.length - after.length);
        return translation.replace(/\{\w+\}/, () => exact.get(varied) ?? varied);
      }
    }
    return undefined;
  }
  // What was written in place of what: a change of language begins with the latter.
  const written = new WeakMap();
  function shownFor(node, name, value) {
    const last = written.get(node)?.[name];
    const source = last?.shown === value ? last.source : value;
    const shown = translated(source.trim()) ?? source;
    if (shown !== value) {
      written.set(node, { ...written.get(node), [name]: { source, shown } });
    }
    return shown;
  }
  function treatText(node) {
    const shown = shownFor(node, "text", node.data);
    const parent = node.parentElement;
    if (shown !== node.data && parent && (!parent.closest(OURS) || parent.closest(OURS_BUT))) {
      node.data = shown;
    }
  }
  function treatAttribute(element, name) {
    const value = element.getAttribute(name);
    if (!value) {
      return;
    }
    if (name === "aria-label" && ICON.test(value)) {
      element.removeAttribute(name);
      element.setAttribute("aria-hidden", "true");
      return;
    }
    const shown = shownFor(element, name, value);
    if (shown !== value) {
      element.setAttribute(name, shown);
    }
  }
  // Of its charts Vega tells in English what kind each mark is, and its values once by the names of columns and once by
  // ours, which begin with a capital.
  const BY_COLUMN = /^[a-z_]+( \([a-z-]+\))?: /;
  function treatMark(element) {
    const told = element.getAttribute("aria-label");
    const wanted = told?.split("; ").filter((part) => !BY_COLUMN.test(part)).join("; ");
    if (wanted && wanted !== told) {
      element.setAttribute("aria-label", wanted);
    }
  }
  function treatChart(element) {
    if (element.getAttribute("role") === "graphics-symbol") {
      treatMark(element);
    }
    if (element.hasAttribute("aria-roledescription")) {
      element.removeAttribute("aria-roledescription");
      if (/-(axis|legend)$|legend/.test(element.getAttribute("class") ?? "")) {
        element.removeAttribute("aria-label");
        element.setAttribute("aria-hidden", "true");
      }
    }
  }
  const NAMED = [...NAMES, "aria-roledescription"].map((name) => `[${name}]`).join();
  function treatElement(element) {
    treatChart(element);
    NAMES.forEach((name) => treatAttribute(element, name));
  }
  function treat(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      treatText(node);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      treatElement(node);
      node.querySelectorAll(NAMED).forEach(treatElement);
      // The pane in which a table scrolls is no place for the keyboard: its cells are.
      node.querySelectorAll(".dvn-scroller").forEach((pane) => pane.setAttribute("tabindex", "-1"));
      const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        treatText(texts.currentNode);
      }
    }
  }
  function follow(changes) {
    followLanguage();
    for (const { type, target, addedNodes, attributeName } of changes) {
      if (type === "attributes") {
        attributeName === "aria-roledescription" ? treatChart(target) : treatAttribute(target, attributeName);
      } else if (type === "characterData") {
        treatText(target);
      } else if (!target.closest?.(DRAWN)) {
        addedNodes.forEach(treat);
      }
    }
  }

  /* What can be done with each page. The buttons stand outside of what React draws. */
  const actions = document.createElement("div");
  actions.id = "hamkor-actions";
  function button(icon, text, act) {
    const element = document.createElement("button");
    element.type = "button";
    element.append(Object.assign(document.createElement("i"), { textContent: icon, ariaHidden: "true" }));
    element.append(Object.assign(document.createElement("span"), { textContent: text }));
    element.addEventListener("click", act);
    return element;
  }
  async function copyLink() {
    const { linkCopied } = words[language];
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      // Without HTTPS there is no clipboard for scripts: the reader copies the address from a box.
      prompt(words[language].copyLink, location.href);
      return;
    }
    this.querySelector("span").textContent = linkCopied;
    this.querySelector("i").textContent = "check";
    setTimeout(drawActions, 4000);
  }
  function drawActions() {
    const hadFocus = [...actions.querySelectorAll("button")].indexOf(document.activeElement);
    const { copyLink: copy, print: printPage } = words[language];
    actions.replaceChildren(button("link", copy, copyLink), button("print", printPage, () => print()));
    actions.querySelectorAll("button")[hadFocus]?.focus();
  }

  // They are at the top of the page, not above what is read further down.
  addEventListener("scroll", ({ target }) => {
    if (target.dataset?.testid === "stMain") {
      actions.classList.toggle("is-away", target.scrollTop > 8);
    }
  }, { capture: true, passive: true });

  /* An area is found with whatever apostrophe is typed: what stands in the field is what stands in names. */
  const AREA_FIELD = "[class*=st-key-area-] input[role=combobox]";
  const { set: setValue } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  addEventListener("input", ({ target, isComposing }) => {
    if (isComposing || !target.matches?.(AREA_FIELD)) {
      return;
    }
    const { value, selectionStart } = target;
    const wanted = value.replace(/(?<=[og])['`´‘’ʼ]/gi, "ʻ").replace(/(?<=\p{L})['`´‘’]/gu, "ʼ");
    if (wanted !== value) {
      setValue.call(target, wanted);
      target.setSelectionRange(selectionStart, selectionStart);
    }
  }, { capture: true });

  setWords();
  const followed = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(follow).observe(page, { ...followed, attributeFilter: [...NAMES, "aria-roledescription"] });
  addEventListener("DOMContentLoaded", () => {
    drawActions();
    document.body.append(actions);
  });
})();
