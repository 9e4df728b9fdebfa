// The form that asks: the question, and what it is narrowed to — a day, kinds of documents, organisations.

import { button, choice, element, labelled } from "./elements.js";
import { kind, sorted, today } from "./format.js";
import { get } from "./server.js";
import { say } from "./strings.js";

const MOST_CHARACTERS = 2000;
const limits = { as_of: "", kinds: [], organisations: [] };

/** The form; `ask` gets the question and its limits. */
export function composer(ask) {
  const text = element("textarea", {
    rows: "1",
    maxlength: MOST_CHARACTERS,
    required: true,
    placeholder: say("ask.placeholder"),
    "aria-label": say("ask.question"),
    oninput: grow,
  });
  const submit = (event) => {
    event?.preventDefault();
    if (!text.value.trim()) return;
    ask(text.value.trim(), given());
    text.value = "";
    grow({ target: text });
  };
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  const row = element("div", { class: "row" }, text, element("button", { class: "send" }, say("ask.send")));
  return element("form", { class: "composer", onsubmit: submit }, row, narrowing());
}

/** The limits that say something. */
function given() {
  return Object.fromEntries(
    Object.entries(limits)
      .filter(([, value]) => value.length)
      .map(([name, value]) => [name, structuredClone(value)]),
  );
}

function grow({ target }) {
  target.style.height = "auto";
  target.style.height = `${target.scrollHeight}px`;
}

function narrowing() {
  const place = element("details", { class: "narrow" });
  const fields = element("div", { class: "fields" });
  const summary = element("summary");
  place.append(summary, fields);
  const render = () => {
    const said = [...(limits.as_of ? [say("narrow.asOf")] : []), ...limits.kinds.map(kind), ...limits.organisations];
    summary.textContent = said.length ? `${say("narrow")}: ${said.join(", ")}` : say("narrow");
    place.classList.toggle("active", said.length > 0);
  };
  place.addEventListener("toggle", () => place.open && fill(fields, render));
  render();
  return place;
}

async function fill(fields, render) {
  const { documents } = await get("/documents", { as_of: limits.as_of });
  const date = element("input", {
    type: "date",
    value: limits.as_of,
    max: today(),
    onchange: (event) => {
      limits.as_of = event.target.value;
      render();
    },
  });
  fields.replaceChildren(
    labelled(say("narrow.asOf"), date),
    several(
      say("field.kind"),
      limits.kinds,
      sorted(new Set(documents.map((one) => one.kind))).map((name) => [name, kind(name)]),
      render,
    ),
    several(
      say("field.organisation"),
      limits.organisations,
      sorted(new Set(documents.map((one) => one.organisation).filter(Boolean))).map((name) => [name, name]),
      render,
    ),
  );
}

/** A choice of several: each that is chosen becomes a button that takes it back. */
function several(label, chosen, options, render) {
  const buttons = element("span", { class: "chosen" });
  const select = choice([["", say("narrow.any")], ...options], "", (value) => {
    if (value && !chosen.includes(value)) chosen.push(value);
    select.value = "";
    show();
  });
  const show = () => {
    const names = new Map(options);
    buttons.replaceChildren(
      ...chosen.map((value) =>
        button(
          `${names.get(value) ?? value} ×`,
          () => {
            chosen.splice(chosen.indexOf(value), 1);
            show();
            select.focus();
          },
          { class: "quiet", "aria-label": say("narrow.remove", { name: names.get(value) ?? value }) },
        ),
      ),
    );
    render();
  };
  show();
  return element("div", {}, labelled(label, select), buttons);
}
