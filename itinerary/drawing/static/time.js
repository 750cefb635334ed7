// The journey in time: a slider with play under the map. The way along it is the calendar where the text tells enough days, else
// the order of the stops; years are plain numbers of days, so that any year will do. The route grows up to where the slider stands.
(function (I) {
  "use strict";
  const {make, button, day, calm} = I.words;
  const DATED = 0.5; // share of the stops that must have a day for the slider to follow the calendar
  const LEG_MS = 1100, LONGEST_MS = 45000, SHORTEST_LEG_MS = 60; // of the whole play at most; a leg of a long journey still shows
  const PAUSE = 0.25; // share of a leg's time spent at its first stop
  const STEPS = 1000; // of the slider
  const MANY_TICKS = 250;

  // Pairs of a day (or an order) and how far the route has grown there, both only ever rising; null without two stops.
  function keyframes(stops) {
    if (stops.length < 2) return null;
    const dated = stops.filter((stop) => stop.days).length;
    const byDay = dated >= 2 && dated >= DATED * stops.length ? calendar(stops) : null;
    const pairs = byDay || stops.map((stop) => ({from: stop.order, to: stop.order}));
    const frames = pairs.flatMap(({from, to}, i) => [[from, i + 1], [to, i + 1]]);
    return {frames, dated: Boolean(byDay)};
  }

  // The day of arrival and departure of every stop, those between two dated ones put evenly; null when all fall on one day.
  function calendar(stops) {
    let last = -Infinity;
    const days = stops.map((stop) => {
      if (!stop.days) return null;
      const from = Math.max(last, stop.days[0]);
      last = Math.max(from, stop.days[1]);
      return {from, to: last};
    });
    const known = days.flatMap((one, i) => (one ? [i] : []));
    days.forEach((one, i) => {
      if (one) return;
      const before = known.filter((k) => k < i).pop(), after = known.find((k) => k > i);
      const a = before === undefined ? days[after].from : days[before].to, b = after === undefined ? a : days[after].from;
      const share = before === undefined || after === undefined ? 0 : (i - before) / (after - before);
      days[i] = {from: a + share * (b - a), to: a + share * (b - a)};
    });
    return days[days.length - 1].to > days[0].from ? days : null;
  }

  // Along the frames from one of their two scales to the other.
  function through(frames, value, from, to) {
    if (value <= frames[0][from]) return frames[0][to];
    for (let i = 1; i < frames.length; i++) {
      const [a, b] = [frames[i - 1], frames[i]];
      if (value < b[from]) return a[to] + (value - a[from]) / (b[from] - a[from]) * (b[to] - a[to]);
    }
    return frames[frames.length - 1][to];
  }

  const between = (before, after) => (before && after ? `${before} – ${after}` : before ? `after ${before}` : after && `before ${after}`);

  I.Time = class {
    constructor(map, view) {
      this.map = map; this.view = view; this.order = Infinity; this.playing = false;
      this.box = make("div", "time");
      this.box.setAttribute("role", "group");
      this.box.setAttribute("aria-label", "Journey in time");
      L.DomEvent.disableClickPropagation(this.box).disableScrollPropagation(this.box);
      this.button = button("", "Play the journey", () => (this.playing ? this.pause() : this.play()));
      this.slider = make("input", "");
      Object.assign(this.slider, {type: "range", min: 0, max: STEPS, step: "any"});
      this.slider.setAttribute("aria-label", "How far the journey is shown");
      this.ticks = make("div", "ticks");
      this.label = make("div", "told");
      const rail = make("div", "rail");
      rail.append(this.slider, this.ticks);
      this.box.append(this.button, rail, this.label);
      map.getContainer().append(this.box);
      this.slider.addEventListener("input", () => { this.pause(); this.move(this.orderAt(Number(this.slider.value)), true); });
      this.slider.addEventListener("keydown", (event) => this.key(event));
      this.face();
    }

    set(scene) {
      this.stops = scene.stops;
      const keys = keyframes(scene.stops);
      this.keys = keys;
      this.box.hidden = !keys;
      this.map.getContainer().classList.toggle("has-time", Boolean(keys));
      if (!keys) { this.order = Infinity; return; }
      this.first = keys.frames[0][0]; this.last = keys.frames[keys.frames.length - 1][0];
      this.slider.setAttribute("data-scale", keys.dated ? "calendar" : "order");
      this.drawTicks();
      if (this.order >= scene.stops.length) this.order = Infinity;
      this.tell();
    }

    drawTicks() {
      this.ticks.replaceChildren();
      if (this.stops.length > MANY_TICKS) return;
      for (const stop of this.stops) {
        const tick = make("span", "tick");
        tick.style.left = `${this.valueAt(stop.order) / STEPS * 100}%`;
        this.ticks.append(tick);
      }
    }

    get height() { return this.box.offsetHeight; }
    get end() { return this.stops.length; }
    get now() { return Math.min(this.order, this.end); }
    valueAt(order) { return (through(this.keys.frames, order, 1, 0) - this.first) / (this.last - this.first) * STEPS; }
    orderAt(value) { return through(this.keys.frames, this.first + value / STEPS * (this.last - this.first), 0, 1); }

    // Show the journey up to this order; with a part, on the way to the next stop.
    show(order, exact) {
      this.order = order >= this.end ? Infinity : Math.max(1, order);
      if (!exact) this.slider.value = this.valueAt(this.now);
      this.tell();
      this.view.grown(this.now);
    }

    // The same by the reader's hand or by the play: the page around the map hears of it.
    move(order, exact) {
      const before = Math.floor(this.now);
      this.show(order, exact);
      const at = Math.floor(this.now);
      if (at === before) return;
      if (this.playing) this.view.follow(at);
      this.map.fire("itinerary:time", {order: at, playing: this.playing});
    }

    tell() {
      if (document.activeElement !== this.slider || this.playing) this.slider.value = this.valueAt(this.now);
      const words = this.words();
      this.label.textContent = words;
      this.slider.setAttribute("aria-valuetext", words);
    }

    // "3. Seville · 7 May 1843", or on the way "Seville → Cádiz · 9 May 1843"; a day only where both ends are told to the day.
    words() {
      const order = this.now, at = Math.floor(order), stop = this.stops[at - 1], next = this.stops[at];
      if (order === at || !next) return [`${at}. ${stop.name}`, stop.when].filter(Boolean).join(" · ");
      const exact = this.keys.dated && stop.exact && next.exact;
      const when = exact ? day(Math.floor(through(this.keys.frames, order, 1, 0))) : between(stop.when, next.when);
      return [`${stop.name} → ${next.name}`, when].filter(Boolean).join(" · ");
    }

    key(event) {
      const to = {ArrowRight: Math.floor(this.now) + 1, ArrowUp: Math.floor(this.now) + 1, ArrowLeft: Math.ceil(this.now) - 1,
        ArrowDown: Math.ceil(this.now) - 1, PageUp: this.now + this.end / 10, PageDown: this.now - this.end / 10, Home: 1,
        End: this.end}[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.pause();
      this.move(Math.max(1, Math.min(this.end, Math.round(to))));
    }

    play() {
      if (!this.keys || this.playing) return;
      this.playing = true;
      if (this.order >= this.end) this.move(1);
      this.face();
      this.map.closePopup();
      const leg = Math.max(SHORTEST_LEG_MS, Math.min(LEG_MS, LONGEST_MS / this.end));
      this.clock = {start: performance.now(), from: this.now, leg};
      this.frame = requestAnimationFrame((now) => this.step(now));
    }

    step(now) {
      if (!this.playing) return;
      const gone = this.clock.from + (now - this.clock.start) / this.clock.leg, at = Math.floor(gone);
      const way = Math.max(0, (gone - at - PAUSE) / (1 - PAUSE));
      this.move(at + (calm() ? 0 : way));
      if (this.order >= this.end) this.pause();
      else this.frame = requestAnimationFrame((next) => this.step(next));
    }

    pause() {
      if (!this.playing) return;
      this.playing = false;
      cancelAnimationFrame(this.frame);
      this.face();
      this.map.fire("itinerary:time", {order: Math.floor(this.now), playing: false});
    }

    at(order) { this.pause(); this.show(order); }
    finish() { if (this.keys) { this.pause(); this.show(Infinity); } }

    face() {
      const label = this.playing ? "Pause" : "Play the journey";
      this.button.replaceChildren(I.picture(this.playing ? "pause" : "play"));
      this.button.setAttribute("aria-label", label);
      this.button.title = label;
    }

    remove() { this.pause(); this.box.remove(); }
  };
  I.time = {keyframes, through};
})(window.Itinerary = window.Itinerary || {});
