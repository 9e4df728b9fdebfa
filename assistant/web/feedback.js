// Whether an answer was useful, and why.

import { announce, button, element, labelled } from "./elements.js";
import { change } from "./conversation.js";
import { post } from "./server.js";
import { say } from "./strings.js";

const MOST_CHARACTERS = 2000;

/** Two buttons, and after one of them a place for a comment. */
export function feedbackForm(turn) {
  const place = element("div", { class: "comment" });
  const judged = (useful) => async (event) => {
    if (await sent(turn, { useful }, place)) place.replaceChildren(commentForm(turn, useful, place));
    mark(event.target.closest(".feedback"), turn);
  };
  const made = element(
    "div",
    { class: "feedback", role: "group", "aria-label": say("feedback") },
    element(
      "span",
      { class: "verdict" },
      button(say("feedback.yes"), judged(true), { class: "quiet", "data-useful": "true" }),
      button(say("feedback.no"), judged(false), { class: "quiet", "data-useful": "false" }),
    ),
    place,
  );
  mark(made, turn);
  return made;
}

function mark(made, turn) {
  for (const each of made.querySelectorAll("[data-useful]")) {
    each.setAttribute("aria-pressed", String(turn.feedback?.useful === (each.dataset.useful === "true")));
  }
}

function commentForm(turn, useful, place) {
  const comment = element("textarea", { rows: "2", maxlength: MOST_CHARACTERS });
  const submit = async (event) => {
    event.preventDefault();
    const said = { useful, comment: comment.value.trim() };
    if (said.comment && (await sent(turn, said, place)))
      place.replaceChildren(element("p", {}, say("feedback.thanks")));
  };
  return element(
    "form",
    { onsubmit: submit },
    labelled(say("feedback.comment"), comment),
    element("button", { class: "quiet" }, say("feedback.send")),
  );
}

async function sent(turn, said, place) {
  try {
    await post(`/answers/${turn.answer.answer_id}/feedback`, said);
  } catch (problem) {
    place.replaceChildren(
      element("p", { class: "notice" }, say(problem.status === 404 ? "feedback.late" : "feedback.failed")),
    );
    return false;
  }
  change(turn, { feedback: said });
  announce(say("feedback.thanks"));
  return true;
}
