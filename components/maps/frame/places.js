/* Outlines, label points, names and words that the browser keeps, with the helpers that draw with them. */
const hamkorPlaces = (() => {
  "use strict";
  const SCALE = 10000;
  const districts = {};
  const regions = {};
  const points = {};
  const languages = {};

  function unpackRing(steps) {
    const ring = [];
    let x = 0;
    let y = 0;
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      ring.push(L.latLng(y / SCALE, x / SCALE));
    }
    return ring;
  }

  function unpack(packed, into) {
    for (const [soato, polygons] of Object.entries(packed)) {
      into[soato] = polygons.map((rings) => rings.map(unpackRing));
    }
  }

  function set(packed) {
    unpack(packed.districts, districts);
    unpack(packed.regions, regions);
    for (const [soato, x, y] of packed.points) {
      points[soato] = L.latLng(y / SCALE, x / SCALE);
    }
    for (const [code, { names, ...rest }] of Object.entries(packed.languages)) {
      languages[code] = { ...rest, names: Object.fromEntries(packed.points.map(([soato], place) => [soato, names[place]])) };
    }
  }

  const name = (lang, soato) => languages[lang].names[soato] ?? soato;

  const shortName = (lang, soato) =>
    languages[lang].shortWords.reduce((text, [long, short]) => text.replace(long, short), name(lang, soato));

  /* Even-odd rule over all rings of an outline, holes too. Asked of thousands of points: nothing is made on the way. */
  function isInside(outline, { lat, lng }) {
    let inside = false;
    for (const polygon of outline) {
      for (const ring of polygon) {
        let other = ring[ring.length - 1];
        for (const one of ring) {
          if (one.lat > lat !== other.lat > lat && lng < ((other.lng - one.lng) * (lat - one.lat)) / (other.lat - one.lat) + one.lng) {
            inside = !inside;
          }
          other = one;
        }
      }
    }
    return inside;
  }

  function element(tag, text, ...children) {
    const made = document.createElement(tag);
    made.textContent = text;
    made.append(...children);
    return made;
  }

  function svg(tag, attributes, ...children) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  }

  return { districts, regions, points, set, name, shortName, words: (lang) => languages[lang].words, isInside, element, svg };
})();
