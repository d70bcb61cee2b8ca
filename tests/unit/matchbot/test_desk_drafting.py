"""Drafts of needs, from what coordinators heard on visits."""

import pytest

from matchbot.errors import NotAllowedError, UnknownRecordError
from matchbot.need import Purpose
from matchbot.phrases.notes import wishes
from small_network import MONDAY, Network

NOTE = "工場を見学。樹脂の検査装置を大学と共同開発したいとのこと。次回は秋に訪問したい。"
WISH = "樹脂の検査装置を大学と共同開発したい。"


def visited(network: Network, note: str = NOTE) -> str:
    visit = network.desk.log_visit(["yamada"], on=MONDAY.date(), note=note, **network.acting("k-north"))
    return visit.id


@pytest.mark.parametrize(
    ("note", "wish"),
    [
        (
            "社長と面談。めっきを外注できる相手を探しているとのことでした。",
            "めっきを外注できる相手を探している。",
        ),
        ("後継者がいなくて困っていると話していました\n展示会に出る", "後継者がいなくて困っている。"),
        (
            "樹皮の処分に費用がかかる。土壌改良材にできないかと相談を受けた。",
            "土壌改良材にできないかと相談を受けた。",
        ),
        ("人手不足。検査を自動化したいそうだ。昼食をとった。", "人手不足。検査を自動化したいそうだ。"),
        ("海外の販路がほしい！", "海外の販路がほしい！"),
        ("Toured the plant. They need a partner for coating. Lunch.", "They need a partner for coating."),
        ("近況を伺った。特に困りごとはなし。", ""),
        ("たいへん忙しい。大きな受注があった。", ""),
        ("They do not need anything. Next visit in autumn.", ""),
        ("来月、担当の方にもう一度お会いしたい。", ""),
        ("", ""),
    ],
)
def test_only_what_is_wished_for_or_missing_is_taken_from_a_note(note: str, wish: str) -> None:
    assert wishes(note) == wish


def test_a_visit_becomes_a_draft_which_can_be_entered_and_linked(network: Network) -> None:
    visit_id = visited(network)
    draft = network.desk.draft_need_from_visit(visit_id, network.member("k-north"))
    assert (draft.organisation_id, draft.text, draft.purpose) == ("yamada", WISH, Purpose.RESEARCH)
    assert draft.note == NOTE
    assert network.n_events("NeedSaved") == 0
    need = network.desk.enter_need("yamada", draft.text, draft.purpose, **network.acting("k-north"))
    network.desk.link_visit(visit_id, need_id=need.id, **network.acting("k-north"))
    assert draft.need_id == ""
    assert network.desk.draft_need_from_visit(visit_id, network.member("k-north")).need_id == need.id


@pytest.mark.parametrize(
    ("note", "purpose"),
    [
        ("金融機関を探している。", Purpose.FUNDING),
        ("大学を探している。", Purpose.RESEARCH),
        ("販路を探している。", Purpose.SALES),
        ("めっきを頼める会社を探している。", None),
        ("特に要望はなし。", None),
    ],
)
def test_the_purpose_is_what_was_said_or_left_open(
    network: Network, note: str, purpose: Purpose | None
) -> None:
    draft = network.desk.draft_need_from_visit(visited(network, note), network.member("k-north"))
    assert draft.purpose is purpose


def test_a_note_that_was_erased_leaves_an_empty_draft(network: Network) -> None:
    visit_id = visited(network)
    network.desk.erase("k-north", **network.acting("admin"))
    draft = network.desk.draft_need_from_visit(visit_id, network.member("k-north-2"))
    assert (draft.text, draft.note, draft.purpose) == ("", "", None)


def test_others_read_no_note(network: Network) -> None:
    visit_id = visited(network)
    for member in ("k-south", "m-yamada", "staff"):
        with pytest.raises(NotAllowedError):
            network.desk.draft_need_from_visit(visit_id, network.member(member))
    with pytest.raises(UnknownRecordError):
        network.desk.draft_need_from_visit("v-999", network.member("k-north"))
