/* The map under the keyboard: one tab stop, arrows between areas, Enter opens, Escape leaves; each area is read out. */
const hamkorReader = (() => {
  "use strict";
  const TYPING_MS = 900;
  const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const isStill = matchMedia("(prefers-reduced-motion: reduce)");

  const letters = (text) => text.toLowerCase().replace(/[^\p{L}\p{N} ]/gu, "");

  /* The nearest area in a direction: first among those straight ahead, then among all on that side. */
  function nearest(map, areas, from, [x, y]) {
    const start = map.latLngToLayerPoint(from.middle);
    let best = null;
    for (const narrow of [true, false]) {
      for (const area of areas) {
        const step = map.latLngToLayerPoint(area.middle).subtract(start);
        const ahead = step.x * x + step.y * y;
        const aside = Math.abs(step.x * y) + Math.abs(step.y * x);
        const cost = ahead + 2 * aside;
        if (area !== from && ahead > 0 && (!narrow || aside <= ahead) && (!best || cost < best.cost)) {
          best = { area, cost };
        }
      }
      if (best) {
        return best.area;
      }
    }
    return from;
  }

  function reader(map) {
    const container = map.getContainer();
    const said = hamkorPlaces.element("p", "");
    let layer = null;
    let current = null;
    let typed = { text: "", moment: 0 };

    said.className = "hamkor-unseen";
    said.setAttribute("role", "status");
    document.body.append(said);
    container.tabIndex = 0;
    container.setAttribute("role", "application");
    container.setAttribute("aria-describedby", "hamkor-help");
    map.getPane("mapPane").setAttribute("aria-hidden", "true");

    function go(area) {
      if (!area) {
        return;
      }
      current = area.soato;
      map.panInside(area.middle, { padding: [60, 60], animate: !isStill.matches });
      layer.focus(area);
      said.textContent = [area.name, ...area.lines].join(", ");
    }

    function first() {
      const middle = map.latLngToLayerPoint(map.getCenter());
      const far = (area) => map.latLngToLayerPoint(area.middle).distanceTo(middle);
      return layer.area(current) ?? layer.area(layer.marked) ?? layer.areas.reduce((one, other) => (far(other) < far(one) ? other : one));
    }

    function leave() {
      layer.focus(null);
      said.textContent = "";
    }

    /* Steps in the order of names, from one end to the other. */
    function step(by) {
      const place = layer.areas.indexOf(layer.area(current)) + by;
      return layer.areas[Math.min(Math.max(place, 0), layer.areas.length - 1)];
    }

    function find(letter, moment) {
      typed = { text: (moment - typed.moment > TYPING_MS ? "" : typed.text) + letters(letter), moment };
      return layer.areas.find(({ name }) => letters(name).startsWith(typed.text));
    }

    const keys = {
      Enter: () => layer.open(layer.area(current)),
      " ": () => layer.open(layer.area(current)),
      Escape: () => container.blur(),
      Home: () => go(layer.areas[0]),
      End: () => go(layer.areas.at(-1)),
      PageDown: () => go(step(1)),
      PageUp: () => go(step(-1)),
      "+": () => map.zoomIn(),
      "=": () => map.zoomIn(),
      "-": () => map.zoomOut(),
    };

    function press(event) {
      if (event.ctrlKey || event.altKey || event.metaKey || !layer?.areas.length) {
        return;
      }
      const now = layer.area(current);
      if (ARROWS[event.key]) {
        go(now ? nearest(map, layer.areas, now, ARROWS[event.key]) : first());
      } else if (keys[event.key]) {
        keys[event.key]();
      } else if (event.key.length === 1 && letters(event.key)) {
        go(find(event.key, event.timeStamp));
      } else {
        return;
      }
      event.preventDefault();
    }

    container.addEventListener("keydown", press);
    container.addEventListener("focus", () => container.matches(":focus-visible") && layer?.areas.length && go(first()));
    container.addEventListener("blur", () => layer && leave());

    return {
      /* Take another layer over, at the same area. */
      read(next, { title, words }) {
        layer = next;
        container.setAttribute("aria-label", title);
        container.setAttribute("aria-roledescription", words.map);
        if (document.activeElement === container && container.matches(":focus-visible")) {
          go(layer.area(current));
        }
      },
    };
  }

  return { of: (map) => (map.hamkorReader ??= reader(map)) };
})();
