// The top of every page: where one can go, the language, the staff key.

import { button, choice, element } from "./elements.js";
import { askForKey } from "./key.js";
import { staffKey } from "./server.js";
import { chooseLanguage, language, LANGUAGES, say } from "./strings.js";

const PAGES = [
  ["#/", "page.ask"],
  ["#/library", "page.library"],
  ["#/directory", "page.directory"],
  ["#/contacts", "page.contacts"],
];

/** What stands in the header; `where` is the page that is open, `again` shows everything anew. */
export function headerView(where, again) {
  const skip = element("a", { class: "skip", href: "#main", onclick: skipToMain }, say("skip"));
  const links = PAGES.map(([address, key]) =>
    element("li", {}, element("a", { href: address, "aria-current": address === where ? "page" : null }, say(key))),
  );
  const languages = choice(
    Object.entries(LANGUAGES),
    language(),
    async (code) => {
      await chooseLanguage(code);
      again();
      document.querySelector("#header select").focus();
    },
    { "aria-label": say("language") },
  );
  const key = button(say(staffKey.get() ? "key.staff" : "key"), askForKey, {
    class: staffKey.get() ? "key staff" : "key quiet",
  });
  return [
    skip,
    element(
      "a",
      { class: "brand", href: "#/" },
      element("img", { src: "/web/icon.svg", alt: "", width: "24", height: "24" }),
      "Liaison",
    ),
    element("nav", { "aria-label": say("pages") }, element("ul", {}, links)),
    element("div", { class: "settings" }, languages, key),
  ];
}

function skipToMain(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}
