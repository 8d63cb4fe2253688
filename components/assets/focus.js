/* Moves the focus and the view to what has a key of Streamlit's, once an occasion. Run by a script element with
 *   data-key: the key; data-occasion: what it happens once for;
 *   data-is-field: where the first input below the key is meant and not the message there.
 * For five seconds it holds the focus, as the page is still drawn around the place; whatever the reader does ends that,
 * also the choice of another field without any key, as a screen reader or an input by voice makes it. */
(() => {
  "use strict";
  const HOLD_MS = 5000;
  const STEP_MS = 60;
  const HEADER_PX = 72;
  const MESSAGES = "[role=status], [role=alert]";
  const INPUTS = "input:not([type=hidden], :disabled), textarea:not(:disabled), [role=spinbutton]";
  const OTHERS = "button:not(:disabled), [tabindex='0']";
  const { key, occasion, isField } = document.currentScript.dataset;
  const done = (window.hamkorOccasions ??= new Set());
  if (done.has(occasion)) {
    return;
  }
  done.add(occasion);

  // Of a box and a field at fault in one run the field has the focus, whichever script is run first.
  const hold = { isField: isField !== undefined, until: performance.now() + HOLD_MS };
  const other = window.hamkorHold;
  if (hold.isField || !other?.isField || other.until < performance.now()) {
    window.hamkorHold = hold;
  }

  // Some inputs are there for programs alone: the reader cannot see or reach them.
  const isShown = (each) => each.checkVisibility() && !each.closest("[aria-hidden=true]") && each.tabIndex >= 0;

  function find() {
    const place = document.querySelector(`.st-key-${key.trim().replaceAll(/[^a-zA-Z0-9_-]/g, "-")}`);
    if (!place || !hold.isField) {
      return place?.querySelector(MESSAGES);
    }
    const shown = (selector) => [...place.querySelectorAll(selector)].find(isShown);
    return shown(INPUTS) ?? shown(OTHERS);
  }

  function show(target) {
    if (!hold.isField) {
      target.tabIndex = -1;
    }
    target.focus({ preventScroll: true });
    const { top, bottom } = target.getBoundingClientRect();
    if (top < HEADER_PX || bottom > window.innerHeight) {
      target.scrollIntoView({ block: "center" });
    }
  }

  const acted = new AbortController();
  for (const act of ["pointerdown", "keydown", "wheel", "touchmove"]) {
    addEventListener(act, () => acted.abort(), { capture: true, passive: true, signal: acted.signal });
  }
  let target = null;
  addEventListener("focusin", (event) => {
    if (event.target !== target && event.target.matches(INPUTS)) {
      acted.abort();
    }
  }, { capture: true, signal: acted.signal });
  let isFound = false;
  (function step() {
    target = find();
    const isElsewhere = isFound && document.activeElement !== document.body && document.activeElement !== target;
    if (isElsewhere || acted.signal.aborted || performance.now() > hold.until || window.hamkorHold !== hold) {
      acted.abort();
      hold.until = 0;
      return;
    }
    if (target) {
      isFound = true;
      show(target);
    }
    setTimeout(step, STEP_MS);
  })();
})();
