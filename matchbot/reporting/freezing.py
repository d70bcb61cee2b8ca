"""Frozen packs: the numbers of an evaluation in a folder, which can be shown to be the same years later.

A pack leaves the programme, so small cells are hidden in it. It holds the question it answers: the same
question asked of the same ledger gives the same numbers, to the digit, whatever was recorded since.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import Any

from corpus.durability import whole_folder
from corpus.progress import Progress, unheard
from matchbot.desk import Counted, Evaluation, Opened
from matchbot.errors import PackError
from matchbot.indicators import Breakdown, Period, Question
from matchbot.indicators.disclosure import FEWEST
from matchbot.ledger import Head
from matchbot.members import Member
from matchbot.reporting.material import BREAKDOWNS, Material, gather
from matchbot.reporting.pages import write_pages
from matchbot.reporting.tables import (
    BASELINE_COLUMNS,
    BREAK_COLUMNS,
    COMMENT_COLUMNS,
    DEFINITION_COLUMNS,
    PROGRESS_COLUMNS,
    SHEET_COLUMNS,
    Reader,
    to_csv,
)
from matchbot.service import Service
from matchbot.workdays import day_of

_NUMBERS, _QUESTION, _SUMS = "numbers.json", "question.json", "SHA256SUMS"
_ALL_NUMBERS = "numbers.csv"
_Counted = dict[str, float | None]
_SAMPLED = "I05"
"""The figure whose cases an audit looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What verifying a pack showed: files that changed, numbers that come out otherwise, the ledger."""

    changed_files: Sequence[str]
    differing: Sequence[str]
    is_ledger_intact: bool

    @property
    def is_same(self) -> bool:
        """Whether everything is as it was frozen."""
        return not self.changed_files and not self.differing and self.is_ledger_intact


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A number that two packs have otherwise, and why. Lists are of what was counted, by id.

    ``added``: happened since, or in a period that the earlier pack was not about. ``late``: had happened
    in its time and was put on record, or corrected so that it counts, since. ``removed``: taken back, or
    corrected so that it does not count. ``left``: stands, but outside the later pack's period.
    ``changed``: counts in both, with another measure (a case that went on, an answer that came).
    ``is_redefined``: the definition has another version.
    """

    id: str
    before: float | None
    after: float | None
    is_redefined: bool
    added: Sequence[str]
    late: Sequence[str]
    removed: Sequence[str]
    left: Sequence[str]
    changed: Sequence[str]


def freeze(
    service: Service,
    folder: Path,
    period: Period,
    as_of: datetime,
    by: Member,
    readers: Sequence[Reader],
    *,
    progress: Progress = unheard,
) -> Path:
    """Write a pack into a new folder: a page for each reader, all else in the language of the first.

    It is there as a whole, or not at all. Raises PackError where there is a folder.
    """
    if folder.exists():
        raise PackError(folder=str(folder), reason="pack-exists")
    material = gather(service, period, as_of, by, progress=progress, with_lists=False).published
    with whole_folder(folder) as aside:
        _fill(aside, material, readers)
    return folder


def _fill(folder: Path, material: Material, readers: Sequence[Reader]) -> None:
    reader, published = readers[0], material.counted
    folder.mkdir(parents=True)
    write_pages(folder, material, readers, tables=_ALL_NUMBERS)
    _write(folder / _QUESTION, _json(_told(published)))
    _write(folder / _NUMBERS, _json(reader.json(published)))
    rows = [reader.sheet_row(value, published) for value in published.values]
    _write(folder / _ALL_NUMBERS, to_csv(reader.headings(SHEET_COLUMNS), rows))
    _write(folder / "dictionary.csv", to_csv(reader.headings(DEFINITION_COLUMNS), reader.dictionary()))
    targets = [reader.progress_row(one) for one in published.progress]
    _write(folder / "targets.csv", to_csv(reader.headings(PROGRESS_COLUMNS), targets))
    _write(folder / "baselines.csv", to_csv(reader.headings(BASELINE_COLUMNS), reader.baselines()))
    comments = [reader.comment_row(one) for one in material.comments]
    _write(folder / "comments.csv", to_csv(reader.headings(COMMENT_COLUMNS), comments))
    breaks = [reader.break_row(one) for one in material.breaks]
    _write(folder / "breaks.csv", to_csv(reader.headings(BREAK_COLUMNS), breaks))
    columns = reader.headings(("case", "day", "path"))
    _write(
        folder / "open-cases.csv",
        to_csv(columns, [(id, str(day), path) for id, day, path in material.waiting]),
    )
    sums = [f"{_sum(file)}  {file.name}\n" for file in sorted(folder.iterdir())]
    _write(folder / _SUMS, "".join(sums))


def verify(service: Service, folder: Path, by: Member, reader: Reader) -> Checked:
    """Count again what a pack holds, and look whether its files are the ones that were written.

    Raises PackError for a folder that is none, NotAllowedError.
    """
    question, told = _question(folder)
    # First, since not everybody may, and counting takes long.
    ledger = service.desk.verify(by, exported=Head.parse(told["head"]))
    counted = service.indicators(question, by=by)
    now = _comparable(json.loads(_json(reader.json(counted.published))))
    then = _comparable(_numbers(folder))
    return Checked(
        changed_files=sorted(_changed(folder)),
        differing=sorted(key for key in then.keys() | now.keys() if then.get(key) != now.get(key)),
        is_ledger_intact=ledger.is_intact,
    )


