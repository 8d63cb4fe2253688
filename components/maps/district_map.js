/* Draws districts from outlines that the browser keeps. One global, `hamkor`.
 * Words and names become text nodes, never markup. A view is
 *   { lang, title, credit, zoomIn, zoomOut, focus, marked, classes: [{fill, label, hatched}], words: [line, ...],
 *     signs: [[sign, meaning], ...], signed: {soato: sign, ...},
 *     units: [[soato, name, classIndex, [position in words, ...], latitude?, longitude?], ...] }
 * where `focus` is a region's code or "", `marked` a district's code or "" and the point is given for units without an outline. */
window.hamkor = (() => {
  "use strict";
  const SCALE = 10000;
  const SMALL_PX = 8;
  const SIGN_PX = 22; // a smaller district has no room for its sign
  const NARROW_PX = 480;
  const LINE = { color: "#ffffff", weight: 1, opacity: 1, fillOpacity: 1 };
  const MARKER = { color: "#1b2838", weight: 1, opacity: 1, fillOpacity: 1, radius: 4.5 };
  const HOVER = { color: "#0b1a2b", weight: 2.5 };
  const outlines = { districts: {}, regions: {} };

  function unpackRing(steps) {
    const points = [];
    let x = 0;
    let y = 0;
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      points.push(L.latLng(y / SCALE, x / SCALE));
    }
    return points;
  }

  function setOutlines(packed) {
    for (const kind of ["districts", "regions"]) {
      for (const [soato, polygons] of Object.entries(packed[kind])) {
        outlines[kind][soato] = polygons.map((rings) => rings.map(unpackRing));
      }
    }
  }

  function setStyle(text) {
    document.head.append(element("style", text));
  }

  function element(tag, text, ...children) {
    const made = document.createElement(tag);
    made.textContent = text;
    made.append(...children);
    return made;
  }

  function svg(tag, attributes, ...children) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  }

  const patternId = (index) => `hamkor-hatch-${index}`;
  const paint = (view, index) => (view.classes[index].hatched ? `url(#${patternId(index)})` : view.classes[index].fill);

  function hatches(view) {
    const patterns = view.classes.flatMap(({ fill, hatched }, index) =>
      hatched
        ? [svg("pattern", { id: patternId(index), width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
            svg("rect", { width: 6, height: 6, fill }),
            svg("line", { x1: 0, y1: 0, x2: 0, y2: 6, stroke: "#7b8794", "stroke-width": 1.6 }))]
        : []);
    return svg("defs", {}, ...patterns);
  }

  function legend(view) {
    const control = L.control({ position: "bottomleft" });
    control.onAdd = () => {
      const rows = view.classes.map(({ label }, index) => {
        const swatch = svg("svg", { width: 18, height: 12, "aria-hidden": "true" },
          svg("rect", { width: 18, height: 12, rx: 2, fill: paint(view, index), stroke: "#7b8794", "stroke-width": 0.6 }));
        return element("li", "", swatch, element("span", label));
      });
      const signs = view.signs.map(([sign, meaning]) => {
        const mark = element("b", sign);
        mark.setAttribute("aria-hidden", "true");
        return element("li", "", mark, element("span", meaning));
      });
      const box = element("section", "", element("p", view.title), element("ul", "", ...rows, ...signs));
      box.className = "hamkor-legend";
      return box;
    };
    return control;
  }

  function make(unit, view, shape) {
    const [soato, name, index, lines] = unit;
    const rest = { ...(shape instanceof L.CircleMarker ? MARKER : LINE), fillColor: paint(view, index) };
    shape.setStyle(rest);
    shape.bindTooltip(() => element("div", "", element("strong", name), ...lines.map((line) => element("div", view.words[line]))), { sticky: true });
    shape.on("mouseover", () => shape.setStyle(HOVER).bringToFront());
    shape.on("mouseout", () => shape.setStyle(rest));
    // What a click sends to the server: the code and when, without the geometry.
    shape.toGeoJSON = () => ({ type: "Feature", properties: { soato, click: Date.now() }, geometry: null });
    return shape;
  }

  function drawUnits(view, group) {
    const small = [];
    for (const unit of view.units) {
      const outline = outlines.districts[unit[0]];
      if (outline) {
        const shape = make(unit, view, L.polygon(outline)).addTo(group);
        small.push({ unit, shape, bounds: shape.getBounds(), marker: null, sign: null });
      } else {
        make(unit, view, L.circleMarker([unit[4], unit[5]])).addTo(group);
      }
    }
    return small;
  }

  function drawRegions(group) {
    for (const outline of Object.values(outlines.regions)) {
      L.polygon(outline, { color: "#34465a", weight: 1.4, opacity: 0.9, fill: false, interactive: false }).addTo(group);
    }
  }

  function drawMarked(view, group) {
    const outline = outlines.districts[view.marked];
    const unit = view.units.find(([soato]) => soato === view.marked);
    const line = { color: "#0b1a2b", weight: 3.5, opacity: 1, fill: false, interactive: false };
    if (outline) {
      L.polygon(outline, line).addTo(group);
    } else if (unit) {
      L.circleMarker([unit[4], unit[5]], { ...line, radius: 8 }).addTo(group);
    }
  }

  function drawBackground(group) {
    for (const outline of Object.values(outlines.regions)) {
      L.polygon(outline, { stroke: false, fillColor: "#e4e9ef", fillOpacity: 1, interactive: false }).addTo(group);
    }
  }

  /* A town too small to be seen or hit at this zoom is a marker as well. */
  function showSmall(map, view, group, small) {
    for (const each of small) {
      const { bounds } = each;
      const size = map.latLngToLayerPoint(bounds.getSouthEast()).subtract(map.latLngToLayerPoint(bounds.getNorthWest()));
      if (Math.max(size.x, size.y) < SMALL_PX) {
        each.marker ??= make(each.unit, view, L.circleMarker(bounds.getCenter()));
        group.addLayer(each.marker);
      } else if (each.marker) {
        group.removeLayer(each.marker);
      }
      showSign(view, group, each, Math.min(size.x, size.y) >= SIGN_PX);
    }
  }

  function showSign(view, group, each, hasRoom) {
    const sign = view.signed[each.unit[0]];
    if (sign && hasRoom) {
      const icon = () => L.divIcon({ className: "hamkor-sign", html: element("b", sign), iconSize: [16, 16] });
      each.sign ??= L.marker(each.shape.getCenter(), { icon: icon(), interactive: false, keyboard: false });
      group.addLayer(each.sign);
    } else if (each.sign) {
      group.removeLayer(each.sign);
    }
  }

  function focusBounds(view) {
    const wanted = outlines.regions[view.focus];
    return L.latLngBounds((wanted ? [wanted] : Object.values(outlines.regions)).flat(3));
  }

  /* Keeps the reader's own zoom: fits again only for another focus, or when the frame changes size before any move. */
  function fit(map, view) {
    const untouched = map.hamkorFit && map.getZoom() === map.hamkorFit.zoom && map.getCenter().distanceTo(map.hamkorFit.center) < 1;
    if (map.hamkorFit && map.hamkorFit.focus === view.focus && (!untouched || map.hamkorFit.size.equals(map.getSize()))) {
      return;
    }
    const bounds = focusBounds(view);
    map.setMaxBounds(null).setMinZoom(0);
    const below = map.getSize().x < NARROW_PX ? 100 : 8; // room for the legend
    map.fitBounds(bounds, { paddingTopLeft: [8, 8], paddingBottomRight: [8, below], animate: false });
    map.hamkorFit = { focus: view.focus, zoom: map.getZoom(), center: map.getCenter(), size: map.getSize() };
    map.setMinZoom(map.getZoom() - 0.5).setMaxBounds(bounds.pad(2));
  }

  function dress(map, view) {
    document.documentElement.lang = view.lang;
    document.title = view.title;
    // folium forbids zooming the page by fingers, which people with weak sight need
    document.querySelectorAll("meta[name=viewport]").forEach((meta) => { meta.content = "width=device-width, initial-scale=1"; });
    map.getContainer().setAttribute("role", "group");
    map.getContainer().setAttribute("aria-label", view.title);
    map.attributionControl.setPrefix(false);
    if (L.Browser.mobile) {
      map.dragging.disable(); // one finger scrolls the page, two move the map
    }
  }

  function draw(map, view, group) {
    drawBackground(group);
    const small = drawUnits(view, group);
    drawRegions(group);
    drawMarked(view, group);
    showSmall(map, view, group, small);
    map.getRenderer(group.getLayers()[0])._container.prepend(hatches(view));
    return small;
  }

  function districtLayer(view) {
    const group = L.featureGroup();
    group.getAttribution = () => element("span", view.credit).innerHTML;
    const controls = [legend(view), L.control.zoom({ position: "topright", zoomInTitle: view.zoomIn, zoomOutTitle: view.zoomOut })];
    group.on("add", () => {
      const map = group._map;
      const refit = () => fit(map, view);
      dress(map, view);
      refit(); // before anything is drawn, or each outline would be worked out twice
      const small = draw(map, view, group);
      const resize = () => showSmall(map, view, group, small);
      controls.forEach((control) => control.addTo(map));
      map.on("resize", refit).on("zoomend", resize);
      group.once("remove", () => {
        controls.forEach((control) => control.remove());
        map.off("resize", refit).off("zoomend", resize);
        map.getRenderer(group.getLayers()[0])._container.querySelector("defs").remove();
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

  return { districtLayer, setOutlines, setStyle };
})();
