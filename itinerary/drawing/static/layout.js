// Where the badges and names of stops go on a map: stops at one place share a badge, and a name stands on the side of its badge
// where it hides neither another name nor a line, or stays away.
(function (I) {
  "use strict";
  const BADGE = 24; // pixels, as in map.css
  const LINE_ROOM = 9; // pixels between the points of a leg that names stay away from
  const MANY_POINTS = 1500; // of legs: beyond this, names take no heed of lines

  // Stops at one point of the map share a marker: [{at, stops}] in the order of their first stop.
  function grouped(stops) {
    const groups = new Map();
    for (const stop of stops) {
      const key = stop.at.map((degrees) => degrees.toFixed(3)).join();
      if (!groups.has(key)) groups.set(key, {at: stop.at, stops: []});
      groups.get(key).stops.push(stop);
    }
    return [...groups.values()];
  }

  function numbers(stops) {
    const orders = stops.map((stop) => stop.order);
    return orders.length <= 3 ? orders.join(" · ") : `${orders[0]} · ${orders[1]} · +${orders.length - 2}`;
  }

  // Small boxes along the legs, in pixels of the world at this zoom.
  function lineBoxes(map, legs) {
    const boxes = [], half = LINE_ROOM / 2;
    for (const line of legs.flatMap((leg) => leg.lines)) {
      const points = line.map((at) => map.project(at));
      for (let i = 1; i < points.length && boxes.length <= MANY_POINTS; i++) {
        const step = points[i].subtract(points[i - 1]), length = points[i].distanceTo(points[i - 1]);
        const count = Math.min(MANY_POINTS, Math.ceil(length / LINE_ROOM));
        for (let k = 0; k < count; k++) {
          const p = points[i - 1].add(step.multiplyBy(k / count));
          boxes.push({x: p.x - half / 2, y: p.y - half / 2, width: half, height: half});
        }
      }
    }
    return boxes.length > MANY_POINTS ? [] : boxes;
  }

  // The four places that a name may take beside its badge, best first.
  function sides(badge, width) {
    const height = 16, middle = badge.y + (BADGE - height) / 2, centre = badge.x + badge.width / 2 - width / 2;
    return {
      right: {x: badge.x + badge.width + 2, y: middle, width, height}, left: {x: badge.x - width - 2, y: middle, width, height},
      below: {x: centre, y: badge.y + BADGE + 1, width, height}, above: {x: centre, y: badge.y - height - 1, width, height},
    };
  }

  // The side of its badge on which a name hides nothing and is seen; undefined when there is none.
  function sideOf(group, badge, taken, {lines, view, measure}) {
    const touches = I.labels.touches, room = sides(badge, measure(group.stops[0].name) + 6);
    const others = taken.filter((box) => box !== badge);
    const free = Object.keys(room).filter((side) => !touches(room[side], others, 0));
    const seen = free.filter((one) => view.contains([[room[one].x, room[one].y], [room[one].x + room[one].width, room[one].y]]));
    const away = !view.contains([[badge.x, badge.y]]);
    return seen.find((one) => !touches(room[one], lines, 0)) || seen[0] || (away ? free[0] : undefined);
  }

  // Where badges and names of stops lie at this zoom, and the lines, for the names of the base map to stay away from.
  function layout(map, legs, groups, measure) {
    const lines = lineBoxes(map, legs);
    const badges = groups.map((group) => {
      const p = map.project(group.at), width = Math.max(BADGE, group.groups ? 0 : measure(numbers(group.stops)) + 12);
      return {x: p.x - width / 2, y: p.y - BADGE / 2, width, height: BADGE};
    });
    const taken = [...badges], view = map.getPixelBounds();
    groups.forEach((group, i) => {
      if (group.groups) return; // a cluster has no name
      const side = sideOf(group, badges[i], taken, {lines, view, measure});
      group.icon.dataset.side = side || "none";
      group.icon.style.setProperty("--half", `${badges[i].width / 2}px`);
      if (side) taken.push(sides(badges[i], measure(group.stops[0].name) + 6)[side]);
    });
    return {names: taken, lines};
  }

  function measurer() {
    const context = document.createElement("canvas").getContext("2d");
    context.font = `600 13px ${I.labels.FONT}`;
    return (text) => context.measureText(text).width;
  }

  I.layout = {BADGE, grouped, numbers, layout, measurer};
})(window.Itinerary = window.Itinerary || {});
