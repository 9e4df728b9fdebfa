// The source viewer: what a citation rests on, beside the answer, and on narrow screens over it.

import { button, element, isSafe, outside } from "./elements.js";
import { inForce, languageName } from "./format.js";
import { pagePicture } from "./pagepicture.js";
import { pageText } from "./pagetext.js";
import { get, request, staffKey } from "./server.js";
import { say } from "./strings.js";

const WIDE = matchMedia("(min-width: 64rem)");
const PDF = "application/pdf";
let opener = null;

/** Opens a citation: its page with the quoted words marked. `from` gets the focus back when the viewer is closed. */
export async function openSource(citation, from) {
  opener = from;
  const body = element(
    "div",
    { class: "source-body", tabindex: "0", role: "group", "aria-labelledby": "source-title", "aria-busy": "true" },
    element("p", { class: "waiting" }, say("source.opening")),
  );
  show(citation, body);
  try {
    const page = await get(citation.url);
    viewer().querySelector(".source-head").append(aboutSource(citation, page));
    const view = await pageView({ ...citation, version: page.version }, page);
    body.replaceChildren(view.element);
    view.reveal();
  } catch (problem) {
    body.replaceChildren(
      element("p", { class: "notice" }, say(problem.status === 404 ? "source.gone" : "source.failed")),
    );
  }
  body.removeAttribute("aria-busy");
}

/** Closes the viewer, and gives the focus back to where it was opened from. */
export function closeSource() {
  if (!viewer().open) return;
  viewer().close();
  viewer().replaceChildren();
  document.body.classList.remove("beside");
  if (opener?.isConnected) opener.focus();
}

/** Makes the viewer ready: Escape closes it also where it stands beside the answer. */
export function prepareViewer() {
  viewer().addEventListener("cancel", (event) => {
    event.preventDefault();
    closeSource();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && viewer().open && !document.querySelector("dialog:modal")) closeSource();
  });
  WIDE.addEventListener("change", () => viewer().open && place());
}

/** The page itself: the picture of a PDF's, with its text below for those who hear it; else the text. */
export async function pageView(place, page) {
  const text = pageText(page, place.start, place.end);
  if (page.media_type !== PDF)
    return { element: text, reveal: () => text.querySelector("mark")?.scrollIntoView({ block: "center" }) };
  try {
    const described = say(place.end > place.start ? "source.described" : "source.describedPlain", {
      page: page.page,
      title: page.title,
    });
    const picture = await pagePicture(place, described);
    const words = element(
      "details",
      { class: "words", open: !picture.marks.length && place.end > place.start },
      element("summary", {}, say("source.text")),
      text,
    );
    return { element: element("div", {}, picture.element, words), reveal: picture.reveal };
  } catch (problem) {
    return {
      element: element("div", {}, element("p", { class: "notice" }, say("source.undrawn")), text),
      reveal: () => {},
    };
  }
}

/** Links to the original file, to the source's own address, and (`whole`) to the whole document. */
export function sourceLinks({ document: id, version, source_url: address }, { whole = true } = {}) {
  const path = `/documents/${encodeURIComponent(id)}/file?version=${version}`;
  const original = staffKey.get()
    ? button(say("source.original"), () => download(path), { class: "link" })
    : element("a", { href: path, target: "_blank", rel: "noopener" }, say("source.original"));
  return element(
    "p",
    { class: "links" },
    original,
    address && isSafe(address) ? outside(address, say("source.address")) : null,
    whole && element("a", { href: `#/documents/${encodeURIComponent(id)}?version=${version}` }, say("source.document")),
  );
}

function viewer() {
  return document.getElementById("source");
}

function show(citation, body) {
  const close = button("×", closeSource, { class: "close", "aria-label": say("close") });
  const title = element("h2", { id: "source-title", tabindex: "-1", lang: citation.language }, citation.title);
  const marker = citation.marker ? element("span", { class: "chip still" }, `[${citation.marker}]`) : null;
  viewer().replaceChildren(element("div", { class: "source-head" }, marker, title, close), body);
  place();
  title.focus();
}

function place() {
  viewer().close();
  if (WIDE.matches) viewer().show();
  else viewer().showModal();
  document.body.classList.toggle("beside", WIDE.matches);
}

function aboutSource(citation, page) {
  const number = page.media_type === PDF && say("source.page", { page: page.label || page.page });
  const said = [citation.organisation, citation.section, number, inForce(page.in_force), languageName(page.language)];
  return element(
    "div",
    { class: "about" },
    element("p", {}, said.filter(Boolean).join(" · ")),
    sourceLinks({ ...citation, version: page.version }),
  );
}

/** Saves a file that only a key opens. It is never shown from here: a stranger's page must not run beside this one. */
async function download(path) {
  const response = await request(path);
  const name = decodeURIComponent(
    /filename\*=UTF-8''(.+)$/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "document",
  );
  const address = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: "application/octet-stream" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
