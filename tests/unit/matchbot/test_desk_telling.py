"""Success stories: told from the record, public only while every party agrees to that very wording."""

from datetime import timedelta

import pytest

from matchbot.errors import NotAllowedError, StepError, UnknownRecordError
from matchbot.reporting.stories import story_draft
from matchbot.reporting.tables import Reader
from matchbot.stories import LONGEST_STORY
from matchbot.texts import LANGUAGES, Texts
from matchbot.wording import Wording
from small_network import Network


@pytest.fixture
def case_id(network: Network) -> str:
    return network.introduced()


def drafted(network: Network, case_id: str, text: str = "二社の話") -> None:
    network.desk.draft_story(case_id, text, **network.acting("k-north"))


def agreed(network: Network, case_id: str, *parties: str) -> None:
    for party in parties:
        network.desk.consent_to_story(case_id, party, **network.acting(f"m-{party}"))


def published(network: Network) -> list[str]:
    return [story.text for story in network.desk.stories(network.member("evaluator"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_says_what_was_sought_who_met_and_what_came_of_it(
    network: Network, case_id: str, language: str
) -> None:
    facts = network.desk.story_facts(case_id, network.member("k-north"))
    text = story_draft(facts, Reader(Texts(language), Wording(Texts(language), dict)))
    brief = network.desk.case(case_id, network.member("k-north")).brief
    for part in ("株式会社yamada", "株式会社suzuki", brief, facts.introduced_on.isoformat()):
        assert part in text
    assert Texts(language)("story-no-results") in text


def test_a_story_is_public_once_both_parties_agreed(network: Network, case_id: str) -> None:
    drafted(network, case_id)
    agreed(network, case_id, "yamada")
    with pytest.raises(StepError) as raised:
        network.desk.publish_story(case_id, **network.acting("staff"))
    assert raised.value.facts["reason"] == "not-all-consented"
    assert network.desk.story(case_id, network.member("k-north")).missing == ("suzuki",)
    assert published(network) == []
    agreed(network, case_id, "suzuki")
    network.desk.publish_story(case_id, **network.acting("staff"))
    assert published(network) == ["二社の話"]


def test_a_new_wording_needs_every_consent_anew(network: Network, case_id: str) -> None:
    drafted(network, case_id)
    agreed(network, case_id, "yamada", "suzuki")
    drafted(network, case_id, "もっとよい話")
    with pytest.raises(StepError):
        network.desk.publish_story(case_id, **network.acting("staff"))


def test_whoever_takes_the_consent_back_takes_the_story_back(network: Network, case_id: str) -> None:
    drafted(network, case_id)
    agreed(network, case_id, "yamada", "suzuki")
    network.desk.publish_story(case_id, **network.acting("staff"))
    then = network.clock.now()
    network.clock.at += timedelta(days=1)
    network.desk.withdraw_story(case_id, "suzuki", **network.acting("m-suzuki"))
    assert published(network) == []
    assert len(network.desk.stories(network.member("staff"), as_of=then)) == 1
    agreed(network, case_id, "suzuki")
    assert published(network) == []  # to be published anew


def test_a_coordinator_records_the_consent_of_its_own_firm_and_of_no_other(
    network: Network, case_id: str
) -> None:
    drafted(network, case_id)
    network.desk.consent_to_story(case_id, "yamada", **network.acting("k-north"))
    with pytest.raises(NotAllowedError):
        network.desk.consent_to_story(case_id, "suzuki", **network.acting("k-north"))
    with pytest.raises(NotAllowedError):
        network.desk.consent_to_story(case_id, "suzuki", **network.acting("m-yamada"))


def test_nobody_agrees_for_a_case_it_is_not_in_or_to_a_story_that_is_not_there(
    network: Network, case_id: str
) -> None:
    with pytest.raises(UnknownRecordError):
        agreed(network, case_id, "yamada")
    drafted(network, case_id)
    with pytest.raises(StepError):
        network.desk.consent_to_story(case_id, "tanaka", **network.acting("m-tanaka"))


def test_before_an_introduction_there_is_no_story(network: Network) -> None:
    case_id = network.asked()
    with pytest.raises(StepError):
        network.desk.story_facts(case_id, network.member("k-north"))
    with pytest.raises(StepError):
        drafted(network, case_id)


def test_others_read_no_draft(network: Network, case_id: str) -> None:
    drafted(network, case_id)
    with pytest.raises(NotAllowedError):
        network.desk.story(case_id, network.member("m-tanaka"))
    assert network.desk.story(case_id, network.member("m-suzuki")).text == "二社の話"


def test_nobody_outside_the_case_takes_a_published_story_back(network: Network, case_id: str) -> None:
    drafted(network, case_id)
    agreed(network, case_id, "yamada", "suzuki")
    network.desk.publish_story(case_id, **network.acting("staff"))
    with pytest.raises(StepError) as raised:
        network.desk.withdraw_story(case_id, "tanaka", **network.acting("m-tanaka"))
    assert raised.value.facts["reason"] == "not-a-party"
    assert published(network) == ["二社の話"]


def test_whoever_wants_it_to_read_otherwise_does_not_agree_and_the_drafter_is_told(
    network: Network, case_id: str
) -> None:
    drafted(network, case_id)
    agreed(network, case_id, "yamada", "suzuki")
    network.desk.publish_story(case_id, **network.acting("staff"))
    network.desk.wish_story_changes(case_id, "suzuki", "社名を伏せて", **network.acting("m-suzuki"))
    story = network.desk.story(case_id, network.member("k-north"))
    assert (story.answers["suzuki"], story.wishes) == ("changes", {"suzuki": "社名を伏せて"})
    assert (story.missing, story.is_published) == (("suzuki",), False)
    told = [m for m in network.unsent() if m.kind == "story-answered" and m.recipient == "k-north"]
    assert [m.payload["organisation_id"] for m in told] == ["yamada", "suzuki", "suzuki"]


def test_consent_is_to_the_wording_that_was_read(network: Network, case_id: str) -> None:
    drafted(network, case_id)
    read = network.desk.story(case_id, network.member("m-yamada")).wording
    drafted(network, case_id, "もっとよい話")
    with pytest.raises(StepError) as raised:
        network.desk.consent_to_story(case_id, "yamada", wording=read, **network.acting("m-yamada"))
    assert raised.value.facts["reason"] == "rewritten"
    read = network.desk.story(case_id, network.member("m-yamada")).wording
    network.desk.consent_to_story(case_id, "yamada", wording=read, **network.acting("m-yamada"))
    assert network.desk.story(case_id, network.member("m-yamada")).consents == ("yamada",)


def test_every_party_is_asked_whoever_drafts_it(network: Network, case_id: str) -> None:
    drafted(network, case_id)
    asked = [m for m in network.unsent() if m.kind == "story-asked"]
    assert {m.recipient for m in asked} == {"m-yamada", "m-suzuki"}
    assert network.desk.story(case_id, network.member("m-suzuki")).asked_of == ("suzuki",)


def test_a_story_is_no_longer_than_one_message(network: Network, case_id: str) -> None:
    drafted(network, case_id, "話" * LONGEST_STORY)
    with pytest.raises(StepError) as raised:
        drafted(network, case_id, "話" * (LONGEST_STORY + 1))
    assert raised.value.facts["reason"] == "story-too-long"
