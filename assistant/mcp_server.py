"""The tools, documents and prompt that other assistants use over the Model Context Protocol."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

import anyio
from anyio.to_thread import run_sync
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    Prompt,
    PromptArgument,
    PromptMessage,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
    Tool,
    ToolAnnotations,
)
from pydantic import BaseModel, ValidationError

from assistant.desk import Desk
from assistant.library import Library
from assistant.openai_wire import appendix
from assistant.prompting import load_prompt
from assistant.schemas import AnswerBody, PageBody, SearchBody
from assistant.wire import ChatForm, ReadForm, SearchForm, answer_as_json, page_as_json, search_as_json
from ingest.types import Audience

_ADDRESS = "liaison://documents/"
_PROMPT = "with-sources"
_LISTED = 500  # resources a page of the list
_MOST_BYTES = sys.maxsize  # the application's own limit counts, which all of its routes have
_MISSING = "no such document, version or page"
_PURPOSE = (
    "Answers about working with research infrastructures (procurement, access, licences, spin-offs, whom to call), "
    "every sentence cited and every citation checked. `ask` answers, `search` shows passages, `read_document` opens "
    "a page."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool gives: text for a model, and the same as fields."""

    text: str
    fields: dict[str, Any] | None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class _Offered:
    """A tool: what it is for, what it takes and gives, and what it does for an audience."""

    purpose: str
    form: type[BaseModel]
    body: type[BaseModel]
    run: Callable[[Desk, Audience, Any], Outcome]


def _ask(desk: Desk, audience: Audience, form: ChatForm) -> Outcome:
    answer = desk.answer(form.as_question(audience))
    return Outcome(answer.answer + appendix(answer, ""), answer_as_json(answer))


def _search(desk: Desk, audience: Audience, form: SearchForm) -> Outcome:
    found = search_as_json(form.query, desk.assistant.search(form.as_question(audience), form.limit))
    texts = [f"{hit['title']} › {hit['section']} ({hit['url']})\n{hit['text']}" for hit in found["hits"]]
    return Outcome("\n\n".join(texts) or "nothing was found", found)


def _read(desk: Desk, audience: Audience, form: ReadForm) -> Outcome:
    with desk.assistant.index.reader() as index:
        library = Library(index, audience, desk.assistant.today())
        opened = library.page(form.document, form.page, form.version)
        if opened is None:
            return Outcome(_MISSING, None, failed=True)
        in_force = library.in_force(opened.version)
        fields = page_as_json(opened.version, opened.page, opened.sections, in_force)
    return Outcome(opened.page.text, fields)


TOOLS: Mapping[str, _Offered] = {
    "ask": _Offered("Answer a question from the documents, every sentence cited", ChatForm, AnswerBody, _ask),
    "search": _Offered("Find passages of the documents for a query", SearchForm, SearchBody, _search),
    "read_document": _Offered("Read a page of a document that a citation or a hit names", ReadForm, PageBody, _read),
}


def server_of(desk: Callable[[], Desk], audience_of: Callable[[Any], Audience]) -> Server[Any]:
    """The server; `audience_of` says what the reader behind a request may see."""
    handlers = _Handlers(desk, audience_of)
    return Server(
        "liaison",
        title="Liaison",
        instructions=_PURPOSE,
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_list_resource_templates=handlers.list_templates,
        on_read_resource=handlers.read_resource,
        on_list_prompts=handlers.list_prompts,
        on_get_prompt=handlers.get_prompt,
    )


def over_http(desk: Callable[[], Desk]) -> StreamableHTTPSessionManager:
    """The server for requests that passed the gate; each stands for itself, with the key that it brings."""
    server = server_of(desk, lambda context: context.request.state.reader.audience)
    return StreamableHTTPSessionManager(
        app=server, json_response=True, stateless=True, max_request_body_size=_MOST_BYTES
    )


def serve_on_stdio(desk: Desk, audience: Audience) -> None:
    """Serves one client on standard input and output, until it leaves."""
    server = server_of(lambda: desk, lambda _context: audience)

    async def serve() -> None:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(serve)


