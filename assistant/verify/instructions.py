"""Sentences of a document that speak to a program instead of a reader; they bear nothing out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_TABLE = tomllib.loads(Path(__file__).with_name("instructions.toml").read_text(encoding="utf-8"))
_ORDERS = re.compile("|".join(f"(?:{order})" for order in _TABLE["orders"]), re.IGNORECASE | re.VERBOSE)


def speaks_to_a_program(sentence: str) -> bool:
    """Whether a sentence gives orders to a model rather than telling a reader something."""
    return _ORDERS.search(sentence) is not None
