"""Whether what came of an introduction may be told: asked and answered in Slack, by the real bot."""

import pytest

from matchbot.introductions.words import Means
from matchbot.stories import StoryAnswer, StoryConsentGiven
from slack_workplace import (
    AWAY,
    COLLEAGUE,
    FIRM,
    HOME,
    OURS,
    OUTSIDE,
    PARTNER,
    STAFF,
    THEIRS,
    Workplace,
    buttons,
    introduced,
    introduced_outside,
    with_button,
)

DRAFT = (
    "北0工業が探していた相手は、となりのクラスターにいました。"
    + "二社で試作を重ねました。" * 400
    + "おわり。"
)
"""More than a section of Slack holds."""


@pytest.fixture
def case_id(place: Workplace) -> str:
    return introduced(place)


def drafted(place: Workplace, case_id: str, text: str = DRAFT) -> None:
    place.service.desk.draft_story(case_id, text, by=place.member("k-home"), key=f"draft {text[:9]}")
    place.settle()


def story(place: Workplace, case_id: str):
    return place.service.desk.story(case_id, place.member("staff"))


def public(place: Workplace) -> list[str]:
    return [each.text for each in place.service.desk.stories(place.member("staff"))]


def test_the_parties_read_the_whole_draft_agree_and_the_staff_publishes_it(
    place: Workplace, case_id: str
) -> None:
    drafted(place, case_id)
    asked = {user: with_button(place, user, "story_consent") for user in (FIRM, PARTNER, COLLEAGUE)}
    assert all(DRAFT in card.shown for card in asked.values())
    place.click(FIRM, asked[FIRM], "story_consent")
    assert story(place, case_id).missing == (THEIRS,)
    assert "公開に同意済み" in place.now(asked[FIRM]).shown
    assert not any("story_publish" in buttons(message) for message in place.inbox(STAFF))
    place.click(PARTNER, asked[PARTNER], "story_consent")
    assert buttons(place.now(asked[COLLEAGUE])) == ["story_refuse"]  # one of them has answered for both
    assert public(place) == []
    place.click(STAFF, with_button(place, STAFF, "story_publish"), "story_publish")
    assert public(place) == [DRAFT]
    assert "公開中です" in place.now(asked[FIRM]).shown
    assert "公開しました" in place.inbox(PARTNER)[-1].text
    place.click(FIRM, place.now(asked[FIRM]), "story_refuse")
    assert public(place) == []


def test_a_party_asks_for_changes_and_all_are_asked_anew_about_the_new_wording(
    place: Workplace, case_id: str
) -> None:
    drafted(place, case_id, "二社の話")
    old = with_button(place, FIRM, "story_consent")
    place.click(FIRM, old, "story_consent")
    place.click(PARTNER, with_button(place, PARTNER, "story_changes"), "story_changes")
    assert place.fill(PARTNER, text="").errors.keys() == {"text"}
    place.fill(PARTNER, text="社名を伏せてください")
    told = with_button(place, HOME, "story_rewrite")
    assert "社名を伏せてください" in told.shown
    assert story(place, case_id).answers == {OURS: StoryAnswer.YES, THEIRS: StoryAnswer.CHANGES}
    place.click(HOME, told, "story_rewrite")
    place.fill(HOME, text="ある二社の話")
    assert story(place, case_id).consents == ()
    assert buttons(place.now(old)) == []
    assert "書き直されました" in place.now(old).shown
    assert "ある二社の話" in with_button(place, FIRM, "story_consent").shown


def test_a_yes_to_a_wording_that_was_replaced_meanwhile_is_no_yes_to_the_new_one(
    place: Workplace, case_id: str
) -> None:
    drafted(place, case_id, "二社の話")
    stale = with_button(place, FIRM, "story_consent")
    place.service.desk.draft_story(case_id, "別の話", by=place.member("k-home"), key="anew")
    place.click(FIRM, stale, "story_consent")
    assert story(place, case_id).consents == ()
    assert any("書き直されています" in message.shown for message in place.inbox(FIRM))


def test_a_no_is_a_no_until_the_party_says_otherwise(place: Workplace, case_id: str) -> None:
    drafted(place, case_id, "二社の話")
    place.click(FIRM, with_button(place, FIRM, "story_consent"), "story_consent")
    card = with_button(place, PARTNER, "story_refuse")
    place.click(PARTNER, card, "story_refuse")
    assert "公開に同意しない" in with_button(place, HOME, "story_rewrite").shown
    assert not any("story_publish" in buttons(message) for message in place.inbox(STAFF))
    place.click(PARTNER, place.now(card), "story_consent")
    assert "story_publish" in buttons(place.inbox(STAFF)[-1])


def test_a_coordinator_records_the_consent_of_a_party_outside_slack(place: Workplace) -> None:
    case_id = introduced_outside(place)
    drafted(place, case_id, "二社の話")
    place.click(AWAY, with_button(place, AWAY, "story_heard"), "story_heard")
    place.fill(AWAY, means="phone")
    assert story(place, case_id).consents == (OUTSIDE,)
    with place.service.desk._office.ledger.read() as unit:
        events = [recorded.event for recorded in unit.events.read(f"story:{case_id}")]
    given = [event for event in events if isinstance(event, StoryConsentGiven)]
    assert [(each.organisation_id, each.means) for each in given] == [(OUTSIDE, Means.PHONE)]
