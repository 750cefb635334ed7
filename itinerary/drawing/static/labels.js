// Names on the base map. Stops come first, then countries, waters and towns, the great before the small; a name that would touch
// another stays away. Everything is drawn as text on the canvas, so no name can ever be read as markup.
(function (I) {
  "use strict";
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
  const COUNTRY_ZOOM = [1.5, 2.75, 3.5, 4.25, 5.25, 6.5]; // by rank
  const WATER_ZOOM = [1, 2.5, 3, 4.25, 5];
  const TOWN_ZOOM = 4;
  const TOWN_ROOM = 26; // pixels around the name of a town
  const SAME_NAME = 500; // pixels between two places of one name (an ocean has several)

  function touches(box, boxes, room) {
    return boxes.some((other) => box.x < other.x + other.width + room && other.x < box.x + box.width + room &&
      box.y < other.y + other.height + room && other.y < box.y + box.height + room);
  }

  function* places(view, lat, lon) {
    const p = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), Math.log2(view.world / 256));
    const first = Math.ceil((view.x - 60 - p.x) / view.world);
    for (let turn = first; p.x + turn * view.world < view.x + view.width + 60; turn++) {
      yield {x: p.x + turn * view.world - view.x, y: p.y - view.y};
    }
  }

  function put(context, text, box, x, y, colour, halo) {
    context.strokeStyle = halo; context.lineWidth = 3; context.strokeText(text, x, y);
    context.fillStyle = colour; context.fillText(text, x, y);
    return box;
  }

  function areas(context, view, names, zooms, zoom, taken, look) {
    context.font = look.font; context.textAlign = "center"; context.textBaseline = "middle";
    for (const [name, lat, lon, rank] of names) {
      if (zoom < zooms[rank]) continue;
      const width = context.measureText(name).width;
      for (const at of places(view, lat, lon)) {
        const box = {name, x: at.x - width / 2, y: at.y - 7, width, height: 14};
        const again = taken.some((other) => other.name === name && Math.hypot(other.x - box.x, other.y - box.y) < SAME_NAME);
        if (!again && !touches(box, taken, 6)) taken.push(put(context, name, box, at.x, at.y, look.colour, look.halo));
      }
    }
  }

  function towns(context, view, list, taken, lines, look) {
    context.font = look.font; context.textAlign = "left"; context.textBaseline = "middle";
    for (const [name, lat, lon] of list) {
      for (const at of places(view, lat, lon)) {
        const box = {x: at.x - 4, y: at.y - 7, width: context.measureText(name).width + 12, height: 14};
        if (at.x < 0 || at.y < 0 || at.x > view.width || at.y > view.height ||
          touches(box, taken, TOWN_ROOM) || touches(box, lines, 0)) continue;
        context.beginPath(); context.arc(at.x, at.y, 1.8, 0, 7); context.fillStyle = look.colour; context.fill();
        taken.push(put(context, name, box, at.x + 6, at.y, look.colour, look.halo));
      }
    }
  }

  I.labels = {
    FONT, touches,

    // The countries alone, as far as they have room beside the boxes taken.
    countries(context, view, zoom, taken, colour) {
      areas(context, view, window.itineraryBaseMap.countries, COUNTRY_ZOOM, zoom, taken,
        {font: `10px ${FONT}`, colour: colour("town-name"), halo: colour("land")});
    },

    draw(context, view, map, colour) {
      const zoom = map.getZoom(), route = map.itinerary, data = window.itineraryBaseMap;
      const here = (box) => ({...box, x: box.x - view.x, y: box.y - view.y});
      const {names, lines} = route ? route.layout() : {names: [], lines: []};
      const taken = names.map(here), told = new Set(route ? route.scene.stops.map((stop) => stop.name) : []);
      const unsaid = (list) => list.filter(([name]) => !told.has(name)); // a stop says its own name
      const halo = colour("land"), sea = colour("sea");
      areas(context, view, unsaid(data.countries), COUNTRY_ZOOM, zoom, taken,
        {font: `500 12px ${FONT}`, colour: colour("country-name"), halo});
      areas(context, view, unsaid(data.waters), WATER_ZOOM, zoom, taken,
        {font: `italic 12px ${FONT}`, colour: colour("water-name"), halo: sea});
      if (route && zoom >= TOWN_ZOOM) {
        towns(context, view, unsaid(route.towns), taken, lines.map(here), {font: `11px ${FONT}`, colour: colour("town-name"), halo});
      }
    },
  };
})(window.Itinerary = window.Itinerary || {});
