"""A PostgreSQL database for tests, where there is a server."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from pydantic import SecretStr

SERVER = os.environ.get("LIAISON_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture
def postgres() -> Iterator[SecretStr]:
    """The address of an empty database; without a server the test is skipped, but in CI it fails."""
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no PostgreSQL at LIAISON_TEST_POSTGRES")
    name = f"liaison_{uuid.uuid4().hex[:12]}"
    server.execute(f"CREATE DATABASE {name}")
    yield SecretStr(f"{SERVER.rsplit('/', 1)[0]}/{name}".replace("postgresql://", "postgresql+psycopg://"))
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()
