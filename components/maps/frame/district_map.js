/* Draws districts by class from what the browser keeps. Names and words become text nodes, never markup. A view is
 *   { lang, title, focus, marked, classes: [{fill, label, hatch, line}], words: [line, ...],
 *     signs: [[sign, meaning], ...], signed: {soato: sign, ...}, units: [[soato, classIndex, [position in words, ...]], ...] }
 * where `focus` is a region's code or "" and `marked` a district's code or "". Links are { district, region, open: [soato, ...] or null }. */
window.hamkor = (() => {
  "use strict";
  const { element, svg } = hamkorPlaces;
  const TINY_PX = 8; // a smaller district has no line of its own, which would hide its colour
  const SIGN_PX = 22; // a smaller district has no room for its sign
  const ROUNDING_PX = 2; // a change of size moves the middle by so much at most
  const REGION_DIGITS = 4; // of the code of a district
  const NAMES_OF_DISTRICTS = 1.2; // enlarged by so many steps, the map of the nation names districts instead of regions
  const still = { interactive: false, fill: false, opacity: 1 };
  const BORDER = { ...still, color: "#34465a", className: "hamkor-border" };
  const MARKED = { ...still, color: "#0b1a2b", weight: 3.5, className: "hamkor-border" };
  const HOVER = [{ ...still, color: "#0b1a2b", weight: 2.5 }];
  const FOCUS = [
    { ...still, color: "#ffffff", weight: 8, className: "hamkor-focus-edge" },
    { ...still, color: "#0b1a2b", weight: 4, className: "hamkor-focus" },
  ];

  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });
  }

  const patternId = (index) => `hamkor-hatch-${index}`;
  const paint = ({ classes }, index) => (classes[index].hatch === "none" ? classes[index].fill : `url(#${patternId(index)})`);
  const MARKS = {
    rising: [{ d: "M3,0V6", "stroke-width": 1.6 }, 45],
    falling: [{ d: "M3,0V6", "stroke-width": 1.6 }, -45],
    dots: [{ d: "M3,3h.01", "stroke-width": 2.4, "stroke-linecap": "round" }, 45],
  };

  function hatches(view) {
    const patterns = view.classes.flatMap(({ fill, hatch, line }, index) => {
      const [mark, turn] = MARKS[hatch] ?? [];
      return mark
        ? [svg("pattern", { id: patternId(index), width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` },
            svg("rect", { width: 6, height: 6, fill }), svg("path", { ...mark, class: `hamkor-hatch ${line}` }))]
        : [];
    });
    return svg("defs", {}, ...patterns);
  }

  /* Beside the map or below it, never over it. */
  function panel(view, words, zoom) {
    const rows = view.classes.map(({ label }, index) => {
      const swatch = svg("svg", { width: 18, height: 12, "aria-hidden": "true" },
        svg("rect", { x: 0.5, y: 0.5, width: 17, height: 11, rx: 2, fill: paint(view, index), stroke: "#7b8794", "stroke-width": 0.8 }));
      return element("li", "", swatch, element("span", label));
    });
    const signs = view.signs.map(([sign, meaning]) => {
      const mark = element("b", sign);
      mark.setAttribute("aria-hidden", "true");
      return element("li", "", mark, element("span", meaning));
    });
    // The keys + and − do the same, so that the map stays one tab stop.
    zoom.querySelectorAll("a").forEach((button) => { button.removeAttribute("href"); button.tabIndex = -1; });
    const help = element("p", words.help.replace("{enter}", "Enter").replace("{escape}", "Escape"));
    help.id = "hamkor-help";
    const head = element("header", "", element("h2", view.title), zoom);
    const lists = [rows, signs].map((items) => element("ul", "", ...items));
    const made = element("section", "", head, ...lists, element("small", words.credit), help);
    made.className = "hamkor-panel";
    return made;
  }

  /* An area as it is drawn, read and opened. */
  function drawArea(view, group, [soato, index, lines]) {
    const outline = hamkorPlaces.districts[soato];
    const middle = hamkorPlaces.points[soato];
    const fill = { fillColor: paint(view, index), fillOpacity: 1, opacity: 1 };
    const shape = outline ? L.polygon(outline, { ...fill, color: "#ffffff" }) : L.circleMarker(middle, { ...fill, color: "#1b2838", weight: 1 });
    shape.addTo(group);
    return { soato, outline, middle, shape, name: hamkorPlaces.name(view.lang, soato), lines: lines.map((place) => view.words[place]) };
  }

  function drawLand(view, group) {
    for (const [soato, outline] of Object.entries(hamkorPlaces.regions)) {
      const fillColor = !view.focus || soato === view.focus ? "#e4e9ef" : "#f4f6f8";
      L.polygon(outline, { ...still, weight: 0.8, color: "#c3ccd6", fill: true, fillColor, fillOpacity: 1 }).addTo(group);
    }
  }

  function drawBorders(view, group) {
    return Object.entries(hamkorPlaces.regions).filter(([soato]) => !view.focus || soato === view.focus)
      .map(([, outline]) => L.polygon(outline, BORDER).addTo(group));
  }

  function outlineOf({ outline, shape, middle }, styles) {
    return styles.map((style) => (outline ? L.polygon(outline, style) : L.circleMarker(middle, { ...style, radius: shape.getRadius() + 2 })));
  }

  function boundsOf(map, outline) {
    const bounds = L.latLngBounds(outline.flat(2));
    return L.bounds(map.latLngToLayerPoint(bounds.getNorthWest()), map.latLngToLayerPoint(bounds.getSouthEast()));
  }

  /* Where the text on an area does not cover it: left or right of it, on the side with more room. */
  function beside(map, { outline, middle }) {
    const { min, max } = outline ? boundsOf(map, outline) : { min: map.latLngToLayerPoint(middle), max: map.latLngToLayerPoint(middle) };
    const isRight = (min.x + max.x) / 2 < map.containerPointToLayerPoint(map.getSize().divideBy(2)).x;
    return [map.layerPointToLatLng([isRight ? max.x + 6 : min.x - 6, (min.y + max.y) / 2]), isRight ? "right" : "left"];
  }

  /* A layer with one content at a time. */
  function slot(group) {
    let content = [];
    return (layers) => {
      content.forEach((layer) => group.removeLayer(layer));
      content = layers;
      content.forEach((layer) => group.addLayer(layer));
    };
  }

  /* Names stay where they are until the reader moves the map, or signs stand elsewhere: a change of period keeps them. */
  function names(map, view, areas, signs, taken, land) {
    const seen = [map.getZoom(), map.getSize(), map.getPixelOrigin(), map.containerPointToLayerPoint([0, 0])];
    const at = JSON.stringify([view.lang, view.focus, hamkorLabels.isLoaded(), seen, signs]);
    if (map.hamkorNames?.at !== at) {
      map.hamkorNames = { at, layers: hamkorLabels.layers(map, named(map, view, areas), taken, land) };
    }
    return map.hamkorNames.layers;
  }

  /* What depends on the zoom: widths of lines, circles of areas without an outline, signs and names. */
  function scale(map, view, areas, borders) {
    const zoom = map.getZoom();
    const weight = Math.min(Math.max(0.35 * (zoom - 4), 0.6), 1.4);
    borders.forEach((border) => border.setStyle({ weight: weight * 1.8 }));
    const land = [];
    const taken = [];
    const signs = [];
    for (const area of areas) {
      if (!area.outline) {
        area.shape.setRadius(Math.min(Math.max(2.5 * 2 ** ((zoom - 5.5) / 2), 2.5), 7));
        taken.push(L.bounds([map.latLngToLayerPoint(area.middle).subtract([7, 7]), map.latLngToLayerPoint(area.middle).add([7, 7])]));
        continue;
      }
      const bounds = boundsOf(map, area.outline);
      const size = bounds.getSize();
      land.push(bounds);
      area.shape.setStyle({ weight: Math.max(size.x, size.y) < TINY_PX ? 0 : weight });
      const sign = view.signed[area.soato];
      if (sign && Math.min(size.x, size.y) >= SIGN_PX) {
        const icon = L.divIcon({ className: "hamkor-sign", html: element("b", sign), iconSize: [16, 16] });
        const point = map.latLngToLayerPoint(area.middle);
        signs.push(L.marker(area.middle, { icon, interactive: false, keyboard: false }));
        taken.push(L.bounds([point.subtract([8, 8]), point.add([8, 8])]));
      }
    }
    const signed = signs.map((sign) => sign.getLatLng());
    return [...signs, ...names(map, view, areas, signed, taken, land)];
  }

  function named(map, view, areas) {
    const item = (soato, outline, isRegion) => ({
      text: hamkorPlaces.shortName(view.lang, soato), outline, point: map.latLngToLayerPoint(hamkorPlaces.points[soato]),
      isRegion,
    });
    const bySize = (one, other) => area(other) - area(one);
    const area = ({ outline }) => { const { x, y } = boundsOf(map, outline).getSize(); return x * y; };
    if (view.focus || map.getZoom() > map.hamkorFit.zoom + NAMES_OF_DISTRICTS) {
      return areas.filter(({ outline }) => outline).map(({ soato, outline }) => item(soato, outline, false)).sort(bySize);
    }
    return Object.entries(hamkorPlaces.regions).map(([soato, outline]) => item(soato, outline, true)).sort(bySize);
  }

  function focusBounds(view) {
    const wanted = hamkorPlaces.regions[view.focus];
    return L.latLngBounds((wanted ? [wanted] : Object.values(hamkorPlaces.regions)).flat(3));
  }

  /* Keeps the reader's own zoom: fits again only for another focus, or when the frame changes size before any move. */
  function fit(map, view) {
    const moved = map.hamkorFit ? map.latLngToLayerPoint(map.getCenter()).distanceTo(map.latLngToLayerPoint(map.hamkorFit.center)) : 0;
    const untouched = map.hamkorFit && map.getZoom() === map.hamkorFit.zoom && moved <= ROUNDING_PX;
    if (map.hamkorFit && map.hamkorFit.focus === view.focus && (!untouched || map.hamkorFit.size.equals(map.getSize()))) {
      return;
    }
    const bounds = focusBounds(view);
    map.setMaxBounds(null).setMinZoom(0);
    map.fitBounds(bounds, { padding: [10, 10], animate: false });
    map.hamkorFit = { focus: view.focus, zoom: map.getZoom(), center: map.getCenter(), size: map.getSize() };
    map.setMinZoom(map.getZoom() - 0.5).setMaxBounds(bounds.pad(2));
  }

  function dress(map, view, words) {
    document.documentElement.lang = view.lang;
    document.title = view.title;
    if (window.frameElement) {
      window.frameElement.title = view.title;
      window.frameElement.style.width = "100%"; // Streamlit gives it pixels, which a sheet of paper does not have
    }
    // folium forbids zooming the page by fingers, which people with weak sight need
    document.querySelectorAll("meta[name=viewport]").forEach((meta) => { meta.content = "width=device-width, initial-scale=1"; });
    if (L.Browser.mobile) {
      map.dragging.disable(); // one finger scrolls the page, two move the map
    }
    map.hamkorZoom?.remove();
    map.hamkorZoom = L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
    document.querySelector(".hamkor-panel")?.remove();
    map.getContainer().after(panel(view, words, map.hamkorZoom.getContainer()));
    // The component gives the map the height of the frame, which both share.
    map.getContainer().parentElement.style.height = map.getContainer().style.height;
  }

  /* The map as a picture that shrinks with the sheet of paper, whose width no script learns. */
  function picture(map) {
    const start = map.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = map.getSize();
    const made = map.getPane("overlayPane").querySelector("svg").cloneNode(true);
    ["width", "height", "style"].forEach((name) => made.removeAttribute(name));
    made.setAttribute("viewBox", [start.x, start.y, width, height].join(" "));
    made.setAttribute("class", "hamkor-picture");
    for (const node of map.getPane("markerPane").children) {
      const { x, y } = L.DomUtil.getPosition(node);
      const lines = node.textContent.split("\n");
      lines.forEach((line, place) => {
        const text = svg("text", { x, y: y + 4 + hamkorLabels.LINE_PX * (place - (lines.length - 1) / 2) });
        text.textContent = line;
        made.append(text);
      });
    }
    return made;
  }

  function watch(map) {
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    window.addEventListener("beforeprint", () => map.getContainer().before(picture(map)));
    window.addEventListener("afterprint", () => document.querySelectorAll(".hamkor-picture").forEach((each) => each.remove()));
    return true;
  }

  /* Opens the page of a district as a step in history, which Streamlit follows as it does Back and Forward. */
  function open({ soato }, links) {
    const page = window.parent;
    const isOpen = !links.open || links.open.includes(soato);
    const address = new URL(isOpen ? links.district : links.region, page.location.href);
    address.searchParams.set("area", isOpen ? soato : soato.slice(0, REGION_DIGITS));
    if (address.href !== page.location.href) {
      page.history.pushState({}, "", address);
      page.dispatchEvent(new page.PopStateEvent("popstate"));
    }
  }

  function draw(map, view, links, group) {
    const words = hamkorPlaces.words(view.lang);
    drawLand(view, group);
    const areas = view.units.map((unit) => drawArea(view, group, unit));
    const borders = drawBorders(view, group);
    const marked = areas.find(({ soato }) => soato === view.marked);
    if (marked) {
      outlineOf(marked, [MARKED]).forEach((layer) => layer.addTo(group));
    }
    const [annotate, hover, focus] = [slot(group), slot(group), slot(group)];
    const tip = L.tooltip({ opacity: 1 });
    const tell = ({ name, lines }, latlng, direction = "auto") => {
      tip.options.direction = direction;
      tip.setContent(element("div", "", element("strong", name), ...lines.map((line) => element("div", line)))).setLatLng(latlng).addTo(map);
    };
    for (const area of areas) {
      area.shape.on("mouseover", ({ latlng }) => { hover(outlineOf(area, HOVER)); tell(area, latlng); });
      area.shape.on("mousemove", ({ latlng }) => tip.setLatLng(latlng));
      area.shape.on("click", () => open(area, links));
      area.shape.on("mouseout", () => { hover([]); tip.remove(); });
    }
    const byName = new Intl.Collator(view.lang).compare;
    const bySoato = new Map(areas.map((area) => [area.soato, area]));
    hamkorReader.of(map).read({
      areas: areas.toSorted((one, other) => byName(one.name, other.name)),
      marked: view.marked,
      area: (soato) => bySoato.get(soato),
      focus: (area) => {
        focus(area ? outlineOf(area, FOCUS) : []);
        area ? tell(area, ...beside(map, area)) : tip.remove();
      },
      open: (area) => area && open(area, links),
    }, { title: view.title, words });
    map.getRenderer(borders[0])._container.prepend(hatches(view));
    return { rescale: () => annotate(scale(map, view, areas, borders)), clear: () => tip.remove() };
  }

  function districtLayer(view, links) {
    const group = L.featureGroup();
    group.on("add", () => {
      const map = group._map;
      const refit = () => fit(map, view);
      dress(map, view, hamkorPlaces.words(view.lang));
      map.invalidateSize({ animate: false });
      refit(); // before anything is drawn, or each outline would be worked out twice
      map.hamkorWatched ??= watch(map);
      const { rescale, clear } = draw(map, view, links, group);
      rescale();
      hamkorLabels.whenLoaded(() => group._map && rescale());
      map.on("resize", refit).on("zoomend resize", rescale);
      group.once("remove", () => {
        clear();
        map.off("resize", refit).off("zoomend resize", rescale);
        document.querySelector(".leaflet-overlay-pane svg > defs")?.remove();
      });
    });
    return group;
  }

  /* The component evaluates the layer's script. The policy of this frame allows inline scripts but no eval, so the
   * text is run as an inline script. */
  function runInline(text) {
    const script = element("script", text);
    document.body.append(script);
    script.remove();
  }
  const nativeEval = window.eval;
  window.eval = (text) => (String(text).includes("hamkor.districtLayer(") ? runInline(text) : nativeEval(text));

  return { districtLayer, setPlaces: hamkorPlaces.set, setStyle: (text) => document.head.append(element("style", text)) };
})();
