// The text of a page as its headings, paragraphs, lists and tables, with a quotation marked.
// Spans count Unicode code points; JavaScript counts UTF-16 units, so the text is taken apart into code points first.

import { element } from "./elements.js";

/** The text of a page (as the program gives it), with the characters `[start, end)` marked. */
export function pageText(page, start = 0, end = 0) {
  const text = new MarkedText(page.text, start, end);
  const made = element("div", { class: "page-text", lang: page.language });
  for (const group of grouped(blocksOf(page, text.length))) made.append(built(group, text));
  return made;
}

class MarkedText {
  constructor(text, start, end) {
    Object.assign(this, { points: Array.from(text), start, end });
  }

  get length() {
    return this.points.length;
  }

  plain(from, to) {
    return this.points.slice(from, to).join("");
  }

  /** The characters `[from, to)`, those of the quotation in a `mark`. */
  part(from, to) {
    const first = Math.min(Math.max(this.start, from), to);
    const last = Math.max(Math.min(this.end, to), first);
    const marked = first < last ? element("mark", {}, this.plain(first, last)) : null;
    return [this.plain(from, first), marked, this.plain(last, to)].filter(Boolean);
  }
}

/** The blocks of a page; text that lies in none becomes a paragraph, so that nothing is left out. */
function blocksOf(page, length) {
  const points = Array.from(page.text);
  const found = [];
  let done = 0;
  const fill = (end) => {
    if (points.slice(done, end).join("").trim()) found.push({ kind: "paragraph", start: done, end });
  };
  for (const block of page.blocks) {
    fill(block.start);
    found.push(block);
    done = block.end;
  }
  fill(length);
  return found;
}

/** Neighbours that make one list or one table. */
function grouped(blocks) {
  const groups = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (last && last[0].kind === block.kind && ["list_item", "table_row"].includes(block.kind)) last.push(block);
    else groups.push([block]);
  }
  return groups;
}

function built(group, text) {
  const [{ kind, start, end, level }] = group;
  if (kind === "heading") return element(`h${Math.min(level + 2, 6)}`, {}, text.part(start, end));
  if (kind === "list_item")
    return element(
      "ul",
      {},
      group.map((block) => item(block, text)),
    );
  if (kind === "table_row") return table(group, text);
  return element("p", { class: kind === "furniture" ? "furniture" : null }, text.part(start, end));
}

function item({ start, end, level }, text) {
  const numbered = /^(\(?\w{1,4}[.)]|\d+(\.\d+)*)\s/.test(text.plain(start, end));
  return element("li", { class: `level-${Math.min(level, 4)}${numbered ? " numbered" : ""}` }, text.part(start, end));
}

function table(rows, text) {
  const made = rows.map((row) =>
    element(
      "tr",
      {},
      cells(row, text).map(([from, to]) => element("td", {}, text.part(from, to))),
    ),
  );
  return element(
    "div",
    { class: "scrolled", tabindex: "0", role: "group" },
    element("table", {}, element("tbody", {}, made)),
  );
}

/** The stretches of a row between its bars. */
function cells({ start, end }, text) {
  const found = [];
  let from = start;
  for (let place = start; place < end - 2; place += 1) {
    if (text.plain(place, place + 3) === " | ") {
      found.push([from, place]);
      from = place + 3;
    }
  }
  return [...found, [from, end]];
}
