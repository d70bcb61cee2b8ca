"""The settings: each environment variable once, typed, with its default and what it does.

``docs/configuration.md`` is printed from this file. Nothing else reads the environment.
"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from matchbot.errors import ConfigurationError
from matchbot.rules import Rules
from matchbot.texts import Language

PREFIX = "MATCHBOT_"


class Settings(BaseSettings):
    """How this matchbot is set up. Read once, by :func:`read_settings`, in ``main()``; never changed."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="_", env_nested_max_split=1, frozen=True
    )

    home: Path = Field(
        default=Path("var"),
        description="Folder of everything matchbot keeps: the corpus (`corpus.db`), the search data "
        "(`snapshots/`), the ledger (`ledger.db`, `private.db`, `erasures.jsonl`, `readmodels.db`) and the "
        "secret behind the codes of masked organisations (`mask.key`). Made when first needed.",
    )
    language: Language = Field(
        default="ja",
        description="Language of texts, help and errors: `ja` (Japanese) or `en` (English).",
    )
    encoder: str = Field(
        default="embedded",
        min_length=1,
        description="What turns texts into vectors when a snapshot is built: `embedded` (trained from the "
        "corpus itself), `none` (lexical search only), or the hub name or folder of a "
        "sentence-transformers model.",
    )
    snapshots_kept: int = Field(
        default=3,
        ge=1,
        description="How many snapshots stay on the disk for `matchbot index rollback`, with the live one.",
    )

    rules: Rules = Field(default=Rules(), description="What the network has agreed on: limits and times.")

    @property
    def corpus_path(self) -> Path:
        """The database of the operational corpus."""
        return self.home / "corpus.db"

    @property
    def readmodels_path(self) -> Path:
        """The read models, made again from the ledger whenever they are missing."""
        return self.home / "readmodels.db"

    @property
    def snapshots_path(self) -> Path:
        """The folder of the snapshots."""
        return self.home / "snapshots"

    @property
    def mask_key_path(self) -> Path:
        """The secret behind the codes of masked organisations."""
        return self.home / "mask.key"


def variable_of(*path: str) -> str:
    """The environment variable that sets a field, or a field of a section.

    >>> variable_of("rules", "open_requests")
    'MATCHBOT_RULES_OPEN_REQUESTS'
    """
    return PREFIX + "_".join(path).upper()


def variables() -> Iterator[tuple[str, FieldInfo]]:
    """Each environment variable there is and the field it sets, in the order of the settings."""
    for name, field in Settings.model_fields.items():
        if name == "rules":
            yield from ((variable_of(name, inner), rule) for inner, rule in Rules.model_fields.items())
        else:
            yield variable_of(name), field


def read_settings() -> Settings:
    """The settings of this process. Raises ConfigurationError naming the first variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        path = [part for part in first["loc"] if isinstance(part, str)]
        raise ConfigurationError(
            variable=variable_of(*path), value=first["input"], reason=first["msg"]
        ) from None
