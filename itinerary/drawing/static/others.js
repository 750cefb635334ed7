// Other journeys on the same map, to compare: each with its own colour, dash and letter, so that no one needs colours to tell them apart.
(function (I) {
  "use strict";
  const {make, joined, colour} = I.words;
  const DASHES = ["10 4", "2 5", "12 4 2 4"]; // by journey, over again for more
  const COLOURS = 3; // --map-other-1 … of map.css
  const BELOW = -9; // pixels: badges hang below their points, so that journeys that meet don't hide each other
  const letter = (i) => String.fromCharCode(65 + (i + 1) % 26); // the journey at hand would be A

  I.Others = class {
    constructor(map, view) {
      this.map = map; this.view = view;
      this.layer = L.featureGroup().addTo(map);
    }

    set(scene) {
      this.layer.clearLayers();
      this.all = scene.others || [];
      this.lines = [];
      this.all.forEach((other, i) => this.draw(other, i));
    }

    draw(other, i) {
      for (const line of other.lines) {
        const shown = L.polyline(line, {color: colour(this.map.getContainer(), this.name(i)), weight: 2.4, opacity: 0.9,
          dashArray: DASHES[i % DASHES.length], bubblingMouseEvents: false, className: "other-leg"});
        shown.bindTooltip(() => make("span", "", `${letter(i)}: ${other.name}`), {sticky: true});
        this.lines.push([shown, i]);
        this.layer.addLayer(shown);
      }
      for (const stop of other.stops) {
        const dot = L.circleMarker(stop.at, {radius: 4, weight: 2, fillOpacity: 1, interactive: false, className: `other-dot of-${i % COLOURS + 1}`});
        this.layer.addLayer(dot).addLayer(this.stop(other, stop, i));
      }
    }

    name(i) { return `other-${i % COLOURS + 1}`; }

    stop(other, stop, i) {
      const icon = make("div", `stop other of-${i % COLOURS + 1}`);
      icon.append(make("span", "badge", `${letter(i)}${stop.order}`));
      const label = joined([`${letter(i)}: ${other.name}, stop ${stop.order}: ${stop.name}`, stop.when]);
      const marker = L.marker(stop.at, {icon: L.divIcon({html: icon, className: "stop-icon", iconSize: [24, 24], iconAnchor: [12, BELOW - 24 * i]}), title: label,
        zIndexOffset: -2000, bubblingMouseEvents: false});
      marker.on("add", () => {
        marker.getElement().setAttribute("role", "button");
        marker.getElement().setAttribute("aria-label", label);
      });
      marker.bindPopup(() => this.popup(other, stop, i), {maxWidth: 280, offset: [0, -8]});
      marker.on("popupopen", () => this.map.fire("itinerary:other", {journey: i, order: stop.order}));
      return marker;
    }

    popup(other, stop, i) {
      const box = make("div", "popup"), text = make("div", "stop-text");
      text.append(make("strong", "", `${stop.order}. ${stop.name}`), make("div", "quiet", joined([stop.country, stop.when])),
        make("div", "quiet small", `${letter(i)}: ${other.name}`));
      box.append(text);
      return box;
    }

    recolour() { for (const [line, i] of this.lines) line.setStyle({color: colour(this.map.getContainer(), this.name(i))}); }
    points() { return this.all.flatMap((other) => other.stops.map((stop) => stop.at)); }
    entries() { return this.all.map((other, i) => [`other of-${i % COLOURS + 1}`, `${letter(i)}: ${other.name}`]); }
  };
})(window.Itinerary = window.Itinerary || {});
