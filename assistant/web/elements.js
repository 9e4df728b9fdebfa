// Elements from values. Text only ever becomes text nodes: what documents, models and readers write is never read as HTML.

/** An element with properties (`class`, attributes, `on…` listeners) and children (elements or text; nothing for null). */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [property, value] of Object.entries(properties)) set(made, property, value);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

function set(made, property, value) {
  if (value === null || value === undefined || value === false) return;
  if (property.startsWith("on")) made.addEventListener(property.slice(2), value);
  else made.setAttribute(property, value === true ? "" : value);
}

/** A button that submits nothing. */
export function button(label, onclick, properties = {}) {
  return element("button", { type: "button", onclick, ...properties }, label);
}

/** A link to another site, or plain text where the address is none that a reader can safely follow. */
export function outside(address, label = address) {
  if (!isSafe(address)) return document.createTextNode(label);
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);
}

/** Whether an address leads to the web or to a mailbox, and not to a script. */
export function isSafe(address) {
  try {
    return ["http:", "https:", "mailto:"].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** A field with its label above it. */
export function labelled(label, control) {
  return element("label", { class: "field" }, element("span", {}, label), control);
}

/** A choice of one: options are `[value, label]`. */
export function choice(options, chosen, onchange, properties = {}) {
  const made = options.map(([value, label]) => element("option", { value, selected: value === chosen }, label));
  return element("select", { ...properties, onchange: (event) => onchange(event.target.value) }, ...made);
}

/** Terms and what is said of them; entries without a value are left out. */
export function facts(entries) {
  const said = entries.filter(([, value]) => value);
  return element(
    "dl",
    { class: "facts" },
    ...said.map(([term, value]) => element("div", {}, element("dt", {}, term), element("dd", {}, value))),
  );
}

/** Says something to those who hear the page. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}
