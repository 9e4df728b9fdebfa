// An answer as elements: its text with chips that open sources, its notes, contacts and sources. Every status has its own look.

import { button, element, isSafe, outside } from "./elements.js";
import { day } from "./format.js";
import { openSource } from "./source.js";
import { say } from "./strings.js";

const MARKER = /\[(\d{1,3})\]/g;
const NAMED = /“(.+?)” \(\/documents\/([^\s()]+)\)/g; // a document that a note names: its title and its address
const ITEM = /^(?:[-•*]|\d{1,3}[.)])\s+/;

/** The whole of a finished answer. */
export function answerView(answer) {
  return element(
    "div",
    { class: `answer ${answer.status}` },
    element("p", { class: "status" }, say(`status.${answer.status}`)),
    answerText(answer.answer, answer.citations, answer.language),
    noteList(answer),
    contactList(answer.contacts),
    sourceList(answer.citations),
  );
}

function noteList({ notes, citations, language }) {
  if (!notes.length) return null;
  return element(
    "ul",
    { class: "notes", lang: language },
    notes.map((note) => element("li", {}, linked(note, markers(citations)))),
  );
}

/** A note with links to the documents that it names, for reading them here rather than as the program's data. */
function linked(note, byMarker) {
  const parts = [];
  let done = 0;
  for (const match of note.matchAll(NAMED)) {
    const [whole, title, id] = match;
    parts.push(...chipped(note.slice(done, match.index), byMarker));
    parts.push(element("a", { href: `#/documents/${encodeURIComponent(id)}` }, title));
    done = match.index + whole.length;
  }
  return [...parts, ...chipped(note.slice(done), byMarker)];
}

/** An answer's text, its markers as chips that open their citations; a marker without a citation stays text. */
export function answerText(text, citations, language) {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim());
  return element(
    "div",
    { class: "answer-text", lang: language },
    paragraphs.flatMap((paragraph) => blocks(paragraph.split("\n"), markers(citations))),
  );
}

function markers(citations) {
  return new Map(citations.map((citation) => [citation.marker, citation]));
}

function blocks(lines, byMarker) {
  const made = [];
  for (const line of lines) {
    const last = made.at(-1);
    if (!ITEM.test(line)) made.push(element("p", {}, chipped(line, byMarker)));
    else if (last?.tagName === "UL") last.append(item(line, byMarker));
    else made.push(element("ul", {}, item(line, byMarker)));
  }
  return made;
}

function item(line, byMarker) {
  const numbered = /^\d/.test(line);
  return element(
    "li",
    { class: numbered ? "numbered" : null },
    chipped(numbered ? line : line.replace(ITEM, ""), byMarker),
  );
}

function chipped(text, byMarker) {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(MARKER)) {
    const citation = byMarker.get(Number(match[1]));
    if (!citation) continue;
    parts.push(text.slice(done, match.index).replace(/ $/, "\u202f"), chip(citation));
    done = match.index + match[0].length;
  }
  return [...parts, text.slice(done)].filter(Boolean);
}

function chip(citation) {
  const label = say("chip", { marker: citation.marker, source: named(citation) });
  return button(`[${citation.marker}]`, (event) => openSource(citation, event.currentTarget), {
    class: "chip",
    "aria-label": label,
    title: named(citation),
  });
}

function named({ title, organisation }) {
  return organisation ? `${title}, ${organisation}` : title;
}

function sourceList(citations) {
  if (!citations.length) return null;
  return element(
    "section",
    { class: "sources" },
    element("h3", {}, say("sources")),
    element("ol", {}, citations.map(sourceItem)),
  );
}

function sourceItem(citation) {
  const open = button(citation.title, (event) => openSource(citation, event.currentTarget), {
    class: "link",
    lang: citation.language,
  });
  const about = [
    citation.organisation,
    citation.section,
    citation.effective_from && say("force.from", { from: day(citation.effective_from) }),
  ];
  return element(
    "li",
    {},
    element("span", { class: "number", "aria-hidden": "true" }, `[${citation.marker}]`),
    element(
      "div",
      {},
      open,
      element("p", { class: "about" }, about.filter(Boolean).join(" · ")),
      element("blockquote", { class: "quote", lang: citation.language }, citation.quote),
      isSafe(citation.source_url) ? element("p", { class: "printed" }, citation.source_url) : null,
    ),
  );
}

function contactList(contacts) {
  if (!contacts.length) return null;
  return element(
    "section",
    { class: "whom" },
    element("h3", {}, say("contacts.ask")),
    element(
      "ul",
      {},
      contacts.map(({ name, role, url }) =>
        element(
          "li",
          {},
          element("strong", {}, name),
          role ? element("span", { class: "about" }, role) : null,
          isSafe(url) ? outside(url, url.replace(/^(mailto:|https?:\/\/)/, "")) : null,
        ),
      ),
    ),
  );
}
