// The contacts: whom to ask, by organisation and country.

import { announce, choice, element, facts, isSafe, labelled, outside } from "./elements.js";
import { country, sorted } from "./format.js";
import { documentLink } from "./library.js";
import { get } from "./server.js";
import { say } from "./strings.js";

/** The page. */
export async function contactsPage(_parts, parameters) {
  const filters = Object.fromEntries(["organisation", "country"].map((name) => [name, parameters.get(name) ?? ""]));
  const { contacts } = await get("/contacts");
  const cards = element("div", { class: "listing" });
  const change = (name) => async (value) => {
    filters[name] = value;
    await list(cards, filters);
  };
  await list(cards, filters);
  const page = element(
    "div",
    { class: "plain" },
    element("h1", {}, say("page.contacts")),
    element("p", { class: "lead" }, say("contacts.lead")),
    filterForm(contacts, filters, change),
    cards,
  );
  return { title: say("page.contacts"), element: page };
}

/** A contact with what it is for and how to reach it. */
export function contactCard(one, heading = "h2") {
  return element(
    "article",
    { class: "card" },
    element(heading, {}, documentLink(one)),
    facts([
      [say("field.role"), [one.role, one.office].filter(Boolean).join(" · ")],
      [say("field.organisation"), one.organisation],
      [say("field.country"), one.country.map(country).join(", ")],
      [say("field.topics"), one.topics.join(", ")],
      [say("field.url"), isSafe(one.url) ? outside(one.url) : ""],
      [say("field.email"), one.email ? outside(`mailto:${one.email}`, one.email) : ""],
    ]),
  );
}

function filterForm(all, filters, change) {
  const organisations = sorted(new Set(all.flatMap((one) => [one.organisation, ...one.organisations]).filter(Boolean)));
  const countries = sorted(new Set(all.flatMap((one) => one.country)));
  const any = ["", say("any")];
  return element(
    "form",
    { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
    labelled(
      say("field.organisation"),
      choice([any, ...organisations.map((name) => [name, name])], filters.organisation, change("organisation")),
    ),
    labelled(
      say("field.country"),
      choice([any, ...countries.map((code) => [code, country(code)])], filters.country, change("country")),
    ),
  );
}

async function list(cards, filters) {
  const { contacts } = await get("/contacts", filters);
  const count = say("contacts.count", { count: contacts.length });
  cards.replaceChildren(element("p", { class: "count" }, count), ...contacts.map((one) => contactCard(one)));
  announce(count);
}
