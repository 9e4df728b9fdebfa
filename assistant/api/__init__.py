"""The HTTP interface: one file for each group of routes, one gate before all of them."""

from assistant.api.application import create_app

__all__ = ["create_app"]
