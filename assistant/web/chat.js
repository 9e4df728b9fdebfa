// The chat page: the conversation, or examples where there is none yet, and the form that asks.

import { composer } from "./composer.js";
import { all, add, clear, subscribe } from "./conversation.js";
import { run } from "./asking.js";
import { button, element } from "./elements.js";
import { examples } from "./examples.js";
import { closeSource } from "./source.js";
import { say } from "./strings.js";
import { TurnView } from "./turn.js";

let views = new Map();
let list = null;
let page = null;

/** Takes up what was being asked when the page was left. */
export function resume() {
  subscribe(changed);
  for (const turn of all()) if (turn.state === "asking") run(turn);
}

/** The page. */
export function chatPage() {
  views = new Map(all().map((turn) => [turn, new TurnView(turn)]));
  list = element(
    "ol",
    { class: "conversation" },
    [...views.values()].map((view) => view.element),
  );
  page = element(
    "div",
    { class: "chat" },
    greeting(),
    list,
    element("div", { class: "foot" }, newConversation(), composer(ask)),
  );
  page.classList.toggle("empty", !all().length);
  return { title: say("page.ask"), element: page };
}

function greeting() {
  return element(
    "div",
    { class: "greeting" },
    element("h1", {}, say("greeting")),
    element("p", {}, say("greeting.promise")),
    examples((question) => ask(question, {})),
  );
}

function newConversation() {
  return button(
    say("conversation.new"),
    () => {
      clear();
      page.querySelector("textarea").focus();
    },
    { class: "quiet new" },
  );
}

function ask(question, limits) {
  closeSource();
  const turn = add(question, limits);
  run(turn);
  views.get(turn).element.scrollIntoView({ block: "start" });
}

function changed(turn) {
  if (!page) return;
  page.classList.toggle("empty", !all().length);
  if (turn === null) {
    views.clear();
    list.replaceChildren();
    closeSource();
  } else if (views.has(turn)) views.get(turn).update();
  else {
    views.set(turn, new TurnView(turn));
    list.append(views.get(turn).element);
  }
}
