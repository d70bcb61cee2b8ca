"""The settings: each environment variable once, typed, with its default and what it does.

``docs/configuration.md`` is printed from this file. Nothing else reads the environment.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from matchbot.errors import ConfigurationError
from matchbot.ranking import Ranking
from matchbot.rules import Rules
from matchbot.texts import Language

PREFIX = "MATCHBOT_"


def _pairs(value: object) -> object:
    """「north=C01, south=C02」 as a mapping."""
    if not isinstance(value, str):
        return value
    pairs = [pair.partition("=") for pair in value.replace(",", " ").split()]
    if not all(name and said for name, _, said in pairs):
        raise ValueError("expected name=value, name=value")
    return {name: said for name, _, said in pairs}


Pairs = Annotated[Mapping[str, str], NoDecode, BeforeValidator(_pairs)]
"""Values by name; in the environment as ``north=C01, south=C02``."""


class SlackSettings(BaseModel):
    """How matchbot stands in Slack. Secrets are never printed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bot_token: SecretStr = Field(
        default=SecretStr(""), description="The token of the bot (`xoxb-…`), from the app's page in Slack."
    )
    signing_secret: SecretStr = Field(
        default=SecretStr(""),
        description="What Slack signs its requests with; needed to be served over HTTP.",
    )
    app_token: SecretStr = Field(
        default=SecretStr(""),
        description="The token of the app (`xapp-…`); needed for Socket Mode, where Slack cannot reach us.",
    )
    client_id: str = Field(
        default="",
        description="The app's id for installing it in several workspaces, each from `/slack/install`. With "
        "it, tokens are kept on file and `MATCHBOT_SLACK_BOT_TOKEN` is not used.",
    )
    client_secret: SecretStr = Field(
        default=SecretStr(""), description="The secret to the client id, from the app's page in Slack."
    )
    first_team: str = Field(
        default="",
        description="Of several workspaces the one (`T…`) whose people and channels go on being known by "
        "Slack's id alone; those of others by `U…@T…`.",
    )
    api_url: str = Field(
        default="https://slack.com/api/", description="Where Slack's Web API is; another one for tests."
    )
    host: str = Field(
        default="127.0.0.1",
        description="The address that is listened on over HTTP: this machine alone, behind a web server.",
    )
    port: int = Field(default=3000, ge=0, le=65535, description="The port that is listened on over HTTP.")
    workers: int = Field(
        default=8, ge=1, description="How many questions and clicks are worked on at the same time."
    )
    threads: int = Field(
        default=32, ge=1, description="How many requests of Slack are taken at the same time."
    )
    queue_channels: Pairs = Field(
        default={},
        description="The channel in which each cluster's coordinators see their queue: cluster and channel "
        "id, as `hokkaido=C01, kansai-bio=C02`.",
    )
    own_channels: Pairs = Field(
        default={},
        description="Channels of one organisation alone, in which answers may stand: channel and "
        "organisation id, as `C03=seed:inspec`.",
    )
    jobs_every_s: int = Field(
        default=60, ge=1, description="After how many seconds what is due is looked for again."
    )


class GateSettings(BaseModel):
    """How much worse than the search data in use new ones may be and still take their place."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    counts: float = Field(
        default=0.1,
        ge=0,
        le=1,
        description="Which share of the organisations, and of the passages, may be gone from one build of "
        "the search data to the next. Where more is, the build is refused and the former data go on serving.",
    )
    measures: float = Field(
        default=0.05,
        ge=0,
        le=1,
        description="Which share of nDCG@10 and recall@50 may be lost in new search data, on the golden set "
        "or else on held-out passages, beside the best search data that there were. Where more is, and not "
        "by chance (95 % interval over the questions), the build is refused.",
    )


class NightlySettings(BaseModel):
    """What the work of each night keeps."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    backups: Path | None = Field(
        default=None,
        description="Folder of the backups of the ledger, outside the home folder and best on another disk. "
        "Not set, it lies beside the home folder, with `-backups` behind its name.",
    )
    backups_kept: int = Field(default=30, ge=1, description="How many backups of the ledger are kept.")
    reports_kept: int = Field(
        default=30, ge=1, description="How many reports of the indicators are kept, one for each day."
    )


class LedgerSettings(BaseModel):
    """Where the ledger is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: SecretStr = Field(
        default=SecretStr(""),
        description="The PostgreSQL database that keeps the ledger, as "
        "`postgresql://matchbot@db.example/ledger`; needs `matchbot[scale]`. Not set, the ledger is in files "
        "in the home folder. `matchbot ledger migrate-to` moves it.",
    )


class MilvusSettings(BaseModel):
    """The Milvus server that searches, where it is not this machine."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(
        default="",
        description="The Milvus server that holds the postings and vectors of the search data, as "
        "`http://milvus.example:19530`; needs `matchbot[scale]`. Not set, this machine searches.",
    )
    token: SecretStr = Field(
        default=SecretStr(""), description="What that server asks for, as `user:password`, where it does."
    )


