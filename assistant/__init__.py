"""From a question to an answer in which every sentence is cited and every citation is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.retrieve_langchain import LiaisonRetriever

__all__ = ["LiaisonRetriever"]


def __getattr__(name: str) -> object:
    """Imports the retriever where somebody asks for it; nothing else here needs all that it needs."""
    if name == "LiaisonRetriever":
        from assistant.retrieve_langchain import LiaisonRetriever

        return LiaisonRetriever
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
