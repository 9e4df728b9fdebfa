// An answer taken along: as text with its sources, or on paper.

import { announce, button } from "./elements.js";
import { day } from "./format.js";
import { say } from "./strings.js";

/** Puts an answer with its sources on the clipboard. */
export function copyButton(turn) {
  const made = button(
    say("copy"),
    async () => {
      await toClipboard(asText(turn));
      made.textContent = say("copied");
      announce(say("copied"));
      setTimeout(() => (made.textContent = say("copy")), 2500);
    },
    { class: "quiet" },
  );
  return made;
}

/** Prints the conversation. */
export function printButton() {
  return button(say("print"), () => print(), { class: "quiet" });
}

/** A question, its answer and what it relies on, as plain text. */
export function asText({ question, answer }) {
  const sources = answer.citations.map(
    (citation) => `[${citation.marker}] ${sourceLine(citation)}\n    “${citation.quote.replace(/\s+/g, " ")}”`,
  );
  const contacts = answer.contacts.map(({ name, url }) => `${name}: ${url}`);
  return [
    question,
    answer.answer,
    ...answer.notes,
    contacts.length ? `${say("contacts.ask")}\n${contacts.join("\n")}` : "",
    sources.length ? `${say("sources")}\n${sources.join("\n")}` : "",
  ]
    .filter(Boolean)
    .join("\n\n");
}

function sourceLine({ title, organisation, section, effective_from: from, source_url: address, url }) {
  return [
    title,
    organisation,
    section,
    from && say("force.from", { from: day(from) }),
    address || new URL(url, location.href).href,
  ]
    .filter(Boolean)
    .join(", ");
}

async function toClipboard(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Pages that come without TLS have no clipboard but this one.
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
