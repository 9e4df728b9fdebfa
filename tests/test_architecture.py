"""The structure: packages look one way, files import lower floors only, an outside library has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES: dict[str, set[str]] = {"ingest": set(), "assistant": {"ingest"}, "evals": {"ingest", "assistant"}}
FLOORS = {
    "ingest": [
        {"types", "errors", "stopwords", "iso639", "sentences", "normalise", "fences", "processor"},
        {
            "settings",
            "frontmatter",
            "analyse",
            "validity",
            "split",
            "language",
            "load",
            "onnx_graph",
            "embed_langchain",
            "embed_onnx",
        },
        {"glossary"},
        {"embed", "load", "lexicon"},
        {"lexical", "vectors", "catalog", "folder"},
        {"index", "check", "journal"},
        {"writer", "live"},
        {"sync"},
        {"report"},
        {"__main__"},
    ],
    "assistant": [
        {"types", "errors", "gate", "cues", "logs", "countries", "courtesy"},
        {"language", "sorts", "indirect"},
        {
            "metrics",
            "throttle",
            "names",
            "phrases",
            "message",
            "dates",
            "intent",
            "spelling",
            "settings",
            "context",
            "cite",
            "gaps",
            "premise",
            "sought",
        },
        {
            "directory",
            "wire",
            "show",
            "asked",
            "attempts",
            "unanswered",
            "difference",
            "keys",
            "terms",
            "parts",
            "ambiguity",
            "join",
            "replies",
        },
        {
            "schemas",
            "openai_wire",
            "retrieve",
            "followup",
            "prompting",
            "verify",
            "relevance",
            "aged",
            "contacts",
            "definitions",
        },
        {"evidence", "extractive", "library", "understand", "generative"},
        {"compose"},
        {"answer"},
        {"desk"},
        {"mcp_server"},
        {"bootstrap", "api"},
        {"office", "retrieve_langchain"},
        {"__main__"},
    ],
    "evals": [
        {"types", "errors"},
        {"rows", "question_sets", "metrics", "places", "verification"},
        {"run_folder", "instance", "served"},
        {"run", "score", "beir_report", "statistics", "suggest", "judge"},
        {"show", "beir", "baseline", "compare"},
        {"gate"},
        {"junit", "show_comparison", "charts"},
        {"report"},
        {"bench"},
        {"__main__"},
    ],
}
HTTP = {
    f"assistant/api/{module}.py"
    for module in (
        "access",
        "application",
        "chat",
        "description",
        "directories",
        "documents",
        "mcp",
        "openai_api",
        "problems",
        "requests",
        "state",
        "streams",
        "web",
    )
}
HOMES = {
    "chromadb": {"ingest/vectors.py"},
    "sqlalchemy": {"ingest/catalog.py", "ingest/journal.py"},
    "tantivy": {"ingest/lexical.py"},
    "marisa_trie": {"ingest/lexicon/compiled.py"},
    "simplemma": {"ingest/lexicon/inflect.py"},
    "filelock": {"ingest/writer.py"},
    "yaml": {"ingest/frontmatter.py"},
    "Stemmer": {"ingest/analyse.py"},
    "py3langid": {"ingest/language.py"},
    "onnx": {"ingest/onnx_graph.py"},
    "safetensors": {"ingest/onnx_graph.py"},
    "onnxruntime": {"ingest/embed_onnx.py"},
    "tokenizers": {"ingest/embed_onnx.py"},
    "langchain": {"assistant/generative.py", "ingest/embed_langchain.py"},
    "text_to_num": {"assistant/verify/numerals.py"},
    "rich": {"ingest/report.py"},
    "fastapi": HTTP,
    "anyio": {"assistant/api/streams.py", "assistant/mcp_server.py"},
    "mcp": {"assistant/mcp_server.py"},
    "limits": {"assistant/throttle.py"},
    "prometheus_client": {"assistant/metrics.py"},
    "starlette": HTTP,
    "uvicorn": {"assistant/__main__.py"},
    "httpx": {"evals/served.py"},
    "scipy": {"evals/statistics.py"},
    "ir_measures": {"evals/metrics/ranking.py"},
    "pypdfium2": {"ingest/load/pdfium.py"},
}
LOADERS = {"lxml", "docx", "markdown_it", "pypdf", "pypdfium2", "PIL"}


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module in PACKAGES:
                found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", list(sources()), ids=name)
def test_packages_look_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    others = {module.split(".")[0] for module in imports(path)} & set(PACKAGES)
    assert others <= PACKAGES[package] | {package}


@pytest.mark.parametrize("package", FLOORS)
def test_a_file_imports_lower_floors_only(package: str) -> None:
    floor_of = {module: floor for floor, modules in enumerate(FLOORS[package]) for module in modules}
    for path in (ROOT / package).rglob("*.py"):
        module = path.relative_to(ROOT / package).parts[0].removesuffix(".py")
        if module == "__init__":
            continue
        assert module in floor_of, f"{name(path)} stands on no floor: give it one here"
        for imported in imports(path):
            above, _, rest = imported.partition(".")
            other = rest.split(".")[0]
            if above == package and other in floor_of and other != module:
                assert floor_of[other] < floor_of[module], f"{name(path)} imports {imported}, which is not below it"


@pytest.mark.parametrize("library", HOMES)
def test_an_outside_library_has_one_home(library: str) -> None:
    users = {name(path) for path in sources() if library in {module.split(".")[0] for module in imports(path)}}
    benches = {user for user in users if user.startswith("evals/bench/")}
    assert users - benches <= HOMES[library]


def test_each_reader_of_a_format_has_one_library_of_its_own() -> None:
    for path in sources():
        used = {module.split(".")[0] for module in imports(path)} & LOADERS
        assert not used or path.parent.name in ("load", "bench"), f"{name(path)} reads files with {used}"


def test_nothing_reads_the_environment_but_the_settings() -> None:
    for path in sources():
        if path.parent.name != "bench":
            assert "os.environ" not in path.read_text(encoding="utf-8"), name(path)


def test_importing_a_package_builds_nothing() -> None:
    for path in sources():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            called = getattr(getattr(node, "value", None), "func", None)
            assert not (isinstance(node, ast.Expr) and called), f"{name(path)} calls something when imported"
