// A box over the map that finds stops and places only mentioned by their names; a combobox as WAI-ARIA describes it.
(function (I) {
  "use strict";
  const {make, joined} = I.words;
  const MOST = 8; // results shown at once
  let count = 0; // of boxes on the page, for ids that differ

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // Places whose name, country or name in the text begins with the words, then those that hold them.
  function found(scene, words) {
    const sought = plain(words.trim());
    if (!sought) return [];
    const all = [
      ...scene.stops.map((stop) => ({order: stop.order, name: stop.name, more: joined([`stop ${stop.order}`, stop.country, stop.when]),
        keys: [stop.name, stop.told, stop.country]})),
      ...scene.mentions.map((mention) => ({index: mention.indices[0], name: mention.name, more: joined([mention.country, mention.why]),
        keys: [mention.name, mention.country]})),
    ];
    const ranked = all.map((one) => ({...one, rank: Math.min(...one.keys.filter(Boolean).map(plain).map((key) => rank(key, sought)))}));
    return ranked.filter((one) => one.rank < 3).sort((a, b) => a.rank - b.rank).slice(0, MOST);
  }

  function rank(key, sought) {
    if (key.startsWith(sought)) return 0;
    return key.includes(" " + sought) ? 1 : key.includes(sought) ? 2 : 3;
  }

  I.Search = class {
    constructor(map, view) {
      this.map = map; this.view = view; this.id = `itinerary-search-${++count}`; this.results = []; this.at = -1;
      const control = L.control({position: "topright"});
      control.onAdd = () => this.build();
      this.control = control.addTo(map);
    }

    // A map without any place has nothing to find.
    set(scene) { this.control.getContainer().hidden = !scene.stops.length && !scene.mentions.length; }

    build() {
      const box = make("div", "find");
      this.input = make("input", "");
      Object.assign(this.input, {type: "text", placeholder: "Find a place", autocomplete: "off", spellcheck: false});
      const about = {role: "combobox", "aria-label": "Find a stop or a place mentioned", "aria-autocomplete": "list",
        "aria-expanded": "false", "aria-controls": this.id};
      for (const [name, value] of Object.entries(about)) this.input.setAttribute(name, value);
      this.list = make("ul", "results");
      this.list.id = this.id;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", "Places found");
      this.list.hidden = true;
      box.append(I.picture("search"), this.input, this.list);
      this.input.addEventListener("input", () => this.look());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== this.input) this.close(); }, 150));
      L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
      return box;
    }

    look() {
      this.results = found(this.view.scene, this.input.value);
      this.at = this.results.length ? 0 : -1;
      this.list.replaceChildren(...this.results.map((one, i) => this.row(one, i)));
      if (!this.results.length && this.input.value.trim()) this.list.append(this.nothing());
      this.open(Boolean(this.input.value.trim()));
    }

    row(one, i) {
      const row = make("li", one.order ? "is-stop" : "is-mention");
      row.id = `${this.id}-${i}`;
      row.setAttribute("role", "option");
      row.append(make("strong", "", one.name), make("span", "quiet small", one.more));
      row.addEventListener("mousedown", (event) => { event.preventDefault(); this.choose(i); });
      return row;
    }

    nothing() {
      const row = make("li", "quiet", "No stop or mentioned place of that name");
      row.setAttribute("role", "option");
      row.setAttribute("aria-disabled", "true");
      return row;
    }

    open(whether) {
      this.list.hidden = !whether;
      this.input.setAttribute("aria-expanded", String(whether));
      [...this.list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === this.at)));
      if (whether && this.at >= 0) this.input.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
      else this.input.removeAttribute("aria-activedescendant");
    }

    key(event) {
      event.stopPropagation(); // the map moves at arrow keys
      const move = {ArrowDown: 1, ArrowUp: -1}[event.key], all = this.results.length;
      if (move && all) { event.preventDefault(); this.at = (this.at + move + all) % all; this.open(true); }
      else if (event.key === "Enter" && this.at >= 0) this.choose(this.at);
      else if (event.key === "Escape") { this.input.value = ""; this.close(); }
    }

    choose(i) {
      const one = this.results[i];
      this.close();
      this.input.value = "";
      this.view.found(one);
    }

    close() { this.results = []; this.at = -1; this.list.replaceChildren(); this.open(false); }
    remove() { this.control.remove(); }
  };
  I.search = {found};
})(window.Itinerary = window.Itinerary || {});
