// The contacts: whom to ask, by organisation and country.

import { element, facts, isSafe, outside } from "./elements.js";
import { country } from "./format.js";
import { documentLink } from "./library.js";
import { listingPage } from "./listing.js";
import { say } from "./strings.js";

const FILTERS = {
  organisation: { values: (one) => [one.organisation, ...one.organisations] },
  country: { values: (one) => one.country, called: country },
};

/** The page. */
export function contactsPage(_parts, parameters) {
  return listingPage({ name: "contacts", records: "contacts", filters: FILTERS, card: contactCard }, parameters);
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
