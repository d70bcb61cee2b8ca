"""What organisations suggest for their profiles, at the desk: who may, who is told, what is kept."""

from pathlib import Path

import pytest

from matchbot.errors import (
    AlreadyHandledError,
    ConflictError,
    NotAllowedError,
    ReviewStateError,
    StepError,
    UnknownRecordError,
    user_message,
)
from matchbot.members import MemberRow
from matchbot.need import Purpose
from matchbot.policy import Role
from matchbot.profiles import Change
from matchbot.rules import Rules
from matchbot.texts import Texts
from small_network import NORTH, Network

TEXT = "アルミ薄板の溶接もできる"


def suggested(network: Network, text: str = TEXT, **facts: object) -> str:
    facts = {"change": Change.ADD, **facts}
    return network.desk.suggest_profile("yamada", text=text, **facts, **network.acting("m-yamada")).id


def test_a_suggestion_waits_for_the_coordinators_of_the_home_cluster(network: Network) -> None:
    draft_id = suggested(network)
    assert network.told("profile-suggested") == {"k-north", "k-north-2"}
    (draft,) = network.desk.drafts(network.member("k-north"))
    assert (draft.id, draft.text, draft.stage, draft.next_stage) == (draft_id, TEXT, "draft", "published")
    assert network.desk.drafts(network.member("k-south")) == []
    assert [one.id for one in network.desk.drafts(network.member("staff"))] == [draft_id]
    assert network.desk.revisions(()) == []


def test_one_approval_publishes_and_tells_who_suggested_it(network: Network) -> None:
    draft_id = suggested(network)
    network.desk.decide_draft(draft_id, True, **network.acting("k-north"))
    assert network.told("profile-decided") == {"m-yamada"}
    assert network.desk.drafts(network.member("m-yamada")) == []
    (draft,) = network.desk.drafts(network.member("m-yamada"), with_closed=True)
    assert (draft.stage, draft.next_stage, draft.decided_by) == ("published", "", "k-north")
    assert network.n_events("ProfileRenewed") == 1
    (revision,) = network.desk.revisions(())
    assert (revision.organisation_id, revision.text) == ("yamada", TEXT)
    assert revision.passage_id == f"own:{revision.id[:24]}"
    assert network.desk.revisions([revision.id]) == []


def test_the_profile_is_not_renewed_before_it_is_public(network: Network) -> None:
    draft_id = suggested(network)
    assert network.n_events("ProfileRenewed") == 0
    network.desk.decide_draft(draft_id, False, reason="数値を入れてください", **network.acting("k-north"))
    assert network.n_events("ProfileRenewed") == 0


def test_a_returned_draft_tells_its_reason_to_who_suggested_it(network: Network) -> None:
    draft_id = suggested(network)
    with pytest.raises(StepError):
        network.desk.decide_draft(draft_id, False, **network.acting("k-north"))
    network.desk.decide_draft(draft_id, False, reason="数値を入れてください", **network.acting("k-north"))
    assert network.desk.draft(draft_id, network.member("m-yamada")).reason == "数値を入れてください"
    assert network.desk.revisions(()) == []


def test_whoever_an_organisation_without_a_cluster_was_assigned_to_decides_on_its_drafts(
    network: Network,
) -> None:
    row = MemberRow(row=1, id="m-abroad", role=Role.FIRM, organisations=("abroad",))
    network.desk.register_member(row, **network.acting("admin"))

    def suggests(text: str) -> str:
        change = {"change": Change.ADD, "text": text}
        return network.desk.suggest_profile("abroad", **change, **network.acting("m-abroad")).id

    draft_id = suggests(TEXT)
    assert network.told("profile-suggested") == {"staff"}
    with pytest.raises(NotAllowedError):
        network.desk.decide_draft(draft_id, True, **network.acting("k-north"))
    network.desk.assign("abroad", "k-north", **network.acting("staff"))
    suggests("海外でも据え付けられる")
    assert network.told("profile-suggested") == {"staff", "k-north"}
    assert len(network.desk.drafts(network.member("k-north"))) == 2
    assert network.desk.drafts(network.member("k-south")) == []
    network.desk.decide_draft(draft_id, True, **network.acting("k-north"))
    assert len(network.desk.revisions(())) == 1


