"""What is wrong with a matchbot where it stands, and what to do about it: disk, data, ledger, nights."""

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path

from index.encoder import EMBEDDED
from index.snapshot import ENCODER_FAILED
from matchbot.config import Settings
from matchbot.errors import MatchbotError, NoSnapshotError, SnapshotError, UnreadableFileError
from matchbot.members import MATCHBOT
from matchbot.nightly import backups_in, last_night
from matchbot.service import Service
from matchbot.workdays import day_of

_ROOM_FOR_BUILDS = 3
"""How many times the live search data should fit on the disk: a build is written beside them."""
_LEAST_ROOM = 500_000_000
_OLDEST_BACKUP = _OLDEST_NIGHT = timedelta(days=2)
_SECRETS = ("private.db", "ledger.db", "mask.key", "correspondence.db")


class Level(StrEnum):
    """How bad it is: a code with a text ``doctor-level-<code>``."""

    OK = "ok"
    NOTE = "note"
    """Something to know, not to mend."""
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``code`` has a text ``doctor-<code>``, with the remedy; ``error``: one
    that has words, and a remedy, of its own; ``failed``: the steps of a night that did."""

    level: Level
    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    error: MatchbotError | None = None
    failed: tuple[str, ...] = ()


Check = Callable[[Settings], Iterator[Finding]]
"""What a floor above has looked at."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers: what it is called, its version, and the oldest that will do."""

    name: str
    version: tuple[int, ...]
    oldest: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Servers:
    """The servers that are configured, asked when it is their turn. Each raises where it does not answer, or
    where what speaks to it is not installed.

    ``ledger``: of the ledger. ``search``: of the search, and which of these search data it searches; None
    where it is none of them.
    """

    ledger: Callable[[], Server] | None = None
    search: Callable[[Sequence[str]], tuple[Server, str | None]] | None = None


def examine(
    settings: Settings,
    service: Service,
    *,
    has_ledger: Callable[[], bool],
    servers: Servers = Servers(),
    further: Iterable[Check] = (),
) -> list[Finding]:
    """Everything there is to look at, as it should be put right one after the other; last ``further``.

    ``service``: one that searches on this machine, whatever else is configured.
    """
    rooms: tuple[Callable[[], Iterator[Finding]], ...] = (
        lambda: _home(settings),
        lambda: _disk(settings),
        lambda: _corpus(service),
        lambda: _search_data(service),
        lambda: _model(service),
        lambda: _search_server(service, servers),
        lambda: _ledger(settings, service, has_ledger, servers),
        lambda: _nights(settings, service.now()),
        *(partial(check, settings) for check in further),
    )
    return [finding for room in rooms for finding in _found(room)]


