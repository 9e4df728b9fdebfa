// Starts the page and goes from page to page; an address is `#/library?kind=policy`.

import { chatPage, resume } from "./chat.js";
import { contactsPage } from "./contacts.js";
import { directoryPage } from "./directory.js";
import { documentPage } from "./document.js";
import { element } from "./elements.js";
import { headerView } from "./header.js";
import { libraryPage } from "./library.js";
import { Refused } from "./server.js";
import { closeSource, prepareViewer } from "./source.js";
import { loadStrings, say } from "./strings.js";

const PAGES = {
  "": chatPage,
  library: libraryPage,
  documents: documentPage,
  directory: directoryPage,
  contacts: contactsPage,
};
let latest = 0;

async function show({ focus = true } = {}) {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = path.split("/").map(decodeURIComponent);
  const turn = (latest += 1);
  document
    .getElementById("header")
    .replaceChildren(...headerView(name ? `#/${name === "documents" ? "library" : name}` : "#/", show));
  const page = await opened(PAGES[name] ?? missing, rest, new URLSearchParams(query));
  if (turn !== latest) return; // the reader went on meanwhile
  closeSource();
  document.title = `${page.title} · Liaison`;
  document.getElementById("main").replaceChildren(page.element);
  document.body.dataset.page = name || "ask";
  if (focus) focusOn(page.element);
}

async function opened(page, parts, parameters) {
  try {
    return await page(parts, parameters);
  } catch (problem) {
    if (problem instanceof Refused && problem.status === 404) return missing();
    return notice(say(problem instanceof Refused && problem.status === 401 ? "problem.key" : "problem.lost"));
  }
}

function missing() {
  return notice(say("missing"));
}

function notice(text) {
  return { title: text, element: element("div", { class: "plain" }, element("h1", { tabindex: "-1" }, text)) };
}

function focusOn(page) {
  scrollTo(0, 0);
  const first = page.querySelector("h1");
  first?.setAttribute("tabindex", "-1");
  first?.focus({ preventScroll: true });
}

addEventListener("hashchange", () => show());
addEventListener("audience", () => show({ focus: false }));
await loadStrings();
prepareViewer();
resume();
await show({ focus: false });