def test_more_stages_are_passed_one_at_a_time(tmp_path: Path) -> None:
    network = Network(tmp_path / "home", rules=Rules(review_stages=("draft", "checked", "published")))
    draft_id = suggested(network)
    with pytest.raises(ReviewStateError):
        network.desk.decide_draft(draft_id, True, to="published", **network.acting("k-north"))
    network.desk.decide_draft(draft_id, True, to="checked", **network.acting("k-north"))
    assert network.desk.revisions(()) == []
    assert network.told("profile-decided") == set()
    assert network.desk.draft(draft_id, network.member("staff")).stage == "checked"
    # Whoever still looks at the first stage cannot publish what they have not seen.
    with pytest.raises(ReviewStateError):
        network.desk.decide_draft(draft_id, True, to="checked", **network.acting("k-north-2"))
    network.desk.decide_draft(draft_id, True, to="published", **network.acting("staff"))
    assert len(network.desk.revisions(())) == 1


def test_what_was_decided_is_not_decided_again(network: Network) -> None:
    draft_id, done = suggested(network), network.acting("k-north")
    network.desk.decide_draft(draft_id, True, **done)
    assert network.desk.decide_draft(draft_id, True, **done).is_repeated
    with pytest.raises(AlreadyHandledError) as raised:
        network.desk.decide_draft(draft_id, False, reason="違う", **network.acting("k-north-2"))
    assert "公開" in user_message(raised.value, Texts("ja"))
    assert network.n_events("ProfileChangePublished") == 1


def test_the_same_suggestion_delivered_twice_is_one_draft(network: Network) -> None:
    said = network.acting("m-yamada")
    first = network.desk.suggest_profile("yamada", Change.ADD, text=TEXT, **said)
    again = network.desk.suggest_profile("yamada", Change.ADD, text=TEXT, **said)
    assert (again.id, again.is_repeated) == (first.id, True)
    assert network.n_events("ProfileChangeSuggested") == 1


def test_others_neither_suggest_nor_see_nor_decide(network: Network) -> None:
    draft_id = suggested(network)
    with pytest.raises(NotAllowedError):
        network.desk.suggest_profile("tanaka", Change.ADD, text=TEXT, **network.acting("m-yamada"))
    with pytest.raises(NotAllowedError):
        network.desk.draft(draft_id, network.member("m-tanaka"))
    assert network.desk.drafts(network.member("m-tanaka"), with_closed=True) == []
    for who in ("m-yamada", "k-south"):
        with pytest.raises(NotAllowedError):
            network.desk.decide_draft(draft_id, True, **network.acting(who))
    with pytest.raises(UnknownRecordError):
        network.desk.decide_draft("draft-99", True, **network.acting("k-north"))


def test_whoever_is_employed_by_the_organisation_does_not_approve_what_it_says(network: Network) -> None:
    row = MemberRow(row=0, id="k-own", role=Role.COORDINATOR, clusters=(NORTH,), employer="yamada")
    network.desk.register_member(row, **network.acting("staff"))
    with pytest.raises(ConflictError):
        network.desk.decide_draft(suggested(network), True, **network.acting("k-own"))


def test_the_text_of_a_draft_goes_with_the_person_who_wrote_it(network: Network, tmp_path: Path) -> None:
    draft_id = suggested(network, "忘却太郎が溶接します")
    network.desk.erase("m-yamada", **network.acting("admin"))
    assert network.desk.draft(draft_id, network.member("staff")).text == ""
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert "忘却太郎".encode() not in kept
    # What nobody can read any more cannot become public, whoever approves it.
    network.desk.decide_draft(draft_id, True, **network.acting("k-north"))
    assert network.desk.revisions(()) == []
    assert network.desk.verify(network.member("admin")).is_intact


def test_the_read_models_come_out_equal_when_they_are_made_again(network: Network) -> None:
    network.desk.decide_draft(suggested(network), True, **network.acting("k-north"))
    suggested(network)
    assert network.desk.rebuild(network.member("admin"), progress=lambda *_: None).is_equal


# --- Needs of others ---


def saved(network: Network, organisation_id: str, text: str) -> str:
    by = network.acting(f"m-{organisation_id}")
    return network.desk.save_need(organisation_id, text, Purpose.SALES, **by).id


def test_of_the_needs_of_others_only_what_is_made_of_them_is_told(network: Network) -> None:
    saved(network, "yamada", "自分のニーズ")
    saved(network, "suzuki", "鈴木のニーズ")
    saved(network, "tanaka", "田中のニーズ")
    network.desk.close_need(saved(network, "tanaka", "終えたニーズ"), **network.acting("m-tanaka"))
    who = network.member("m-yamada")
    assert network.desk.reduce_needs("yamada", who, len) == 2
    network.desk.never_introduce("tanaka", "yamada", **network.acting("m-tanaka"))
    assert network.desk.reduce_needs("yamada", who, list) == ["鈴木のニーズ"]
    with pytest.raises(NotAllowedError):
        network.desk.reduce_needs("suzuki", who, len)
