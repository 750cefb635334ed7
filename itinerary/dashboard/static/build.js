// Small helpers to build the page: elements whose every word is text, never markup.
(function () {
  "use strict";

  // make("p", {class: "quiet", title: "…", on: {click}}, "text", child, …); null and false children are left out
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
    return element;
  }

  function button(label, act, attributes, ...children) {
    return make("button", {type: "button", "aria-label": children.length ? label : null, title: children.length ? label : null,
      ...attributes, on: {click: act}}, ...(children.length ? children : [label]));
  }

  // "Undo {what}" with {what: "…"}
  function filled(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  }

  window.build = {make, button, filled};
})();
