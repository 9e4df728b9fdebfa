"""The settings of the index, each an environment variable `LIAISON_*`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import SettingsError


class IndexSettings(BaseSettings):
    """Where the index lies, what makes its vectors, and what a single file may cost."""

    model_config = SettingsConfigDict(env_prefix="LIAISON_", frozen=True, extra="ignore")

    index: Path = Field(Path(".liaison"), description="folder of the index")
    catalog_url: SecretStr | None = Field(
        None, description="SQLAlchemy address of the catalog; without it a SQLite file in the index folder"
    )
    embedding_model: str = Field(
        "all-MiniLM-L6-v2",
        description="the model that comes along, a folder with an ONNX model, or LangChain's `provider:name`",
    )
    model_cache: Path = Field(
        Path("~/.cache/liaison").expanduser(), description="folder for the model's compiled form, made once"
    )
    lexicon: bool = Field(True, description="whether words and passages meet over languages by the lexicon")
    lexicons: Path | None = Field(
        None, description="folder of further bilingual lists, `LL-en.NAME.tsv`, beside the lexicon that comes along"
    )
    chunk_tokens: int = Field(256, ge=32, description="most tokens of a chunk, headings included")
    maximum_file_mib: int = Field(64, ge=1, description="largest file that is read, in MiB")
    parse_seconds: float = Field(60, gt=0, description="longest time that one file may take to parse, in seconds")
    parse_memory_mib: int = Field(2048, ge=256, description="most memory that parsing one file may take, in MiB")
    lock_seconds: float = Field(600, ge=0, description="how long a sync waits for another one to finish, in seconds")

    @property
    def catalog_secret(self) -> str | None:
        """The catalog's address with its password, for the one who connects."""
        return self.catalog_url.get_secret_value() if self.catalog_url else None


def index_settings(index: Path | None = None) -> IndexSettings:
    """The settings of the environment, with the index folder that a command names.

    Raises:
        SettingsError: a variable is malformed; the text names it.
    """
    try:
        settings = IndexSettings()
    except ValidationError as error:
        raise SettingsError(error) from error
    return settings.model_copy(update={"index": index}) if index is not None else settings