class Settings(BaseSettings):
    """How this matchbot is set up. Read once, by :func:`read_settings`, in ``main()``; never changed."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="_", env_nested_max_split=1, frozen=True
    )

    home: Path = Field(
        default=Path("var"),
        description="Folder of everything matchbot keeps: the corpus (`corpus.db`), the search data "
        "(`snapshots/`), the ledger (`ledger.db`, `private.db`, `erasures.jsonl`, `readmodels.db`), "
        "what passes in chats (`correspondence.db`) and the secret behind the codes of masked organisations "
        "(`mask.key`). Made when first needed.",
    )
    language: Language = Field(
        default="ja",
        description="Language of texts, help and errors: `ja` (Japanese) or `en` (English).",
    )
    log: Literal["words", "json"] = Field(
        default="words",
        description="What goes on the log, which is standard error: warnings in words (`words`), or a line "
        "of JSON for everything that is done (`json`), as `matchbot slack serve` and `socket` always write.",
    )
    encoder: str = Field(
        default="embedded",
        min_length=1,
        description="What turns texts into vectors when a snapshot is built: `embedded` (trained from the "
        "corpus itself), `none` (lexical search only), or the hub name or folder of a "
        "sentence-transformers model.",
    )
    ties: bool = Field(
        default=True,
        description="Whether partners come sooner whom the asker knows from before: from the same programme "
        "or contract, or from an introduction.",
    )
    snapshots_kept: int = Field(
        default=3,
        ge=1,
        description="How many snapshots stay on the disk for `matchbot index rollback`, with the live one.",
    )

    ledger: LedgerSettings = Field(default=LedgerSettings(), description="Where the ledger is kept.")
    milvus: MilvusSettings = Field(
        default=MilvusSettings(), description="The Milvus server that searches, where it is not this machine."
    )
    gate: GateSettings = Field(default=GateSettings(), description="When new search data are refused.")
    nightly: NightlySettings = Field(
        default=NightlySettings(), description="What the work of each night keeps."
    )
    rules: Rules = Field(default=Rules(), description="What the network has agreed on: limits and times.")
    ranking: Ranking = Field(default=Ranking(), description="What decides the order besides relevance.")
    slack: SlackSettings = Field(default=SlackSettings(), description="How matchbot stands in Slack.")

    @property
    def corpus_path(self) -> Path:
        """The database of the operational corpus."""
        return self.home / "corpus.db"

    @property
    def readmodels_path(self) -> Path:
        """The read models, made again from the ledger whenever they are missing."""
        return self.home / "readmodels.db"

    @property
    def correspondence_path(self) -> Path:
        """What passes between people and matchbot in a chat."""
        return self.home / "correspondence.db"

    @property
    def synonyms_path(self) -> Path:
        """The list of words that mean the same."""
        return self.home / "synonyms.txt"

    @property
    def snapshots_path(self) -> Path:
        """The folder of the snapshots."""
        return self.home / "snapshots"

    @property
    def inbox_path(self) -> Path:
        """Where files wait to be taken into the corpus."""
        return self.home / "inbox"

    @property
    def unfinished_path(self) -> Path:
        """Is there from the build of a night to its end, and names the search data before it."""
        return self.home / "nightly.unfinished"

    @property
    def last_night_path(self) -> Path:
        """How the last work of a night went."""
        return self.home / "nightly.json"

    @property
    def reports_path(self) -> Path:
        """The reports of the indicators, one for each day."""
        return self.home / "reports"

    @property
    def backups_path(self) -> Path:
        """The backups of the ledger; never within the home folder."""
        home = self.home.resolve()
        return self.nightly.backups or home.with_name(f"{home.name}-backups")

    @property
    def mask_key_path(self) -> Path:
        """The secret behind the codes of masked organisations."""
        return self.home / "mask.key"


_SECTIONS: Mapping[str, type[BaseModel]] = {
    "ledger": LedgerSettings,
    "milvus": MilvusSettings,
    "gate": GateSettings,
    "nightly": NightlySettings,
    "rules": Rules,
    "ranking": Ranking,
    "slack": SlackSettings,
}


def variable_of(*path: str) -> str:
    """The environment variable that sets a field, or a field of a section.

    >>> variable_of("rules", "open_requests")
    'MATCHBOT_RULES_OPEN_REQUESTS'
    """
    return PREFIX + "_".join(path).upper()


def variables() -> Iterator[tuple[str, FieldInfo]]:
    """Each environment variable there is and the field it sets, in the order of the settings."""
    for name, field in Settings.model_fields.items():
        if name in _SECTIONS:
            fields = _SECTIONS[name].model_fields
            yield from ((variable_of(name, inner), of_section) for inner, of_section in fields.items())
        else:
            yield variable_of(name), field


def read_settings() -> Settings:
    """The settings of this process. Raises ConfigurationError naming the first variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        path = [part for part in first["loc"] if isinstance(part, str)]
        value = "…" if _may_be_secret(path) else first["input"]
        raise ConfigurationError(variable=variable_of(*path), value=value, reason=first["msg"]) from None


def _may_be_secret(path: list[str]) -> bool:
    """Whether a variable holds a secret, or one may have been meant: it is misspelt, say."""
    section = _SECTIONS.get(path[0])
    fields = section.model_fields if section else {}
    field = fields.get(path[-1])
    holds_secrets = any(one.annotation is SecretStr for one in fields.values())
    return holds_secrets and (field is None or field.annotation is SecretStr)
