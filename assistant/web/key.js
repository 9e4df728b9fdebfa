// The staff key: asked for, tried, kept in this tab.

import { clear } from "./conversation.js";
import { announce, button, element, labelled } from "./elements.js";
import { isKnownKey, staffKey } from "./server.js";
import { say } from "./strings.js";

/** Opens the place where a reader gives a key or takes it back. */
export function askForKey() {
  dialog().replaceChildren(staffKey.get() ? given() : asked());
  if (!dialog().open) dialog().showModal();
}

function dialog() {
  return document.getElementById("key");
}

function asked() {
  const field = element("input", {
    type: "password",
    autocomplete: "off",
    required: true,
    "aria-describedby": "key-problem",
  });
  const wrong = element("p", { id: "key-problem", class: "wrong", role: "alert" });
  const submit = async (event) => {
    event.preventDefault();
    wrong.textContent = "";
    const problem = await problemWith(field.value.trim());
    if (!problem) return changed(() => staffKey.keep(field.value.trim()), say("key.kept"));
    wrong.textContent = problem;
    field.select();
  };
  return element(
    "form",
    { onsubmit: submit },
    element("h2", { id: "key-title" }, say("key")),
    element("p", {}, say("key.what")),
    labelled(say("key.field"), field),
    wrong,
    element(
      "p",
      { class: "buttons" },
      element("button", {}, say("key.use")),
      button(say("cancel"), () => dialog().close(), { class: "quiet" }),
    ),
  );
}

function given() {
  return element(
    "div",
    {},
    element("h2", { id: "key-title" }, say("key")),
    element("p", {}, say("key.inUse")),
    element(
      "p",
      { class: "buttons" },
      button(say("key.forget"), () =>
        changed(() => {
          staffKey.forget();
          clear();
        }, say("key.forgotten")),
      ),
      button(say("cancel"), () => dialog().close(), { class: "quiet" }),
    ),
  );
}

async function problemWith(key) {
  // A header carries these characters and no others.
  if (!/^[\x21-\x7e]+$/.test(key)) return say("key.wrong");
  try {
    return (await isKnownKey(key)) ? "" : say("key.wrong");
  } catch {
    return say("problem.lost");
  }
}

function changed(act, said) {
  act();
  dialog().close();
  announce(said);
  dispatchEvent(new Event("audience"));
}
