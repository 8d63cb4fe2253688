/* Names on the map: of regions on that of the nation, of districts where they fit into them. No name covers another. */
const hamkorLabels = (() => {
  "use strict";
  const FONT_PX = 11;
  const LINE_PX = 13;
  const FONT = `600 ${FONT_PX}px Inter, sans-serif`;
  const AWAY_FROM_PX = 500; // a narrower map has no room for names outside their regions
  const MOST_AWAY_PX = 150;
  const DIRECTIONS = 24;
  const LEAST_INSIDE = 0.6; // of a name in its own outline
  const pen = document.createElement("canvas").getContext("2d");

  function sizeOf(lines) {
    pen.font = FONT;
    return L.point(Math.ceil(Math.max(...lines.map((line) => pen.measureText(line).width))) + 4, lines.length * LINE_PX);
  }

  /* Where the line to a name outside ends at it. */
  function lineEnd({ middle, size, from }) {
    const { min, max } = boxAt(middle, size);
    return L.point(Math.min(Math.max(from.x, min.x), max.x), Math.min(Math.max(from.y, min.y), max.y));
  }

  /* Whether two segments cross, by the sides on which their ends lie. */
  function cross([a, b], [c, d]) {
    const side = (p, q, r) => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
    return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
  }

  const boxAt = (middle, size) => L.bounds(middle.subtract(size.divideBy(2)), middle.add(size.divideBy(2)));

  function* shifts(size) {
    for (const dy of [0, 12, -12, 24, -24, 36, -36]) {
      for (const dx of [0, 0.25, -0.25, 0.5, -0.5]) {
        yield L.point(dx * size.x, dy);
      }
    }
  }

  /* How much of a box lies in an outline, by six of its points; 0 where it is not enough. */
  function shareInside(map, outline, { min, max }) {
    const points = [min.y + 2, max.y - 2].flatMap((y) => [min.x, (min.x + max.x) / 2, max.x].map((x) => L.point(x, y)));
    let inside = points.length;
    for (const point of points) {
      inside -= hamkorPlaces.isInside(outline, map.layerPointToLatLng(point)) ? 0 : 1;
      if (inside < LEAST_INSIDE * points.length) {
        return 0;
      }
    }
    return inside / points.length;
  }

  function placeInside(map, item, lines, room) {
    const size = sizeOf(lines);
    const bounds = L.latLngBounds(item.outline.flat(2));
    const height = map.latLngToLayerPoint(bounds.getSouthEast()).y - map.latLngToLayerPoint(bounds.getNorthWest()).y;
    if (height < size.y) {
      return null;
    }
    let best = null;
    for (const shift of shifts(size)) {
      const middle = item.point.add(shift);
      const box = boxAt(middle, size);
      const share = room.isFree(box) ? shareInside(map, item.outline, box) : 0;
      if (share === 1) {
        return { lines, size, middle };
      }
      if (share >= LEAST_INSIDE && share > (best?.share ?? 0)) {
        best = { lines, size, middle, share };
      }
    }
    return best;
  }

  /* The nearest place outside the country, led to its region by a line. */
  function placeAway(item, room) {
    const lines = [item.text];
    const size = sizeOf(lines);
    for (let far = 16; far <= MOST_AWAY_PX; far += 8) {
      for (let turn = 0; turn < DIRECTIONS; turn++) {
        const angle = (turn / DIRECTIONS) * 2 * Math.PI;
        const toward = L.point(Math.sin(angle), -Math.cos(angle));
        const middle = item.point.add(toward.multiplyBy(far)).add(L.point((toward.x * size.x) / 2, (toward.y * size.y) / 2));
        const found = { lines, size, middle, from: item.point };
        if (room.isEmpty(boxAt(middle, size)) && room.isClear([item.point, lineEnd(found)])) {
          return found;
        }
      }
    }
    return null;
  }

  function twoLines(text) {
    const cut = text.lastIndexOf(" ");
    return cut > 0 ? [[text.slice(0, cut), text.slice(cut + 1)]] : [];
  }

  function drawn(map, found) {
    const { lines, size, middle, from } = found;
    const label = hamkorPlaces.element("span", lines.join("\n"));
    const icon = L.divIcon({ className: "hamkor-label", html: label, iconSize: size });
    const layers = [L.marker(map.layerPointToLatLng(middle), { icon, interactive: false, keyboard: false })];
    if (from) {
      const line = [from, lineEnd(found)].map((point) => map.layerPointToLatLng(point));
      layers.push(L.polyline(line, { color: "#0b1a2b", weight: 1, interactive: false, className: "hamkor-leader" }));
    }
    return layers;
  }

  /* Layers of the names; `items` come most important first, `taken` are boxes that nothing may cover, `land` all others. */
  function layers(map, items, taken, land) {
    const frame = L.bounds(map.containerPointToLayerPoint([2, 2]), map.containerPointToLayerPoint(map.getSize().subtract([2, 2])));
    const busy = [...taken];
    const leads = [];
    const room = {
      isFree: (box) => frame.contains(box) && !busy.some((other) => other.overlaps(box)),
      isEmpty: (box) => room.isFree(box) && ![...land, ...leads.map((line) => L.bounds(line))].some((other) => other.overlaps(box)),
      isClear: (line) => !leads.some((other) => cross(line, other)) && !busy.some((box) => L.LineUtil.clipSegment(...line, box)),
    };
    const isAwayAllowed = map.getSize().x >= AWAY_FROM_PX;
    const inside = items.map((item) => {
      const variants = [[item.text], ...twoLines(item.text)];
      const found = variants.reduce((best, lines) => best ?? placeInside(map, item, lines, room), null);
      busy.push(...(found ? [boxAt(found.middle, found.size)] : []));
      return found;
    });
    const outside = items.filter((item, place) => item.isRegion && isAwayAllowed && !inside[place]).map((item) => {
      const found = placeAway(item, room);
      busy.push(...(found ? [boxAt(found.middle, found.size)] : []));
      leads.push(...(found ? [[item.point, lineEnd(found)]] : []));
      return found;
    });
    return [...inside, ...outside].filter(Boolean).flatMap((found) => drawn(map, found));
  }

  /* Runs once the typeface is there, if it was not: until then names have other widths. */
  const isLoaded = () => document.fonts.check(FONT);
  function whenLoaded(run) {
    if (!isLoaded()) {
      document.fonts.load(FONT).then(run);
    }
  }

  return { LINE_PX, layers, isLoaded, whenLoaded };
})();
