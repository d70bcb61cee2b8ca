"""Counts of the programme with their definitions, and how the search data are (`/matchbot stats`)."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from matchbot.desk import Counted
from matchbot.indicators import FIGURES, Group, Question, Value
from matchbot.policy import Role
from matchbot.reporting.tables import Reader, rounded, this_fiscal_year
from slack_app.blocks import Block, context, escaped, header, section
from slack_app.call import Call
from slack_app.limits import Posting
from slack_app.views import home

_SHOWN_OF_HASH = 12
_SHOWN = ("I01", "I05", "I06", "I07", "I08", "I09a", "I09b", "I09c", "I10a", "I10b")
"""The figures that are told in a message; all others are told by `matchbot indicators`."""


def tell_counts(call: Call) -> None:
    """The counts of this fiscal year, as they are known now."""
    now = call.service.now()
    question = Question(period=this_fiscal_year(now.date()), as_of=now, group=Group.PROGRAMME)
    counted = call.service.indicators(question, by=call.member)
    reader = Reader(call.texts, call.names.plain)
    title = call.texts("stats-title", period=reader.period(counted.period))
    blocks = [header(title), context(_as_of(call, counted)), *_figures(counted, reader)]
    if call.member.role in (Role.STAFF, Role.ADMINISTRATOR):
        blocks += home.staff(call.service.corpus_status(), call.service.index_status(), call.texts)
    call.speaker.say_to(call.arrived.who, Posting(title, tuple(blocks)))
    if not str(call.payload["channel"]).startswith("D"):
        call.tell("slack-answered-in-dm")


def _as_of(call: Call, counted: Counted) -> str:
    told = call.texts(
        "stats-as-of",
        first=counted.period.first,
        last=counted.period.last,
        as_of=counted.as_of,
        # As much of it as tells one head from another; the reports have it in full.
        head=f"{counted.head.seq}:{counted.head.hash[:_SHOWN_OF_HASH]}…",
    )
    return f"{told} {call.texts('mark-sample')}" if counted.is_sample else told


def _figures(counted: Counted, reader: Reader) -> Iterator[Block]:
    """Each number with its unit and over how much it is; below it, or those that are told apart by one
    definition, what it counts."""
    shown = [value for value in counted.values if value.figure in _SHOWN and not value.by]
    for definition, values in groupby(shown, key=partial(_definition, reader)):
        yield from (section(_number(value, reader)) for value in values)
        yield context(definition)


def _number(value: Value, reader: Reader) -> str:
    say, unit = reader.texts, FIGURES[value.figure][1].unit
    number = rounded(value.value, unit)
    told = say(
        "stats-figure",
        name=escaped(reader.name(value.figure)),
        value=say("stats-unknown") if number is None else f"{number:,}",
        unit=say(f"unit-{unit}"),
        n=value.n,
        distinct=value.distinct,
        missing=value.missing,
    )
    return f"{told} {reader.flags(value)}".rstrip()


def _definition(reader: Reader, value: Value) -> str:
    told = reader.definition(FIGURES[value.figure][0])
    return reader.texts("stats-definition", definition=escaped(told["definition"]), version=value.version)
