"""What is written after an option, as values of the domain: words of an enumeration, days, times."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from unicodedata import normalize

import click

from matchbot.cli.shell import Shell
from matchbot.introductions.words import Means
from matchbot.need import Purpose
from matchbot.terms import meant
from matchbot.texts import LANGUAGES, Texts
from matchbot.workdays import OFFICE_ZONE

Enumeration = TypeVar("Enumeration", bound=StrEnum)


class Word(click.Choice[Enumeration]):
    """One of the members of an enumeration, written as its value or by any of its names.

    ``key``: what the keys of the names begin with.

    >>> Word(Purpose, "purpose").convert("sales", None, None)
    <Purpose.SALES: 'sales'>
    >>> Word(Purpose, "purpose").convert("販路開拓", None, None)
    <Purpose.SALES: 'sales'>
    """

    def __init__(self, members: Iterable[Enumeration], key: str) -> None:
        super().__init__(list(members))
        self.key = key

    def example(self, texts: Texts) -> tuple[str, str]:
        """The value of a member, and what it is called: of the one with the shortest name."""
        named = [(str(choice), texts(f"{self.key}-{choice}")) for choice in self.choices]
        return min(named, key=lambda pair: len(pair[1]))

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """The value of the member that is meant; anything else as it was written."""
        found = meant(str(choice), self.choices, self.key)
        return str(choice) if found is None else str(found)

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """What there is to choose from, each by its value and its name."""
        shell = ctx.find_object(Shell) if ctx else None
        texts = shell.texts if shell else Texts(LANGUAGES[0])
        named = [
            texts("choice-named", value=str(choice), name=texts(f"{self.key}-{choice}"))
            for choice in self.choices
        ]
        return texts("not-one-of", written=str(value), choices=texts("list-separator").join(named))


class Day(click.ParamType[date]):
    """A day, as 2026-04-01."""

    name = "date"

    def convert(self, value: date | str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        return click.DateTime(["%Y-%m-%d"]).convert(value, param, ctx).date()


class Days(click.ParamType[int]):
    """A number of days, as 90d or 90."""

    name = "days"

    def convert(self, value: int | str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        return int(click.IntRange(min=1)(str(value).removesuffix("d"), param, ctx))


class Moment(click.ParamType[datetime]):
    """A time in Japan, as 2026-04-01T09:00; a day alone is its beginning."""

    name = "time"
    _FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")

    def convert(
        self, value: datetime | str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The time, with its zone."""
        return click.DateTime(self._FORMATS).convert(value, param, ctx).replace(tzinfo=OFFICE_ZONE)


class FigureNumber(click.ParamType[str]):
    """The number of an indicator or of one of its figures, written in any case and width.

    Whether there is one of this number, the desk knows.

    >>> FigureNumber().convert("ｉ０９A", None, None)
    'I09a'
    """

    name = "figure"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The number as it is written in tables."""
        return normalize("NFKC", value).strip().capitalize()


DAY_SHOWN = "YYYY-MM-DD"
OUTSIDE = tuple(means for means in Means if means is not Means.SLACK)
"""How something is said or done outside matchbot."""

purpose_option = click.option("--purpose", type=Word(Purpose, "purpose"))
purpose_required = click.option("--purpose", type=Word(Purpose, "purpose"), required=True)
need_option = click.option("--need", "need_id", default="", metavar="NEED")
organisations_argument = click.argument("organisations", metavar="ORGS", nargs=-1, required=True)
on_option = click.option("--on", type=Day(), metavar=DAY_SHOWN)
on_required = click.option("--on", type=Day(), metavar=DAY_SHOWN, required=True)
note_option = click.option("--note", default="", metavar="TEXT")
document_option = click.option("--document", default="", metavar="TEXT")
reason_option = click.option("--reason", default="", metavar="TEXT")
reason_required = click.option("--reason", required=True, metavar="TEXT")
party_option = click.option("--for", "organisation", default="", metavar="ORG")
party_required = click.option("--for", "organisation", required=True, metavar="ORG")
yes_option = click.option("--yes", "is_confirmed", is_flag=True)
"""The option of every command that cannot be undone."""
