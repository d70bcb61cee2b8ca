"""The ledger under load: commands from several processes at once, and a million events verified."""

import resource
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import monotonic, perf_counter, sleep

import numpy as np
from figures import Check, Result, at_most, plain

from corpus.records import Kind
from killed_servers import write_through_kills
from ledger_places import OnPostgres
from matchbot.clocks import SetClock
from matchbot.correspondence import Correspondence
from matchbot.desk import Desk, Office
from matchbot.directory import Listed
from matchbot.errors import LedgerBusyError
from matchbot.introductions.events import IntroductionDeclined, IntroductionExpired
from matchbot.ledger import Ledger, Message, Unit, Verification
from matchbot.members import MATCHBOT, MemberRow
from matchbot.need import Purpose
from matchbot.policy import Role
from matchbot.readmodels.files import ReadModels
from matchbot.rules import Rules
from matchbot.simulation import FixedDirectory
from postgres_server import PostgresServer, installed_programs

N_PROCESSES, N_PROCESSES_OF_SERVER = 8, 16
N_KILLS = 10
COMMANDS_PER_SECOND = 40
SECONDS = 60
N_UNTIMED = 2
N_EVENTS = 1_000_000
CASES_A_DAY = 500

_NOON = datetime(2027, 4, 1, 3, 0, tzinfo=UTC)
_SPAWN = get_context("spawn")
_BEFOREHAND = {f"{kind}-{place}" for kind in "uc" for place in range(N_PROCESSES)}
"""The keys under which the members are registered."""

Measured = tuple[np.ndarray, int]
"""Seconds of each command, and how many were given up."""
Process = Callable[[Callable[[], Ledger], int, float, float], Measured]
"""Takes what opens the ledger, its place among the processes, for how many seconds it goes on, and after how
many a command follows another on average."""


def measure_server(workdir: Path, scale: float) -> Result:
    """The same on a PostgreSQL server from more processes, and what is left after it was killed."""
    home = _empty(workdir / "ledger-server")
    programs = installed_programs()
    if programs is None:
        return Result(
            notes=["Not measured: PostgreSQL is not installed (Debian: apt-get install postgresql)."]
        )
    with tempfile.TemporaryDirectory() as folder:
        server = PostgresServer(programs, Path(folder), is_durable=True)
        server.start()
        try:
            place = OnPostgres(home, server)
            place.create(is_sample=True, created_at=_NOON).close()
            written = _measured(place.open, _write, scale, N_PROCESSES_OF_SERVER)
            place = OnPostgres(_empty(home), server)
            place.create(is_sample=True, created_at=_NOON).close()
            n_kills = max(1, round(N_KILLS * scale))
            acknowledged = write_through_kills(
                place, server, home / "acknowledged", n_kills=n_kills, noon=_NOON
            )
            with place.open() as ledger, ledger.read() as unit:
                lost = acknowledged - {recorded.key for recorded in unit.events.read_all()}
                is_right = not lost and ledger.verify().is_intact
        finally:
            server.stop()
    shutil.rmtree(home)
    lost_ones = Check(
        f"lost of {len(acknowledged):,} commands acknowledged while the server was killed {n_kills} times",
        str(len(lost)),
        is_right,
    )
    return replace(written, checks=[*written.checks, lost_ones])


def measure_writing(workdir: Path, scale: float) -> Result:
    """Times of commands that come at random moments from several processes: of the ledger alone."""
    home = _empty(workdir / "ledger-writing")
    Ledger.create(home, is_sample=True, created_at=_NOON).close()
    result = _measured(partial(Ledger.open, home), _write, scale)
    return replace(
        result, notes=[*result.notes, "Each reads its case, and records a text, two events, a message."]
    )