class _Handlers:
    """Answers the protocol's requests; what takes time is done beside the event loop."""

    def __init__(self, desk: Callable[[], Desk], audience_of: Callable[[Any], Audience]) -> None:
        self._desk, self._audience_of = desk, audience_of

    async def list_tools(
        self, _context: ServerRequestContext, _params: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=[_tool(name, offered) for name, offered in TOOLS.items()])

    async def call_tool(self, context: ServerRequestContext, params: CallToolRequestParams) -> CallToolResult:
        offered = TOOLS.get(params.name)
        if offered is None:
            raise MCPError(code=INVALID_PARAMS, message=f"there is no tool {params.name!r}")
        try:
            form = offered.form.model_validate(params.arguments or {})
        except ValidationError as error:
            problems = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
            return _result(Outcome("; ".join(problems), None, failed=True))
        return _result(await run_sync(offered.run, self._desk(), self._audience_of(context), form))

    async def list_resources(
        self, context: ServerRequestContext, params: PaginatedRequestParams | None
    ) -> ListResourcesResult:
        start = int(params.cursor) if params and params.cursor and params.cursor.isdigit() else 0
        resources = await run_sync(self._documents, self._audience_of(context))
        following = start + _LISTED
        return ListResourcesResult(
            resources=resources[start:following], next_cursor=str(following) if following < len(resources) else None
        )

    async def list_templates(
        self, _context: ServerRequestContext, _params: PaginatedRequestParams | None
    ) -> ListResourceTemplatesResult:
        page = ResourceTemplate(
            uri_template=f"{_ADDRESS}{{document}}/pages/{{number}}", name="page", description="One page of a document"
        )
        return ListResourceTemplatesResult(resource_templates=[page])

    async def read_resource(
        self, context: ServerRequestContext, params: ReadResourceRequestParams
    ) -> ReadResourceResult:
        pages = await run_sync(self._pages, self._audience_of(context), str(params.uri))
        if not pages:
            raise MCPError(code=INVALID_PARAMS, message=_MISSING)
        return ReadResourceResult(contents=list(pages))

    async def list_prompts(
        self, _context: ServerRequestContext, _params: PaginatedRequestParams | None
    ) -> ListPromptsResult:
        argument = PromptArgument(name="question", description="what to answer", required=True)
        prompt = Prompt(
            name=_PROMPT, description="Answer a question with sources that were checked", arguments=[argument]
        )
        return ListPromptsResult(prompts=[prompt])

    async def get_prompt(self, _context: ServerRequestContext, params: GetPromptRequestParams) -> GetPromptResult:
        question = (params.arguments or {}).get("question")
        if params.name != _PROMPT or not question:
            raise MCPError(code=INVALID_PARAMS, message=f"the prompt is {_PROMPT!r}, and it needs a question")
        told = "\n\n".join(text for _, text in load_prompt(_PROMPT).filled(question=question))
        return GetPromptResult(messages=[PromptMessage(role="user", content=TextContent(type="text", text=told))])

    def _documents(self, audience: Audience) -> list[Resource]:
        assistant = self._desk().assistant
        with assistant.index.reader() as index:
            versions = Library(index, audience, assistant.today()).documents()
        return [
            Resource(
                uri=f"{_ADDRESS}{quote(version.document)}",
                name=version.document,
                title=version.title,
                description=" · ".join(part for part in (version.organisation, version.kind.value) if part),
                mime_type="text/plain",
            )
            for version in versions
        ]

    def _pages(self, audience: Audience, address: str) -> list[TextResourceContents]:
        """The pages at an address: all of a document, or one; none where there is nothing for this reader."""
        document, _, number = unquote(address.removeprefix(_ADDRESS)).partition("/pages/")
        assistant = self._desk().assistant
        with assistant.index.reader() as index:
            library = Library(index, audience, assistant.today())
            opened = library.open(document)
            wanted = [] if opened is None else opened.pages if not number else [int(number)] if number.isdigit() else []
            found = [library.page(document, one) for one in wanted]
        return [
            TextResourceContents(
                uri=f"{_ADDRESS}{quote(document)}/pages/{one.page.number}", mime_type="text/plain", text=one.page.text
            )
            for one in found
            if one is not None
        ]


def _tool(name: str, offered: _Offered) -> Tool:
    return Tool(
        name=name,
        description=offered.purpose,
        input_schema=offered.form.model_json_schema(),
        output_schema=offered.body.model_json_schema(mode="serialization"),
        annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
    )


def _result(outcome: Outcome) -> CallToolResult:
    text = TextContent(type="text", text=outcome.text)
    return CallToolResult(content=[text], structured_content=outcome.fields, is_error=outcome.failed)
