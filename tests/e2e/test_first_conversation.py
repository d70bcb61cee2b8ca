"""What a stranger meets after `make run`: the bundled organisations, a sample network, a question."""

from pathlib import Path

import pytest

from corpus.bundled import GoldenNeed, golden
from matchbot.bootstrap import build_service
from matchbot.config import Settings
from matchbot.conversation import Conversation
from matchbot.matchmaking import Match
from matchbot.service import Service

SAMPLE_SCALE = 0.05  # what `make run` loads

# One need for each case of the programme document, told in other words than the profile's.
CASES = {
    "inspection of substrates": "G01",
    "filters without elements": "G08",
    "the body that helps firms around Tokyo": "G14",
    "gene medicine from a university": "G17",
    "carrying without contact": "G26",
    "bark for the soil": "G34",
    "paper that conducts": "G42",
    "cosmetics from plants": "G47",
    "light that makes flowers": "G50",
    "the sea seen from space": "G58",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    home: Path = tmp_path_factory.mktemp("home")
    service = build_service(Settings(home=home))
    service.set_up(sample_scale=SAMPLE_SCALE, seed=1, progress=lambda stage, done, total: None)
    return service


def cards(service: Service, *said: str) -> list[Match]:
    """The cards after the last thing that was said in one conversation."""
    conversation = Conversation()
    for text in said:
        turn = service.converse(conversation, text)
        conversation = turn.conversation
    assert turn.answer is not None
    return list(turn.answer.matches.items)


def need(id: str) -> GoldenNeed:
    return next(need for need in golden() if need.id == id)


@pytest.mark.parametrize("case", CASES)
def test_each_case_of_the_document_is_found_among_the_first_three(service: Service, case: str) -> None:
    wanted = need(CASES[case])
    assert any(match.organisation_id in wanted.relevant for match in cards(service, wanted.text))


def test_the_first_question_of_the_readme_brings_three_partners_of_several_clusters_with_reasons(
    service: Service,
) -> None:
    shown = cards(service, "ガラス基板の欠陥検査ができる相手を探しています")
    assert [match.organisation_id for match in shown][:1] == ["seed:inspec"]
    assert len(shown) == 3
    assert len({match.hit.organisation.home_cluster for match in shown}) >= 2
    assert all(match.reasons for match in shown)


def test_a_conversation_is_narrowed_and_goes_on_without_repeating_anybody(service: Service) -> None:
    need = "ガラス基板の欠陥検査ができる相手を探しています"
    universities = cards(service, need, "大学だけ")
    assert {match.hit.organisation.kind for match in universities} == {"university"}
    elsewhere = cards(service, need, "大学だけ", "関西以外で")
    assert not {"大阪府", "京都府", "兵庫県"} & {match.hit.organisation.prefecture for match in elsewhere}
    more = cards(service, need, "大学だけ", "関西以外で", "もっと")
    first, second = ({match.organisation_id for match in page} for page in (elsewhere, more))
    assert second
    assert not first & second


def test_a_sample_organisation_is_known_as_one(service: Service) -> None:
    shown = cards(service, "金属部品の精密な切削")
    assert shown
    assert all(
        match.hit.organisation.is_sample == match.organisation_id.startswith("sample:") for match in shown
    )
