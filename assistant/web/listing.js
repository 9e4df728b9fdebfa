// A page of records, narrowed down by what their fields say: the contacts, the infrastructures.

import { announce, choice, element, labelled } from "./elements.js";
import { sorted } from "./format.js";
import { get } from "./server.js";
import { say } from "./strings.js";

/**
 * The page.
 *
 * `name` is what its strings are called by, `records` what the server calls them; `filters` gives by field the values
 * of a record and, where they are codes, what they are called; `card` shows a record.
 */
export async function listingPage({ name, records, filters, card }, parameters) {
  const chosen = Object.fromEntries(Object.keys(filters).map((field) => [field, parameters.get(field) ?? ""]));
  const { [records]: all } = await get(`/${records}`);
  const cards = element("div", { class: "listing" });
  const show = async () => {
    const { [records]: found } = await get(`/${records}`, chosen);
    const count = say(`${name}.count`, { count: found.length });
    cards.replaceChildren(element("p", { class: "count" }, count), ...found.map((one) => card(one)));
    announce(count);
  };
  const change = (field) => async (value) => {
    chosen[field] = value;
    await show();
  };
  await show();
  const page = element(
    "div",
    { class: "plain" },
    element("h1", {}, say(`page.${name}`)),
    element("p", { class: "lead" }, say(`${name}.lead`)),
    element(
      "form",
      { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
      Object.entries(filters).map(([field, filter]) =>
        labelled(say(`field.${field}`), choice(options(all, filter), chosen[field], change(field))),
      ),
    ),
    cards,
  );
  return { title: say(`page.${name}`), element: page };
}

function options(all, { values, called = (value) => value }) {
  const found = sorted(new Set(all.flatMap(values).filter(Boolean)));
  return [["", say("any")], ...found.map((value) => [value, called(value)])];
}