def _found(room: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """What one room finds; an error ends it, and is a finding itself."""
    findings: list[Finding] = []
    try:
        findings.extend(room())
    except MatchbotError as error:
        findings.append(Finding(Level.FAULT, "error", error=error))
    return findings


def _home(settings: Settings) -> Iterator[Finding]:
    home = settings.home
    if not home.is_dir():
        yield Finding(Level.FAULT, "no-home", {"folder": str(home)})
        return
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        yield Finding(Level.FAULT, "home-not-writable", {"folder": str(home)})
        return
    yield Finding(Level.OK, "home", {"folder": str(home.resolve())})
    open_to_others = [name for name in _SECRETS if _is_open_to_others(home / name)]
    if open_to_others:
        yield Finding(Level.NOTE, "open-to-others", {"folder": str(home), "files": ", ".join(open_to_others)})


def _is_open_to_others(file: Path) -> bool:
    return file.exists() and bool(stat.S_IMODE(file.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))


def _disk(settings: Settings) -> Iterator[Finding]:
    if not settings.home.is_dir():
        return
    live = sum(file.stat().st_size for file in settings.snapshots_path.rglob("*") if file.is_file())
    free, needed = shutil.disk_usage(settings.home).free, max(_LEAST_ROOM, _ROOM_FOR_BUILDS * live)
    facts = {"free": free // 10**6, "needed": needed // 10**6}
    yield Finding(
        Level.OK if free >= needed else Level.FAULT, "disk" if free >= needed else "disk-low", facts
    )


def _corpus(service: Service) -> Iterator[Finding]:
    try:
        n = service.corpus_status().counts.n_organisations
    except UnreadableFileError as error:
        yield Finding(Level.FAULT, "corpus-damaged", {"file": str(error.facts["file"])})
        return
    yield Finding(Level.OK, "corpus", {"n": n}) if n else Finding(Level.FAULT, "corpus-empty")


def _search_data(service: Service) -> Iterator[Finding]:
    manifest = service.verify_index()
    yield Finding(Level.OK, "search-data", {"name": manifest.name, "n": manifest.n_organisations})
    with suppress(UnreadableFileError):  # of which the corpus tells
        if n_changed := service.index_status().n_changed:
            yield Finding(Level.NOTE, "search-data-behind", {"n": n_changed})


def _model(service: Service) -> Iterator[Finding]:
    """Looked at by itself: damaged search data may still be searched, by words or whole."""
    try:
        manifest, notices = service.live_manifest(), service.search_notices()
    except (NoSnapshotError, SnapshotError):  # of which the search data tell
        return
    encoder = manifest.encoder if manifest else ""
    if ENCODER_FAILED not in notices:
        yield Finding(Level.OK, "model", {"encoder": encoder})
    elif encoder == EMBEDDED:
        yield Finding(Level.FAULT, "own-model-failed")
    else:
        yield Finding(Level.FAULT, "model-failed", {"encoder": encoder})


def _search_server(service: Service, servers: Servers) -> Iterator[Finding]:
    if servers.search is None:
        return
    server, published = servers.search([manifest.name for manifest in service.snapshots()])
    yield _recent("search-server", server)
    live = service.live_snapshot()
    if published is None:
        yield Finding(Level.FAULT, "search-server-empty", {"server": server.name})
    elif published != live:
        yield Finding(Level.NOTE, "search-server-other", {"published": published, "live": live})
    else:
        yield Finding(Level.OK, "search-server-data", {"name": published})


def _recent(code: str, server: Server) -> Finding:
    facts = {"server": server.name, "version": _written(server.version), "oldest": _written(server.oldest)}
    is_old = server.version < server.oldest
    return Finding(Level.FAULT, f"{code}-old", facts) if is_old else Finding(Level.OK, code, facts)


def _written(version: Iterable[int]) -> str:
    return ".".join(map(str, version))


def _ledger(
    settings: Settings, service: Service, has_ledger: Callable[[], bool], servers: Servers
) -> Iterator[Finding]:
    if servers.ledger is not None:
        yield _recent("ledger-server", servers.ledger())
    if not has_ledger():
        yield Finding(Level.NOTE, "no-ledger")
        return
    verified = service.desk.verify(MATCHBOT)
    if verified.is_intact:
        yield Finding(Level.OK, "ledger", {"n": verified.head.seq})
    else:
        yield Finding(Level.FAULT, "ledger-damaged")
    backups = backups_in(settings)
    if not backups:
        yield Finding(Level.NOTE, "no-backup", {"folder": str(settings.backups_path)})
        return
    made_at = service.desk.verify_backup(backups[-1], MATCHBOT).made_at
    is_old = service.now() - made_at > _OLDEST_BACKUP
    facts = {"folder": str(backups[-1])}
    yield Finding(Level.NOTE, "backup-old", facts) if is_old else Finding(Level.OK, "backup", facts)


def _nights(settings: Settings, now: datetime) -> Iterator[Finding]:
    is_unfinished, night = settings.unfinished_path.exists(), last_night(settings)
    if is_unfinished:
        yield Finding(Level.NOTE, "night-unfinished")
    if night is None:
        if not is_unfinished:
            yield Finding(Level.NOTE, "no-night")
        return
    facts = {"on": f"{day_of(night.ended_at)}"}
    if night.failed:
        yield Finding(Level.FAULT, "night-failed", facts, failed=tuple(night.failed))
    elif now - night.ended_at > _OLDEST_NIGHT:
        yield Finding(Level.NOTE, "night-old", facts)
    else:
        yield Finding(Level.OK, "night", facts)
