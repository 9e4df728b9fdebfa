"""The settings of the assistant, each an environment variable `LIAISON_*`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import SettingsError


class AssistantSettings(BaseSettings):
    """Who may ask, where it is served, and how much is looked at for an answer."""

    model_config = SettingsConfigDict(env_prefix="LIAISON_", frozen=True, extra="ignore")

    host: str = Field("127.0.0.1", description="address that `serve` listens on")
    port: int = Field(8000, ge=0, le=65535, description="port that `serve` listens on")
    staff_keys: SecretStr = Field(
        SecretStr(""), description="keys, comma-separated, whose bearers are staff; `sha256:` and its digest hides one"
    )
    keys_file: Path | None = Field(
        None, description="file of the keys that `keys create` makes; without it `keys.json` in the index folder"
    )
    rate_limit: str = Field(
        "60/minute",
        description="questions that a key or an address may ask, ten times as often may it read; `off`",
    )
    limit_store: SecretStr | None = Field(
        None, description="`redis://…` where several processes count together; without it each counts in memory"
    )
    cors_origins: str = Field("", description="origins, comma-separated, whose pages may call the API from a browser")
    log_format: Literal["text", "json"] = Field("text", description="form of the server's log lines: `text` or `json`")
    log_questions: bool = Field(False, description="whether questions are kept, without address or key")
    log_days: int = Field(90, ge=1, description="days after which kept questions and feedback are dropped")
    candidates: int = Field(100, ge=10, description="chunks that each half of the search gives")
    passages: int = Field(8, ge=1, description="chunks that an answer is composed from")
    evidence_threshold: float = Field(0.4, ge=0, le=1, description="evidence below this gives `no_evidence`")
    chat_model: str | None = Field(
        None, description="chat model that writes the answers, LangChain's `provider:name`; without it they are quoted"
    )
    chat_base_url: str | None = Field(None, description="address of an OpenAI-compatible server, with `/v1`")
    chat_key: SecretStr = Field(
        SecretStr(""), description="key for the chat model; without it the provider's own variable counts"
    )
    chat_seconds: float = Field(30.0, gt=0, description="longest time that the chat model may take, in seconds")
    chat_tokens: int = Field(6_000, ge=500, description="most tokens of passages that the chat model is shown")

    @property
    def limit_store_secret(self) -> str:
        """Where requests are counted, with its password."""
        return self.limit_store.get_secret_value() if self.limit_store else "memory://"

    @property
    def cors_origin_list(self) -> tuple[str, ...]:
        """The origins, one by one."""
        return tuple(origin.strip() for origin in self.cors_origins.split(",") if origin.strip())

    @property
    def staff_key_list(self) -> tuple[str, ...]:
        """The staff keys, one by one."""
        return tuple(key.strip() for key in self.staff_keys.get_secret_value().split(",") if key.strip())


def assistant_settings() -> AssistantSettings:
    """The settings of the environment.

    Raises:
        SettingsError: a variable is malformed; the text names it.
    """
    try:
        return AssistantSettings()
    except ValidationError as error:
        raise SettingsError(error) from error
