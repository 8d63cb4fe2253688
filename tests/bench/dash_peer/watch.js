// As tests/browser/watch.js for the Dash app: notes when what the reader sees changed last.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  // What the pointer happens to lie on is no content.
  const chrome = ".hoverlayer, .draglayer, .modebar-container";
  const isContent = ({ target, attributeName }) => {
    const element = target.nodeType === 1 ? target : target.parentElement;
    // Plotly colours by styles; other styles are those of lists that open and close.
    return !element?.closest(chrome) && (attributeName !== "style" || element.closest(".main-svg"));
  };
  const seen = { last: 0, clicked: 0 };

  const observer = new MutationObserver((changes) => {
    if (changes.some(isContent)) seen.last = now();
  });
  // Not the head, where the title says whether anything is being updated.
  addEventListener("DOMContentLoaded", () => observer.observe(document.body, {
    subtree: true, childList: true, characterData: true,
    attributes: true, attributeFilter: ["d", "fill", "transform", "style"],
  }));
  addEventListener("pointerup", ({ target }) => {
    if (target.closest?.('[role="option"]')) seen.clicked = now();
  }, true);

  window.hamkorState = (charts, maps) => {
    const drawn = (selector) => document.querySelectorAll(selector).length;
    const isDrawn = document.title !== "Updating..."
      && drawn(".js-plotly-plot .barlayer .point") >= charts
      && drawn(".js-plotly-plot .choroplethlayer path") >= maps;
    return { isDrawn, last: seen.last, clicked: seen.clicked, start: performance.timeOrigin, now: now() };
  };
})();