def compare(service: Service, earlier: Path, later: Path, by: Member) -> list[Difference]:
    """Every number as a whole that two packs have otherwise, and what makes the difference.

    Raises PackError, NotAllowedError.
    """
    (asked_before, _), (asked_after, _) = _question(earlier), _question(later)
    before, after = ({_key(v): v for v in _values(folder) if not v["by"]} for folder in (earlier, later))
    changed = [
        key
        for key in sorted(before.keys() & after.keys())
        if any(before[key][name] != after[key][name] for name in ("value", "version"))
    ]
    with service.evaluation(by=by) as asked:
        # One question after the other, so that each is laid out once.
        then, afterwards, now = (
            {key: _measures(asked, after[key], question) for key in changed}
            for question in (asked_before, _seen_again(asked_before, asked_after), asked_after)
        )
        return [
            Difference(
                id=key,
                before=before[key]["value"],
                after=after[key]["value"],
                is_redefined=before[key]["version"] != after[key]["version"],
                **_why(asked, then[key], afterwards[key], now[key]),
            )
            for key in changed
        ]


def _why(asked: Evaluation, then: _Counted, afterwards: _Counted, now: _Counted) -> dict[str, list[str]]:
    """What two numbers count otherwise. ``afterwards``: of the earlier question, as known later."""
    stands = afterwards.keys()
    sets = {
        "added": now.keys() - then.keys() - stands,
        "late": (now.keys() & stands) - then.keys(),
        "removed": then.keys() - now.keys() - stands,
        "left": (then.keys() & stands) - now.keys(),
        "changed": {thing for thing in then.keys() & now.keys() if then[thing] != now[thing]},
    }
    return {name: asked.codes(things) for name, things in sets.items()}


def _seen_again(earlier: Question, later: Question) -> Question:
    """What the earlier one asked of the days before it was asked, as known when the later one was."""
    eve = day_of(earlier.as_of) - timedelta(days=1)
    asked = earlier.period
    period = Period(asked.first, max(asked.first, min(asked.last, eve)))
    return replace(earlier, period=period, as_of=later.as_of)


def _measures(asked: Evaluation, number: Mapping[str, Any], question: Question) -> _Counted:
    return asked.measures(number["id"], question, is_expected="expected" in number["flags"])


def sample(service: Service, folder: Path, *, n: int, seed: int, by: Member) -> list[Opened]:
    """Introductions of a pack to be audited: the same for the same pack, number and seed."""
    question, _ = _question(folder)
    with service.evaluation(by=by) as asked:
        rows = sorted(asked.opened(_SAMPLED, question), key=lambda row: row.thing)
    return sorted(Random(seed).sample(rows, min(n, len(rows))), key=lambda row: row.thing)


def _comparable(told: Mapping[str, Any]) -> dict[str, object]:
    """Every number of a pack by what it is, those of targets with the targets."""
    values: dict[str, object] = {_key(value): value["value"] for value in told["values"]}
    targets = {
        f"{one['id']} {one['cluster']} {one['period']['from']}/{one['period']['to']}": (
            one["value"],
            one["target"],
        )
        for one in told["targets"]
    }
    return values | targets


def _told(counted: Counted) -> Mapping[str, Any]:
    return {
        "from": counted.period.first,
        "to": counted.period.last,
        "as_of": counted.as_of,
        "breakdowns": list(BREAKDOWNS),
        "fewest_organisations": FEWEST,
        "head": str(counted.head),
        "is_sample": counted.is_sample,
        "matchbot": version("matchbot"),
    }


def _question(folder: Path) -> tuple[Question, Mapping[str, Any]]:
    try:
        told = json.loads((folder / _QUESTION).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PackError(folder=str(folder), reason="no-pack") from error
    period = Period(date.fromisoformat(told["from"]), date.fromisoformat(told["to"]))
    breakdowns = tuple(Breakdown(by) for by in told["breakdowns"])
    as_of = datetime.fromisoformat(told["as_of"])
    return Question(period=period, as_of=as_of, breakdowns=breakdowns, with_progress=True), told


def _values(folder: Path) -> list[dict[str, Any]]:
    values: list[dict[str, Any]] = _numbers(folder)["values"]
    return values


def _numbers(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / _NUMBERS).read_text(encoding="utf-8"))
    return told


def _key(value: Mapping[str, Any]) -> str:
    expected = ["expected"] if "expected" in value["flags"] else []
    return " ".join(filter(None, [value["id"], value["by"], value["part"], *expected]))


def _changed(folder: Path) -> Iterator[str]:
    for line in (folder / _SUMS).read_text(encoding="utf-8").splitlines():
        sum, name = line.split("  ", 1)
        file = folder / name
        if not file.exists() or _sum(file) != sum:
            yield name


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=lambda each: each.isoformat()) + "\n"


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="")
