// What stands around the map: legend, scale, the layer of places only mentioned, and switches for the whole route, the unit and
// light or dark.
(function (I) {
  "use strict";
  const {make, button} = I.words;
  const SVG = "http://www.w3.org/2000/svg";
  const EDGE = 85.06; // degrees: the latitude at which a square map of the world by Mercator ends
  const PICTURES = {
    fit: "M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5",
    theme: "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14M10 3v14",
    search: "M9 4a5 5 0 1 0 0 10a5 5 0 1 0 0-10M12.7 12.7L17 17",
    play: "M6 4l10 6l-10 6z", pause: "M6 4v12M14 4v12",
  };

  function picture(name) {
    const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("class", "picture " + name);
    path.setAttribute("d", PICTURES[name]);
    svg.append(path);
    return svg;
  }

  function entries(scene) {
    const stop = (test) => scene.stops.some(test), leg = (test) => scene.legs.some(test);
    const status = (one) => stop((s) => s.status === one);
    return [
      status("visited") && ["visited", "visited"], status("passed") && ["passed", "passed through"],
      status("planned") && ["planned", "planned"], stop((s) => s.doubt) && ["doubt", "doubtful stop"],
      stop((s) => s.open) && ["open", "order not told"], leg((l) => l.warnings.length) && ["doubt-leg", "doubtful leg"],
      stop((s) => s.radius || s.area) && ["area", "somewhere in this area"],
      stop((s) => Math.abs(s.at[0]) > EDGE) && ["edge", "the pole lies beyond the edge of this map"],
    ].filter(Boolean);
  }

  function entry(box, name, content, tag = "div") {
    const row = make(tag, "entry"), mark = make("span", "mark " + name);
    mark.setAttribute("aria-hidden", "true");
    row.append(mark, content);
    box.append(row);
    return row;
  }

  // Nothing to explain when every stop is visited, certain and a point, and nothing else is mentioned.
  function legend(scene, mentions) {
    const rows = entries(scene), box = make("div", "legend");
    if (!scene.mentions.length && (!rows.length || (rows.length === 1 && rows[0][0] === "visited"))) return null;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Legend");
    for (const [name, text] of rows) entry(box, name, make("span", "", text));
    if (scene.mentions.length) entry(box, "mention", make("span", "", `Only mentioned (${scene.mentions.length})`), "label").prepend(mentions);
    L.DomEvent.disableClickPropagation(box);
    return box;
  }

  I.Controls = class {
    constructor(map, view, options) {
      this.map = map; this.view = view; this.options = options;
      map.attributionControl.setPrefix(false);
      map.attributionControl.addAttribution("Natural Earth · GeoNames (CC BY 4.0) · Leaflet");
      L.control.scale({maxWidth: 150}).addTo(map);
      this.tools();
    }

    tools() {
      const bar = L.control({position: "topleft"});
      bar.onAdd = () => {
        const box = make("div", "leaflet-bar tools");
        const fit = button("", "Show the whole route", () => this.view.fit());
        const theme = button("", "Light or dark", () => this.view.turnTheme());
        this.unit = button("", "", () => this.view.turnUnits());
        fit.append(picture("fit")); theme.append(picture("theme"));
        box.append(fit, theme, this.unit);
        L.DomEvent.disableClickPropagation(box);
        return box;
      };
      bar.addTo(this.map);
      this.units();
    }

    units() {
      const words = this.view.units === "km" ? ["km", "Show miles"] : ["mi", "Show kilometres"];
      this.unit.textContent = words[0];
      this.unit.title = words[1];
      this.unit.setAttribute("aria-label", `Distances in ${words[0]}. ${words[1]}`);
    }

    set(scene, mentions) {
      if (this.legendBox) this.legendBox.remove();
      this.legendBox = null;
      const content = this.options.legend === false ? null : legend(scene, this.switchOf(mentions));
      if (!content) return;
      this.legendBox = L.control({position: "bottomleft"});
      this.legendBox.onAdd = () => content;
      this.legendBox.addTo(this.map);
    }

    // The box that shows and hides the layer of mentions, checked while it shows.
    switchOf(layer) {
      const box = make("input", "");
      box.type = "checkbox";
      box.checked = this.map.hasLayer(layer);
      box.addEventListener("change", () => (box.checked ? layer.addTo(this.map) : layer.remove()));
      return box;
    }

    // Pixels that the legend and the scale take at the foot of the map.
    get height() { return this.map.getContainer().querySelector(".leaflet-bottom.leaflet-left").offsetHeight; }
  };
  I.picture = picture;
})(window.Itinerary = window.Itinerary || {});
