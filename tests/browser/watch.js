// Runs in every frame before the page's own code: notes when what the reader sees changed last.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  // What the pointer happens to lie on is no content either.
  const chrome = '[data-testid="stHeader"], [data-testid="stStatusWidget"], .leaflet-tooltip-pane';
  const isContent = ({ target }) => !(target.nodeType === 1 ? target : target.parentElement)?.closest(chrome);
  const seen = { last: 0, clicked: 0 };
  window.hamkorSeen = seen;

  const observer = new MutationObserver((changes) => {
    if (changes.some(isContent)) seen.last = now();
  });
  const watch = () => observer.observe(document, {
    subtree: true, childList: true, characterData: true,
    attributes: true, attributeFilter: ["d", "fill", "transform", "data-test-script-state"],
  });
  watch();
  // A frame keeps its window, and this script, when its own page takes the place of the empty one.
  addEventListener("DOMContentLoaded", watch);
  addEventListener("pointerup", ({ target }) => {
    if (target.closest?.('[role="option"], [role="radio"], [class*="st-key-send-"], [class*="st-key-save"]')) seen.clicked = now();
  }, true);

  addEventListener("keydown", ({ target }) => {
    if (target.closest?.('input[type="range"]')) seen.clicked = now();
  }, true);

  const all = (selector) => [...document.querySelectorAll(selector)];
  // A map is drawn when its outlines are there; a frame of another kind when it has anything.
  const mapIsDrawn = (frame) => Boolean(frame.contentDocument?.querySelector("path.leaflet-interactive"));

  window.hamkorState = (charts, maps) => {
    const app = document.querySelector('[data-testid="stApp"]');
    const drawings = all('[data-testid="stVegaLiteChart"], .hamkor-bars');
    const frames = all("iframe").filter((frame) => frame.offsetHeight > 100);
    const isDrawn = app?.getAttribute("data-test-script-state") === "notRunning"
      && drawings.length >= charts && drawings.every((chart) => chart.querySelector("svg, canvas, li"))
      && frames.length >= maps && frames.every(mapIsDrawn)
      && !document.querySelector('[data-testid="stSkeleton"]');
    const last = Math.max(seen.last, ...frames.map((frame) => frame.contentWindow?.hamkorSeen?.last ?? 0));
    return { isDrawn: Boolean(isDrawn), last, clicked: seen.clicked, start: performance.timeOrigin, now: now() };
  };
})();
