// What a test asks of a drawn page; run in it as an expression, whose value is these functions.
(() => {
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.clientWidth > 1;
  const hasText = ({ childNodes }) => [...childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  /* Texts that are cut, and whether the page scrolls sideways. */
  function cut() {
    const main = document.querySelector("[data-testid=stMain]");
    const faults = main.scrollWidth > main.clientWidth ? ["it scrolls sideways"] : [];
    for (const element of main.querySelectorAll("*:not(svg *)")) {
      const { overflowX, clipPath } = getComputedStyle(element);
      const isClipped = ["hidden", "clip"].includes(overflowX) && clipPath === "none" && hasText(element) && isSeen(element);
      if (isClipped && element.scrollWidth > element.clientWidth + 1) {
        faults.push(`it cuts: ${element.textContent.trim().slice(0, 60)}`);
      }
    }
    return faults;
  }

  /* Notes each place where the focus comes to: its name, its size, and whether one sees that it is there; and that all
     have been walked, when it comes to the first one again. */
  function followFocus(smallest) {
    window.hamkorStops = [];
    window.hamkorIsWalked = false;
    const seen = new Set();
    const named = (element) => (element.getAttribute("aria-labelledby") ?? "").split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "").join("")
      || element.ariaLabel || element.labels?.[0]?.textContent || element.title || element.textContent;
    const hasRing = (element) => {
      const { boxShadow, outlineStyle, outlineWidth } = getComputedStyle(element);
      return boxShadow !== "none" || (outlineStyle !== "none" && outlineWidth !== "0px");
    };
    addEventListener("focusin", ({ target }) => {
      if (seen.has(target)) {
        window.hamkorIsWalked ||= target === seen.values().next().value;
      } else {
        seen.add(target);
        const { width, height } = target.getBoundingClientRect();
        const around = [target, target.parentElement, target.parentElement?.parentElement].filter(Boolean);
        const isSmall = target.matches("a, button") && Math.min(width, height) < smallest;
        hamkorStops.push({ name: named(target).trim(), hasRing: around.some(hasRing), isSmall });
      }
    }, true);
  }

  /* All names that a screen reader or a tooltip tells. */
  function names() {
    const attributes = ["aria-label", "title", "placeholder", "aria-roledescription"];
    const elements = [...document.querySelectorAll(attributes.map((name) => `[${name}]`).join())];
    return elements.flatMap((element) => attributes.map((name) => element.getAttribute(name))).filter(Boolean);
  }

  /* Wraps each text into elements of its own, as browsers do that translate a page. */
  function wrap() {
    const texts = document.createTreeWalker(document.getElementById("root"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    for (const text of found.filter((each) => each.data.trim() && !each.parentElement.closest("style, script, svg"))) {
      const outer = document.createElement("font");
      const inner = document.createElement("font");
      text.replaceWith(outer);
      outer.append(inner);
      inner.append(text);
    }
    return found.length;
  }

  return { cut, followFocus, names, wrap };
})()