def measure_desk(workdir: Path, scale: float) -> Result:
    """The same of the desk's own commands, with their rules and read models."""
    home = _empty(workdir / "desk-writing")
    Ledger.create(home, is_sample=True, created_at=_NOON).close()
    desk = _desk(Ledger.open(home))
    with desk.together():
        for place in range(N_PROCESSES):
            for row in (
                MemberRow(row=0, id=f"u-{place}", role=Role.FIRM, organisations=(f"ours-{place}",)),
                MemberRow(row=0, id=f"c-{place}", role=Role.COORDINATOR, clusters=(f"north-{place}",)),
            ):
                desk.register_member(row, by=MATCHBOT, key=row.id)
    result = _measured(partial(Ledger.open, home), _work, scale)
    return replace(
        result, notes=[*result.notes, "In turns a firm asks for an introduction and it is approved."]
    )


def _measured(
    opened: Callable[[], Ledger], process: Process, scale: float, n_processes: int = N_PROCESSES
) -> Result:
    """What it is like to write for several at once, and whether all of it is there afterwards."""
    start, seconds = _SPAWN.Barrier(n_processes), SECONDS * scale
    gap_s = n_processes / COMMANDS_PER_SECOND
    with ProcessPoolExecutor(n_processes, mp_context=_SPAWN, initializer=start.wait, initargs=()) as pool:
        running = [pool.submit(process, opened, place, seconds, gap_s) for place in range(n_processes)]
        measured = [one.result() for one in running]
    ms = np.concatenate([times for times, _ in measured]) * 1000
    n_busy = sum(n for _, n in measured)
    n_given = len(ms) + n_processes * N_UNTIMED
    with opened() as ledger:
        found = ledger.verify()
        with ledger.read() as unit:
            n_recorded = len({recorded.key for recorded in unit.events.read_all()} - _BEFOREHAND)
        shutil.rmtree(ledger.folder, ignore_errors=True)
    return Result(
        figures=[
            at_most("command, p99", float(np.percentile(ms, 99)), 50, "ms"),
            plain("command, p50", float(np.percentile(ms, 50)), "ms"),
            plain("the slowest", float(ms.max()), "ms"),
        ],
        checks=[
            Check("commands given up because others were writing", str(n_busy), n_busy == 0),
            Check("commands recorded", f"{n_recorded:,}", found.is_intact and n_recorded == n_given),
        ],
        notes=[
            f"{len(ms):,} commands in {seconds:.0f} s from {n_processes} processes, timed from when each was "
            "due; synchronous FULL."
        ],
    )


def measure_verification(workdir: Path, scale: float) -> Result:
    """Seconds and memory of verifying, backing up and restoring a ledger of many events."""
    home, n_events = _empty(workdir / "ledger-verification"), round(N_EVENTS * scale)
    filled_s = _fill(home, n_events)
    with ProcessPoolExecutor(1, mp_context=_SPAWN) as pool:
        verified, verified_s, peak_gb = pool.submit(_verify, home).result()
    backup = _empty(workdir / "ledger-backup")
    begun = perf_counter()
    with Ledger.open(home) as ledger:
        ledger.back_up(backup, made_at=_NOON)
    backed_up_s, begun = perf_counter() - begun, perf_counter()
    Ledger.restore(backup, home).close()
    restored_s = perf_counter() - begun
    n_bytes = sum(file.stat().st_size for file in home.iterdir())
    for folder in (home, backup):
        shutil.rmtree(folder)
    return Result(
        figures=[
            at_most("verify", verified_s, 30, "s"),
            at_most("verify, peak", peak_gb, 1, "GB"),
            plain("back up, verified", backed_up_s, "s"),
            plain("restore, verified before and after", restored_s, "s"),
            plain("recording the events", filled_s, "s"),
        ],
        checks=[
            Check(
                "events verified",
                f"{verified.head.seq:,}",
                verified.is_intact and verified.head.seq == n_events,
            )
        ],
        notes=[
            f"{n_events:,} events with {verified.n_texts:,} private texts, {n_bytes / 10**9:.2f} GB on the "
            f"disk; {CASES_A_DAY} commands to a transaction; a fresh process verifies."
        ],
    )


def _write(opened: Callable[[], Ledger], place: int, seconds: float, gap_s: float) -> Measured:
    with opened() as ledger:

        def command(number: int) -> None:
            with ledger.unit() as unit:
                _decline(unit, f"{place}.{number}")

        return _paced(command, place, seconds, gap_s)


