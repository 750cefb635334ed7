// Words, numbers and elements that all parts of the map make alike. Whatever comes from the text is put on the page as text
// (textContent, title, aria-label), never as markup.
(function (I) {
  "use strict";
  const MILES = 0.621371; // a kilometre, by the international mile of 1,609.344 m
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December"];
  const ERA = 146097; // days in 400 years of the Gregorian calendar
  const MARCH = 306; // days from the first of March to the end of the year

  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    if (tag === "strong" || tag === "blockquote") element.dir = "auto"; // names and sentences may be written right to left
    return element;
  }

  function button(text, label, press) {
    const element = make("button", "", text);
    element.type = "button";
    element.setAttribute("aria-label", label);
    element.title = label;
    element.addEventListener("click", press);
    return element;
  }

  // Kilometres in the reader's unit and way of writing numbers; whole ones from ten on.
  function number(km, units) {
    const value = units === "mi" ? km * MILES : km;
    return value.toLocaleString(undefined, {maximumFractionDigits: value < 10 ? 1 : 0});
  }

  const distance = (km, units) => `${number(km, units)} ${units}`;

  // A day by its number (1 January of year 1 is 1, before it 0, -1, …) in words; any year, before Christ too.
  function day(number) {
    const from = number - 1 + MARCH, era = Math.floor(from / ERA), inEra = from - era * ERA; // days since a first of March
    const year = Math.floor((inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36524) - Math.floor(inEra / 146096)) / 365);
    const inYear = inEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
    const month = Math.floor((5 * inYear + 2) / 153), date = inYear - Math.floor((153 * month + 2) / 5) + 1;
    const civil = year + 400 * era + (month > 9 ? 1 : 0);
    return `${date} ${MONTHS[(month + 2) % 12]} ${civil > 0 ? civil : `${1 - civil} BC`}`;
  }

  I.words = {
    make, button, number, distance, day,
    joined: (parts) => parts.filter(Boolean).join(" · "),
    by: (mode) => (mode ? `by ${mode}`.replace("by on ", "on ") : ""),
    STATUS: {visited: "visited", planned: "planned, not yet reached", passed: "passed through"},
    calm: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
    colour: (container, name) => getComputedStyle(container).getPropertyValue("--map-" + name).trim(),
  };
})(window.Itinerary = window.Itinerary || {});
