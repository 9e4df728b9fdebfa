"""The settings of the assistant, each an environment variable `LIAISON_*`."""

from __future__ import annotations

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import SettingsError


class AssistantSettings(BaseSettings):
    """Who may ask, where it is served, and how much is looked at for an answer."""

    model_config = SettingsConfigDict(env_prefix="LIAISON_", frozen=True, extra="ignore")

    host: str = Field("127.0.0.1", description="address that `serve` listens on")
    port: int = Field(8000, ge=0, le=65535, description="port that `serve` listens on")
    staff_keys: SecretStr = Field(SecretStr(""), description="keys, comma-separated, whose bearers are staff")
    candidates: int = Field(100, ge=10, description="chunks that each half of the search gives")
    passages: int = Field(8, ge=1, description="chunks that an answer is composed from")
    evidence_threshold: float = Field(0.5, ge=0, le=1, description="evidence below this gives `no_evidence`")

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
