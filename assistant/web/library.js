// The library: the documents that the reader may see, by kind, organisation, language and the day they are in force.

import { announce, choice, element, labelled } from "./elements.js";
import { day, kind, languageName, sorted, today } from "./format.js";
import { get } from "./server.js";
import { say } from "./strings.js";

const FILTERS = { kind, organisation: (name) => name, language: languageName };

/** The page; what it is filtered by stands in its address, so that it can be passed on. */
export async function libraryPage(_parts, parameters) {
  const filters = Object.fromEntries(
    [...Object.keys(FILTERS), "as_of", "words"].map((name) => [name, parameters.get(name) ?? ""]),
  );
  const listing = element("div", { class: "listing" });
  let documents = await documentsOn(filters.as_of);
  const show = () => {
    history.replaceState(null, "", addressOf(filters));
    list(
      listing,
      documents.filter((one) => fits(one, filters)),
    );
  };
  const change = (name) => async (value) => {
    filters[name] = value;
    if (name === "as_of") documents = await documentsOn(value);
    show();
  };
  show();
  const page = element(
    "div",
    { class: "plain" },
    element("h1", {}, say("page.library")),
    element("p", { class: "lead" }, say("library.lead")),
    filterForm(documents, filters, change),
    listing,
  );
  return { title: say("page.library"), element: page };
}

/** A document in a list, as a link to it. */
export function documentLink(one) {
  return element("a", { href: `#/documents/${encodeURIComponent(one.document)}`, lang: one.language }, one.title);
}

async function documentsOn(as_of) {
  return (await get("/documents", { as_of })).documents;
}

function addressOf(filters) {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value)).toString();
  return query ? `#/library?${query}` : "#/library";
}

function fits(one, { words, as_of: _day, ...filters }) {
  const text = `${one.title} ${one.organisation}`.toLocaleLowerCase();
  return (
    Object.entries(filters).every(([name, value]) => !value || one[name] === value) &&
    words
      .toLocaleLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word))
  );
}

function filterForm(documents, filters, change) {
  const selects = Object.entries(FILTERS).map(([name, shown]) => {
    const values = sorted(new Set(documents.map((one) => one[name]).filter(Boolean)));
    return labelled(
      say(`field.${name}`),
      choice([["", say("any")], ...values.map((value) => [value, shown(value)])], filters[name], change(name)),
    );
  });
  const words = element("input", {
    type: "search",
    value: filters.words,
    oninput: (event) => change("words")(event.target.value),
  });
  const date = element("input", {
    type: "date",
    value: filters.as_of,
    max: today(),
    onchange: (event) => change("as_of")(event.target.value),
  });
  return element(
    "form",
    { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
    labelled(say("library.words"), words),
    ...selects,
    labelled(say("library.asOf"), date),
  );
}

function list(listing, documents) {
  const count = say("library.count", { count: documents.length });
  const rows = documents.map((one) =>
    element("li", {}, documentLink(one), element("p", { class: "about" }, aboutDocument(one))),
  );
  listing.replaceChildren(element("p", { class: "count" }, count), element("ul", { class: "documents" }, rows));
  announce(count);
}

function aboutDocument(one) {
  return [
    one.organisation,
    kind(one.kind),
    languageName(one.language),
    one.effective_from && say("force.from", { from: day(one.effective_from) }),
  ]
    .filter(Boolean)
    .join(" · ");
}
