"""A document as a web page: the text in `<main>`, around it the header, navigation and footer that pages have."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import count

from builder.document import Block, Document, Heading, Item, Listing, Paragraph, Run, Source, Table, Text, plain

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; color: #222; margin: 0 auto; max-width: 46rem; padding: 0 1rem; }
header, footer { color: #555; font-size: .875rem; margin: 1.5rem 0; }
header { border-bottom: 1px solid #bbb; }
footer { border-top: 1px solid #bbb; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border-bottom: 1px solid #ccc; padding: .375rem .75rem .375rem 0; text-align: left; vertical-align: top; }
"""
_LIST_TYPES = ("1", "a", "i")


def write_html(document: Document) -> bytes:
    """The bytes of a complete page."""
    return _page(document, _Writer(document).main()).encode()


def _page(document: Document, main: str) -> str:
    organisation = escape(document.organisation)
    return f"""<!DOCTYPE html>
<html lang="{escape(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="{organisation}">
<title>{escape(document.title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<header>
<p>{organisation}</p>
<nav aria-label="Sections">
{_navigation(document.headings())}
</nav>
</header>
<main>
{main}
</main>
<footer>
<p>Sources</p>
{_lines("ul", (f"<li>{_source(source)}</li>" for source in document.sources.values()))}
</footer>
</body>
</html>
"""


def _navigation(headings: Iterable[Heading]) -> str:
    places = ((number, heading) for number, heading in enumerate(headings, 1) if heading.level == 2)
    links = (f'<a href="#section-{number}">{escape(plain(heading.text))}</a>' for number, heading in places)
    return _lines("ul", (f"<li>{link}</li>" for link in links))


def _source(source: Source) -> str:
    title = _link(escape(source.title), source.url) if source.url else escape(source.title)
    return f"{escape(source.key)}: {title}. {escape(source.origin)}"


def _link(content: str, address: str, title: str = "") -> str:
    hint = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(address)}"{hint}>{content}</a>'


def _lines(name: str, lines: Iterable[str], attributes: str = "") -> str:
    return "\n".join((f"<{name}{attributes}>", *lines, f"</{name}>"))


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._section = count(1)

    def main(self) -> str:
        return "\n".join(map(self._block, self._document.blocks))

    def _block(self, block: Block) -> str:
        match block:
            case Heading(level, text):
                return f'<h{level} id="section-{next(self._section)}">{self._text(text)}</h{level}>'
            case Paragraph(text):
                return f"<p>{self._text(text)}</p>"
            case Listing():
                return self._listing(block)
            case Table():
                return self._table(block)

    def _listing(self, listing: Listing) -> str:
        items = (f"<li>{self._item(item)}</li>" for item in listing.items)
        if not listing.numbered:
            return _lines("ul", items)
        start = f' start="{listing.start}"' if listing.start > 1 else ""
        return _lines("ol", items, f' type="{_LIST_TYPES[min(listing.depth, 2)]}"{start}')

    def _item(self, item: Item) -> str:
        return "\n".join((self._text(item.text), *map(self._block, item.below)))

    def _table(self, table: Table) -> str:
        head = _lines("thead", [self._row("th", table.header)])
        return _lines("table", (head, _lines("tbody", (self._row("td", row) for row in table.rows))))

    def _row(self, cell: str, row: tuple[Text, ...]) -> str:
        return f"<tr>{''.join(f'<{cell}>{self._text(text)}</{cell}>' for text in row)}</tr>"

    def _text(self, text: Text) -> str:
        return "".join(map(self._run, text))

    def _run(self, run: Run) -> str:
        content = escape(run.text, quote=False)
        content = f"<em>{content}</em>" if run.italic else content
        content = f"<strong>{content}</strong>" if run.bold else content
        source = self._document.sources.get(run.source)
        if source and source.url:
            return _link(content, source.url, f"{source.title}. {source.origin}")
        return _link(content, run.link) if run.link else content
