// What changed between two versions: what went is struck out, what came is underlined, long stretches that stayed are folded.

import { element } from "./elements.js";
import { say } from "./strings.js";

const LONG = 600;
const AROUND = 200;

/** The stretches as the program gives them: `{change: same|removed|added, text}`. */
export function differenceView(stretches) {
  if (stretches.every(({ change }) => change === "same"))
    return element("p", { class: "notice" }, say("difference.none"));
  const parts = stretches.map(({ change, text }) => {
    if (change === "removed") return element("del", {}, text);
    if (change === "added") return element("ins", {}, text);
    return element("span", {}, folded(text));
  });
  return element("div", { class: "compared" }, parts);
}

function folded(text) {
  if (text.length < LONG) return [text];
  const middle = text.slice(AROUND, -AROUND);
  return [
    text.slice(0, AROUND),
    element("details", {}, element("summary", {}, say("difference.same")), middle),
    text.slice(-AROUND),
  ];
}
