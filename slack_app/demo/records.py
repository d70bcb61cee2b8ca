"""What a workspace is made of: people, channels, messages, views, files; each as it stood at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from slack_app.demo.block_kit import text_of_blocks

HOME_TEAM = "T0HOME"
APP = "A0MATCHBOT"
BOT = "B0MATCHBOT"
BOT_USER = "U0MATCHBOT"

Kind = Literal["channel", "private", "im", "mpim"]
Blocks = Sequence[Mapping[str, Any]]


class SlackError(Exception):
    """What Slack answers instead of ``ok``: its word for it, and remarks where it makes some."""

    def __init__(self, code: str, *messages: str) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages = messages


@dataclass(frozen=True)
class User:
    """A person (or the bot): of the home workspace, or of another one that shares a channel with it."""

    id: str
    name: str
    mail: str = ""
    locale: str = "ja-JP"
    tz: str = "Asia/Tokyo"
    tz_offset_s: int = 9 * 3600
    team: str = HOME_TEAM
    is_bot: bool = False
    is_deleted: bool = False
    is_guest: bool = False

    @property
    def is_stranger(self) -> bool:
        return self.team != HOME_TEAM


@dataclass(frozen=True)
class Channel:
    id: str
    name: str
    kind: Kind
    members: tuple[str, ...]
    is_shared: bool = False
    is_archived: bool = False

    @property
    def is_dm(self) -> bool:
        return self.kind in ("im", "mpim")


@dataclass(frozen=True)
class Message:
    """A message as it stood at one moment; `only_for` names the one person who sees an ephemeral one."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()
    thread_ts: str = ""
    only_for: str = ""
    is_edited: bool = False
    is_streaming: bool = False
    is_deleted: bool = False
    files: tuple[str, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts not in ("", self.ts)

    @property
    def shown(self) -> str:
        """Every text a person reads in it: of the blocks where there are some, else the text itself."""
        return text_of_blocks(self.blocks) if self.blocks else self.text


@dataclass(frozen=True)
class View:
    """A modal or a home tab as it stood at one moment."""

    id: str
    user: str
    content: Mapping[str, Any]
    hash: str
    root: str
    previous: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> Blocks:
        return tuple(self.content["blocks"])

    @property
    def shown(self) -> str:
        title = self.content.get("title", {}).get("text", "")
        return f"{title}\n{text_of_blocks(self.blocks)}".strip()


@dataclass(frozen=True)
class File:
    id: str
    name: str
    n_bytes: int
    title: str = ""
    content: bytes | None = None
    is_complete: bool = False


@dataclass(frozen=True)
class Assistance:
    """What the assistant's side panel shows of one thread."""

    title: str = ""
    status: str = ""
    status_until: float = 0.0
    prompts: tuple[Mapping[str, str], ...] = ()
    prompts_title: str = ""
