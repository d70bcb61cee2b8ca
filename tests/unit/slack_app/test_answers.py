"""Everything that matchbot can be asked and has to tell in Slack is answered and told by somebody."""

from collections import Counter

import pytest

from corpus.records import Kind as OrganisationKind
from matchbot.desk import MessageKind
from matchbot.duties import TaskKind
from matchbot.need import Scope
from matchbot.texts import LANGUAGES, Texts
from matchbot.understanding import understand
from slack_app.answers import NOTICES, ROUTES, SUGGESTIONS
from slack_app.arrivals import Kind
from slack_app.ids import Click, Form

ONLY_RECORDED = {TaskKind.EXPIRY, TaskKind.UNANSWERED}
"""What the jobs do without telling anybody by a message of this kind: the desk tells of an expiry itself."""


def test_every_kind_of_message_has_one_notice() -> None:
    assert Counter(notice.kind for notice in NOTICES) == dict.fromkeys(MessageKind, 1)


def test_everything_that_the_jobs_tell_is_a_kind_of_message() -> None:
    assert {kind.value for kind in set(TaskKind) - ONLY_RECORDED} <= set(MessageKind)


def test_every_button_and_form_leads_somewhere_and_no_two_rooms_answer_the_same() -> None:
    answered = Counter((route.kind, route.what) for route in ROUTES)
    assert set(answered.values()) == {1}
    assert {route.what for route in ROUTES if route.kind is Kind.FORM} == set(Form)
    assert {route.what for route in ROUTES if route.kind is Kind.CLICK} >= set(Click) - set(SUGGESTIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_about_a_case_has_a_title(language) -> None:
    texts = Texts(language)
    titled = [form for form in Form if f"slack-{form}-title" in texts]
    assert len(titled) >= 17
    assert all(len(texts(f"slack-{form}-title")) <= 24 for form in titled)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_suggested_to_ask_is_understood_as_it_reads(language) -> None:
    say = Texts(language)
    wanted = understand(say("panel-prompt-university"))
    assert (wanted.kinds, wanted.scope) == ({OrganisationKind.UNIVERSITY}, Scope.ALL)
    assert understand(say("panel-prompt-funding")).kinds == {OrganisationKind.FINANCIER}
    assert not understand(say("panel-prompt-defects")).pieces
