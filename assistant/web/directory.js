// The directory of infrastructures: by country, field and service, each with whom to ask.

import { contactCard } from "./contacts.js";
import { announce, choice, element, facts, labelled } from "./elements.js";
import { country, sorted } from "./format.js";
import { documentLink } from "./library.js";
import { get } from "./server.js";
import { say } from "./strings.js";

/** The page. */
export async function directoryPage(_parts, parameters) {
  const filters = Object.fromEntries(["country", "field", "service"].map((name) => [name, parameters.get(name) ?? ""]));
  const { infrastructures } = await get("/infrastructures");
  const cards = element("div", { class: "listing" });
  const change = (name) => async (value) => {
    filters[name] = value;
    await list(cards, filters);
  };
  await list(cards, filters);
  const page = element(
    "div",
    { class: "plain" },
    element("h1", {}, say("page.directory")),
    element("p", { class: "lead" }, say("directory.lead")),
    filterForm(infrastructures, filters, change),
    cards,
  );
  return { title: say("page.directory"), element: page };
}

function filterForm(all, filters, change) {
  const values = (name) => sorted(new Set(all.flatMap((one) => one[name])));
  const any = ["", say("any")];
  return element(
    "form",
    { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
    labelled(
      say("field.country"),
      choice([any, ...values("country").map((code) => [code, country(code)])], filters.country, change("country")),
    ),
    labelled(
      say("field.field"),
      choice([any, ...values("fields").map((name) => [name, name])], filters.field, change("field")),
    ),
    labelled(
      say("field.service"),
      choice([any, ...values("services").map((name) => [name, name])], filters.service, change("service")),
    ),
  );
}

async function list(cards, filters) {
  const { infrastructures } = await get("/infrastructures", filters);
  const count = say("directory.count", { count: infrastructures.length });
  cards.replaceChildren(element("p", { class: "count" }, count), ...infrastructures.map(card));
  announce(count);
}

function card(one) {
  return element(
    "article",
    { class: "card" },
    element("h2", {}, documentLink(one)),
    facts([
      [say("field.country"), [...one.region, ...one.country.map(country)].join(", ")],
      [say("field.field"), one.fields.join(", ")],
      [say("field.service"), one.services.join(", ")],
      [say("field.access"), one.access.join(", ")],
    ]),
    one.contacts.length
      ? element(
          "details",
          {},
          element("summary", {}, say("directory.contacts", { count: one.contacts.length })),
          one.contacts.map((contact) => contactCard(contact, "h3")),
        )
      : null,
  );
}
