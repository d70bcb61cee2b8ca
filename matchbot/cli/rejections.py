"""Rows of a file that were refused, as every command that takes in a file tells them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matchbot.cli.shell import Shell

if TYPE_CHECKING:
    from corpus.readers import Rejection
    from matchbot.rows import RowRejection

SHOWN = 20
"""How many rejections, flags or names are listed on the screen; the JSON has all."""


def show_rejected(shell: Shell, rejections: "Sequence[Rejection | RowRejection]") -> None:
    """Each of the first rows with its field and why, and how many more there are."""
    for rejection in rejections[:SHOWN]:
        shell.say(
            "import-rejection",
            file=rejection.file,
            row=rejection.row,
            field=rejection.field or shell.texts("whole-row"),
            value=rejection.value,
            reason=shell.texts(f"reason-{rejection.reason}"),
        )
    say_more(shell, len(rejections))


def say_more(shell: Shell, n: int) -> None:
    """How many of ``n`` were not told."""
    if n > SHOWN:
        shell.say("import-more", n=n - SHOWN)