def _work(opened: Callable[[], Ledger], place: int, seconds: float, gap_s: float) -> Measured:
    desk, asked = _desk(opened()), deque[str]()
    firm, coordinator = desk.member(f"u-{place}"), desk.member(f"c-{place}")

    def command(number: int) -> None:
        key = f"{place}.{number}"
        if asked:
            desk.approve(asked.popleft(), by=coordinator, key=key)
        else:
            wish = {"purpose": Purpose.RESEARCH, "brief": f"共同で試作をしたい {key}"}
            asked.append(desk.request(f"ours-{place}", [f"theirs-{place}"], **wish, by=firm, key=key).id)

    return _paced(command, place, seconds, gap_s)


def _desk(ledger: Ledger) -> Desk:
    """The desk over a network in which each process has a firm and a coordinator, and limits are wide."""
    sides = ("ours", "north"), ("theirs", "south")
    listed = [
        Listed(
            id=f"{side}-{place}", name=side, kind=Kind.FIRM, home_cluster=f"{cluster}-{place}", is_sample=True
        )
        for place in range(N_PROCESSES)
        for side, cluster in sides
    ]
    office = Office(
        ledger=ledger,
        models=ReadModels(ledger.folder / "readmodels.db"),
        directory=FixedDirectory(listed),
        rules=Rules(requests_per_week=10**6, open_requests=10**6, recipient_per_quarter=10**6),
        clock=SetClock(_NOON),
        mask_key=b"",
        correspondence=Correspondence(ledger.folder / "correspondence.db"),
    )
    return Desk(office)


def _paced(command: Callable[[int], None], place: int, seconds: float, gap_s: float) -> Measured:
    """Give commands which fall due independently of each other; first two, untimed, as after a start."""
    chance = Random(place)
    measured, n_busy, number = [], 0, N_UNTIMED
    for untimed in range(N_UNTIMED):
        command(untimed)
    begun = monotonic() + 0.5
    due = begun + chance.expovariate(1 / gap_s)
    while due < begun + seconds:
        sleep(max(0, due - monotonic()))
        try:
            command(number)
            measured.append(monotonic() - due)
        except LedgerBusyError:
            n_busy += 1
        due += chance.expovariate(1 / gap_s)
        number += 1
    return np.array(measured), n_busy


def _decline(unit: Unit, case: str) -> None:
    """What a command does: read the case, keep a text, record events, have a message sent."""
    if unit.events.recorded_under(case) or unit.events.read(f"case:{case}"):
        raise ValueError(f"case {case} came twice")
    text = unit.private.put(f"条件が合いませんでした {case}", kind="reason", about=["m:1"], recorded_at=_NOON)
    unit.events.append(
        f"case:{case}",
        [
            IntroductionDeclined(case_id=case, cluster="shikoku", member_id="m:1", reason=text),
            IntroductionExpired(case_id=case),
        ],
        actor="m:1",
        key=case,
        event_date=_NOON.date(),
        recorded_at=_NOON,
    )
    unit.outbox.put(Message(id=case, recipient="m:2", kind="declined", not_before=_NOON))


def _fill(home: Path, n_events: int) -> float:
    """Record that many events, a few hundred cases to a transaction."""
    begun = perf_counter()
    with Ledger.create(home, is_sample=True, created_at=_NOON) as ledger:
        for first in range(0, n_events // 2, CASES_A_DAY):
            with ledger.unit():
                for case in range(first, min(first + CASES_A_DAY, n_events // 2)):
                    with ledger.unit() as part:
                        _decline(part, str(case))
    return perf_counter() - begun


def _verify(home: Path) -> tuple[Verification, float, float]:
    with Ledger.open(home) as ledger:
        begun = perf_counter()
        found = ledger.verify(ledger.head())
        seconds = perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found, seconds, peak * (1 if sys.platform == "darwin" else 1024) / 10**9


def _empty(folder: Path) -> Path:
    """The folder, with nothing there yet."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
    return folder
