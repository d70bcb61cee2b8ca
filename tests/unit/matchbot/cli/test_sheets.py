"""What the desk answers, in words: every code that can come up has some."""

from collections.abc import Iterable

import pytest

from matchbot.aftermath import outcomes, reports
from matchbot.cli.sheets import done
from matchbot.cli.shell import Shell
from matchbot.config import Settings
from matchbot.deadlines import Silence
from matchbot.desk import Receipt
from matchbot.desk.answers import WORDING as CONSENT_WORDING
from matchbot.desk.privacy import RELEASED
from matchbot.desk.requests import WORDING as REQUEST_WORDING
from matchbot.duties import TaskKind
from matchbot.following import PartyAnswer
from matchbot.introductions.cases import Act
from matchbot.introductions.events import EVENTS, Event
from matchbot.introductions.words import CasePath, Means, Nda, State
from matchbot.need import Purpose
from matchbot.policy import Barred, Closeness, Role
from matchbot.texts import LANGUAGES, Texts

CODES: dict[str, Iterable[str]] = {
    "state": State,
    "act": Act,
    "path": CasePath,
    "means": Means,
    "answer": PartyAnswer,
    "nda": set(Nda) - {Nda.NOT_NEEDED},
    "progress": reports.CaseProgress,
    "outcome": outcomes.OutcomeKind,
    "certainty": outcomes.Certainty,
    "attribution": outcomes.Attribution,
    "closeness": Closeness,
    "barred": Barred,
    "memo-question": [f"{purpose}-{n}" for purpose in Purpose for n in (1, 2, 3)],
    "form": reports.MeetingForm,
    "silence": set(Silence) - {Silence.NOTHING},
    "member-role": Role,
    "task": TaskKind,
    "event": [
        kind.__name__ for kind in (*EVENTS, *reports.EVENTS) if issubclass(kind, Event | reports.CaseReport)
    ],
    "item": {item for items in RELEASED.values() for item in items},
    "wording": {CONSENT_WORDING, REQUEST_WORDING, *RELEASED},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("prefix", CODES)
def test_every_code_has_its_words(prefix, language):
    texts = Texts(language)
    assert [code for code in CODES[prefix] if f"{prefix}-{code}" not in texts] == []


def test_a_receipt_tells_what_was_done_where_the_case_stands_and_what_to_know(capsys):
    shell = Shell(Settings(language="en"), build=lambda *_: pytest.fail("nothing is asked"))
    done("request")(shell, Receipt(id="c-1", state=State.REQUESTED, notices=("repeated-pair",)))
    first, second, third = capsys.readouterr().out.splitlines()
    assert first == "c-1: the introduction is asked for."
    assert second == "c-1: awaiting approval"
    assert "had a case within the last months" in third


def test_what_was_done_before_is_not_told_as_if_it_were_new(capsys):
    shell = Shell(Settings(language="en"), build=lambda *_: pytest.fail("nothing is asked"))
    done("request")(shell, Receipt(id="c-1", is_repeated=True))
    assert capsys.readouterr().out == "c-1: done before under this key; nothing was done now.\n"
