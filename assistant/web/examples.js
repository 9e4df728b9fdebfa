// Example questions for each kind of reader, made from the public documents: what is asked of a kind of document,
// with the names of the documents that are there. Documents in the reader's language come first.

import { button, element } from "./elements.js";
import { get } from "./server.js";
import { language, say } from "./strings.js";

const READERS = { company: ["procurement", "access"], founder: ["spin-off", "programme"], liaison: ["policy"] };
const SEVERAL = /,| et | and | und | en /; // a name of several bodies makes no good question

/** A column for each kind of reader; `ask` gets the question that is chosen. */
export function examples(ask) {
  const place = element("div", { class: "examples" });
  fill(place, ask).catch(() => place.remove()); // a page without examples is a page all the same
  return place;
}

async function fill(place, ask) {
  const { documents } = await get("/documents", {}, { key: null });
  for (const [reader, kinds] of Object.entries(READERS)) {
    const items = questions(kinds, documents).map((text) =>
      element(
        "li",
        {},
        button(text, () => ask(text), { class: "example" }),
      ),
    );
    if (items.length)
      place.append(element("section", {}, element("h2", {}, say(`reader.${reader}`)), element("ul", {}, items)));
  }
}

/** One question a kind, in the reader's language; in English where there are no documents in it. */
function questions(kinds, documents) {
  const own = kinds.map((kind) => question(kind, documents, language())).filter(Boolean);
  return own.length ? own : kinds.map((kind) => question(kind, documents, "en")).filter(Boolean);
}

function question(kind, documents, code) {
  const chosen = documents.find(
    (one) => one.kind === kind && one.language === code && one.organisation && !SEVERAL.test(one.organisation),
  );
  return chosen && say(`example.${kind}`, { title: chosen.title, organisation: chosen.organisation });
}
