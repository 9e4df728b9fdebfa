// The directory of infrastructures: by country, field and service, each with whom to ask.

import { contactCard } from "./contacts.js";
import { element, facts } from "./elements.js";
import { country } from "./format.js";
import { documentLink } from "./library.js";
import { listingPage } from "./listing.js";
import { say } from "./strings.js";

const FILTERS = {
  country: { values: (one) => one.country, called: country },
  field: { values: (one) => one.fields },
  service: { values: (one) => one.services },
};

/** The page. */
export function directoryPage(_parts, parameters) {
  return listingPage({ name: "directory", records: "infrastructures", filters: FILTERS, card }, parameters);
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
