/* Draws the year of plan and events as a table of links, in the place before the script element: the browser takes
 * several times as long over the same table as HTML, which Streamlit checks element by element.
 *   data-grid of the place: { title, corner, every, group, thisMonth (1-12, or null), months: [[short, name], ...],
 *     states: [[class, sign, words with "{number}"], ...],
 *     rows: [[heading, its address or "", address of all its months, [numbers by state or 0, ...]], ...] }
 * where a row has its twelve months and their sum, and the last row is that of all. Texts become text nodes, never markup.
 * For the keyboard it is one stop: arrows lead from link to link, Home and End to those of the row's ends, with Ctrl to
 * those of the table's, Enter opens, Escape leaves. */
(() => {
  "use strict";
  const place = document.currentScript.parentElement.querySelector(".hamkor-grid");
  const grid = JSON.parse(place.dataset.grid);
  // Marks in a cell with several: shorter than a class each.
  const MARKS = { o: "b", h: "i", p: "u", c: "small" };
  const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, grid.group);

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [attribute, value] of Object.entries(attributes)) {
      made.setAttribute(attribute, value);
    }
    return made;
  }

  /* Not a place for Tab, as but one of them is at a time. */
  const link = (text, address, attributes = {}) => element("a", text, { href: address, tabindex: -1, ...attributes });

  function cell(counts, address) {
    const made = document.createElement("td");
    const shown = grid.states.flatMap(([kind, sign, words], state) => {
      const text = counts && counts[state] && number(counts[state]);
      return text ? [{ kind, text: sign + text, words: words.replace("{number}", text) }] : [];
    });
    if (!shown.length) {
      return made;
    }
    const title = shown.map(({ words }) => words).join(", ");
    if (shown.length === 1) {
      made.append(link(shown[0].text, address, { class: shown[0].kind, title }));
      return made;
    }
    const marks = link("", address, { title });
    shown.forEach(({ kind, text }, index) => marks.append(index ? " " : "", element(MARKS[kind], text)));
    made.append(marks);
    return made;
  }

  /* The column of this month. */
  function mark(tableRow) {
    if (grid.thisMonth) {
      tableRow.cells[grid.thisMonth].className = "is-now";
    }
  }

  function row([heading, headingAddress, address, cells]) {
    const made = document.createElement("tr");
    const head = element("th", headingAddress ? "" : heading, { scope: "row" });
    if (headingAddress) {
      head.append(link(heading, headingAddress));
    }
    const months = cells.map((counts, index) => cell(counts, index < 12 ? `${address}&month=${index + 1}` : address));
    made.append(head, ...months);
    mark(made);
    return made;
  }

  function table() {
    const made = element("table", "", { role: "grid", "aria-label": grid.title });
    const months = grid.months.map(([short, name]) => element("th", short, { scope: "col", title: name }));
    const [corner, every] = [grid.corner, grid.every].map((text) => element("th", text, { scope: "col" }));
    const head = document.createElement("thead");
    head.append(document.createElement("tr"));
    head.firstChild.append(corner, ...months, every);
    mark(head.firstChild);
    const body = document.createElement("tbody");
    body.append(...grid.rows.map(row));
    made.append(head, body);
    return made;
  }

  const linkOf = (tableCell) => tableCell?.querySelector("a");

  /* The next link that way, over cells without one. */
  function next(from, [down, right]) {
    const { cellIndex, parentElement } = from.closest("td, th");
    const { rows } = from.closest("table");
    let [y, x] = [parentElement.rowIndex + down, cellIndex + right];
    while (rows[y]?.cells[x]) {
      const found = linkOf(rows[y].cells[x]);
      if (found) {
        return found;
      }
      [y, x] = [y + down, x + right];
    }
    return from;
  }

  function end(from, { key, ctrlKey }) {
    const links = (ctrlKey ? from.closest("table") : from.closest("tr")).querySelectorAll("a");
    return links[key === "Home" ? 0 : links.length - 1];
  }

  function press(event) {
    const from = event.target.closest("a");
    const isEnd = event.key === "Home" || event.key === "End";
    if (!from || event.altKey || event.metaKey || event.shiftKey || (event.ctrlKey && !isEnd)) {
      return;
    }
    if (ARROWS[event.key]) {
      next(from, ARROWS[event.key]).focus();
    } else if (isEnd) {
      end(from, event).focus();
    } else if (event.key === "Escape") {
      from.blur();
    } else {
      return;
    }
    event.preventDefault();
  }

  const made = table();
  let stop = made.querySelector("a");
  if (stop) {
    stop.tabIndex = 0;
  }
  made.addEventListener("focusin", ({ target }) => {
    stop.tabIndex = -1;
    stop = target;
    stop.tabIndex = 0;
  });
  made.addEventListener("keydown", press);
  place.replaceChildren(made);
})();
