"""A served instance of the program, asked over HTTP as its readers ask it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import httpx

from evals.errors import Unreachable
from evals.types import Case, CitedPage, Found, Reply
from ingest.types import Audience

_SECONDS = 300.0  # a chat model on a slow machine takes its time
_ATTEMPTS = 8  # of a request that the instance's limit of requests turns away
_DEPTH = 10


class ServedInstance:
    """An instance at an address: public questions are asked without a key, those of staff with it."""

    def __init__(self, client: httpx.Client, key: str | None) -> None:
        self._client, self._key = client, key

    def ask(self, case: Case) -> Reply:
        """The answer, with what `/search` finds for a question that stands alone; an error of the instance is told."""
        body = {
            "question": case.question,
            "history": [{"role": turn.role, "content": turn.content} for turn in case.history],
            **({"as_of": case.as_of.isoformat()} if case.as_of else {}),
        }
        response = self._send("POST", "/chat", case.audience, json=body)
        if response.status_code != httpx.codes.OK:
            return Reply(None, error=f"HTTP {response.status_code}: {response.text[:500]}")
        return Reply(_object(response), None if case.history else self._search(case))

    def page(self, audience: Audience, document: str, version: str, number: int) -> CitedPage:
        """A page as the address of a citation shows it."""
        path = f"/documents/{document}/pages/{number}"
        response = self._send("GET", path, audience, params={"version": version})
        text = _object(response).get("text") if response.status_code == httpx.codes.OK else None
        return CitedPage(audience, document, version, number, text)

    def in_force(self, audience: Audience, day: date | None) -> frozenset[str]:
        """The versions that `GET /documents` lists."""
        listed = self._get("/documents", audience, {"as_of": day.isoformat()} if day else {})
        return frozenset(str(version["version"]) for version in listed["documents"])

    def described(self) -> Mapping[str, object]:
        """Where it is; its settings and parts are its own affair, but for what it says of itself."""
        return {"instance": str(self._client.base_url).rstrip("/"), **self._get("/ready", Audience.PUBLIC, {})}

    def _search(self, case: Case) -> tuple[Found, ...]:
        day = {"as_of": case.as_of.isoformat()} if case.as_of else {}
        hits = self._get("/search", case.audience, {"q": case.question, "limit": str(_DEPTH), **day})["hits"]
        return tuple(Found(hit["document"], hit["section"], hit["page"]) for hit in hits)

    def _get(self, path: str, audience: Audience, params: Mapping[str, str]) -> dict[str, Any]:
        response = self._send("GET", path, audience, params=params)
        if response.status_code != httpx.codes.OK:
            raise Unreachable(f"{response.url} answers HTTP {response.status_code}: {response.text[:200]}")
        return _object(response)

    def _send(self, method: str, path: str, audience: Audience, **what: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._key}"} if audience is Audience.STAFF and self._key else {}
        for attempt in range(_ATTEMPTS):
            try:
                response = self._client.request(method, path, headers=headers, **what)
            except httpx.TransportError as error:
                raise Unreachable(f"{self._client.base_url} does not answer: {error}") from error
            if response.status_code == httpx.codes.UNAUTHORIZED:
                raise Unreachable(f"{self._client.base_url} does not know the key: set `--key`")
            if response.status_code != httpx.codes.TOO_MANY_REQUESTS:
                break
            time.sleep(float(response.headers.get("Retry-After", 2**attempt)))
        return response


@contextmanager
def open_served(base_url: str, key: str | None) -> Iterator[ServedInstance]:
    """The instance at an address, until the block ends."""
    with httpx.Client(base_url=base_url, timeout=_SECONDS) as client:
        yield ServedInstance(client, key)


def _object(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError as error:
        raise Unreachable(f"{response.url} answers something other than JSON: is it Liaison?") from error
    if not isinstance(body, dict):
        raise Unreachable(f"{response.url} answers something other than a JSON object: is it Liaison?")
    return body
