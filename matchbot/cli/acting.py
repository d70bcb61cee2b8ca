"""On whose behalf a command of the desk is given, and how its results are told.

Every such command takes ``--as MEMBER``, since the desk answers each according to their role, and one
that writes takes ``--key``: what they did under a key is not done again under it. Whatever a sample
ledger answers is marked as that.
"""

import functools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar
from uuid import uuid4

import click

from matchbot.cli.shell import Shell, json_option, plain
from matchbot.texts import Language

if TYPE_CHECKING:
    from matchbot.desk import Desk
    from matchbot.members import Member

Value = TypeVar("Value")
Show = Callable[[Shell, Value], None]

as_option = click.option("--as", "who", metavar="MEMBER", required=True)
as_operator_option = click.option("--as", "who", metavar="MEMBER", default="matchbot", show_default=True)
key_option = click.option("--key", default="", metavar="TEXT")


class Deed(TypedDict):
    """Who does something, and the key under which it is done once."""

    by: "Member"
    key: str


@dataclass(frozen=True)
class Acting:
    """One command of the desk: who gives it, under which key, and how it is to be answered."""

    shell: Shell
    who: str
    key: str
    as_json: bool

    @property
    def desk(self) -> "Desk":
        """The use cases."""
        return self.shell.service.desk

    @cached_property
    def member(self) -> "Member":
        """Who acts. Raises UnknownRecordError."""
        return self.desk.member(self.who)

    @property
    def deed(self) -> Deed:
        """What every command of the desk that writes is given."""
        return Deed(by=self.member, key=self.key)

    def organisation(self, told: str) -> str:
        """The id of an organisation, told by id or name. Raises UnknownOrganisationError."""
        return self.shell.service.asker(told).organisation_id

    def organisations(self, told: Sequence[str]) -> list[str]:
        """The ids of several. Raises UnknownOrganisationError."""
        return [self.organisation(each) for each in told]

    def partners(self, told: Sequence[str]) -> list[str]:
        """The ids of organisations to meet, masked ones told by their codes.

        Raises UnknownOrganisationError.
        """
        return [self.shell.service.partner_id(each, by=self.member) for each in told]

    def own(self, told: str) -> str:
        """The organisation that is told; where none is, the only one for which the member speaks.

        Raises click's usage error where it speaks for none or for several.
        """
        if told:
            return self.organisation(told)
        if not self.speaks_for:
            raise click.UsageError(self.shell.texts("say-for-whom", member=self.who))
        return self.speaks_for

    @property
    def speaks_for(self) -> str:
        """The only organisation for which the member speaks; "" where there is none or are several."""
        spoken_for = self.member.organisations
        return spoken_for[0] if len(spoken_for) == 1 else ""

    def speaking(self, language: Language | None) -> "Acting":
        """The same command, answered in another language; None: in that of this run."""
        return replace(self, shell=self.shell.speaking(language or self.shell.texts.language))

    def answer(self, value: Value, show: Show[Value], *, is_bare: bool = False) -> None:
        """Writes a result, for people with ``show`` or for programs as JSON.

        ``is_bare``: nothing else goes to standard output, so that it can be a file as it is.
        """
        answer_marked(
            self.shell,
            value,
            show,
            is_sample=self.desk.is_sample,
            as_json=self.as_json,
            is_bare=is_bare,
        )


def answer_marked(
    shell: Shell,
    value: Value,
    show: Show[Value],
    *,
    is_sample: bool,
    as_json: bool,
    is_bare: bool = False,
) -> None:
    """Writes a result of a ledger; what a sample ledger says is marked as sample, in both forms.

    As JSON it is an object ``{"is_sample": …, "result": …}``.
    """
    if as_json:
        told = {"is_sample": is_sample, "result": value}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=plain))
        return
    if is_sample:
        click.echo(shell.texts("ledger-is-sample"), err=is_bare)
    show(shell, value)


def acts(command: Callable[..., None]) -> Callable[..., None]:
    """Makes a function a command which writes: it is given an :class:`Acting` first."""
    return as_option(key_option(json_option(_with_acting(command))))


def looks(command: Callable[..., None]) -> Callable[..., None]:
    """Makes a function a command which reads: it is given an :class:`Acting` first."""
    return as_option(json_option(_with_acting(command)))


def keeps(command: Callable[..., None]) -> Callable[..., None]:
    """As :func:`acts`, for what whoever runs the machine may do without being registered."""
    return as_operator_option(key_option(json_option(_with_acting(command))))


def tends(command: Callable[..., None]) -> Callable[..., None]:
    """As :func:`looks`, for what whoever runs the machine may do without being registered."""
    return as_operator_option(json_option(_with_acting(command)))


def _with_acting(command: Callable[..., None]) -> Callable[..., None]:
    @click.pass_context
    @functools.wraps(command)
    def run(ctx: click.Context, /, who: str, as_json: bool, key: str = "", **arguments: Any) -> None:
        shell = ctx.ensure_object(Shell)
        command(Acting(shell, who, f"cli:{who}:{key or uuid4()}", as_json), **arguments)

    return run


def confirm(shell: Shell, key: str, *, is_confirmed: bool, **facts: object) -> None:
    """Goes on only after a yes, on the terminal or by ``--yes``; what follows cannot be undone."""
    if not is_confirmed:
        click.confirm(shell.texts(key, **facts), abort=True, err=True)
