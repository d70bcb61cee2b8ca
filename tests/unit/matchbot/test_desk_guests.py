"""Who writes in Slack: members by their user id, guests, and the organisations they say to belong to."""

from pathlib import Path

import pytest

from matchbot.errors import (
    AlreadyHandledError,
    NotAllowedError,
    RowFault,
    SampleError,
    SlackIdTakenError,
    UnknownOrganisationError,
    UnknownRecordError,
    user_message,
)
from matchbot.members import MATCHBOT, Member, MemberRow, read_members
from matchbot.need import Purpose
from matchbot.policy import Role
from matchbot.rows import RowRejection
from matchbot.texts import Texts
from small_network import Network


def guest(network: Network, slack_id: str = "U0GUEST", **facts: object) -> Member:
    return network.desk.welcome(slack_id, key=network.key(), **facts)


def claimed(network: Network, organisation_id: str = "tanaka") -> str:
    """A guest who says to belong to an organisation, by id."""
    newcomer = guest(network)
    network.desk.claim_organisation(organisation_id, by=newcomer, key=network.key())
    return newcomer.id


# --- By their user id in Slack ---


def test_a_member_is_found_by_their_user_id(network: Network) -> None:
    assert network.desk.member_in_slack("U-yamada") == network.member("m-yamada")
    assert network.desk.member_in_slack("U-nobody") is None
    # Many are not in Slack; none of them is who has no user id.
    assert network.desk.member_in_slack("") is None


def test_whoever_has_left_is_found_no_more(network: Network) -> None:
    network.desk.remove_member("m-yamada", **network.acting("staff"))
    assert network.desk.member_in_slack("U-yamada") is None


def test_two_members_cannot_be_one_user_of_slack(network: Network) -> None:
    row = MemberRow(row=0, id="m-other", role=Role.FIRM, organisations=("sato",), slack_id="U-yamada")
    with pytest.raises(SlackIdTakenError) as raised:
        network.desk.register_member(row, **network.acting("staff"))
    assert raised.value.facts == {"id": "U-yamada", "member": "m-yamada"}


def test_a_column_of_user_ids_or_of_yes_and_no_is_read(tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text("id,role,slack\nhanako,firm,U0HANAKO\nU0TARO,firm,○\njiro,firm,いいえ\nshiro,firm,?\n")
    rows = list(read_members(file))
    assert [row.slack_id for row in rows if isinstance(row, MemberRow)] == ["U0HANAKO", "U0TARO", ""]
    assert rows[-1] == RowRejection("members.csv", 5, "slack", "?", RowFault.SLACK_ID)


# --- Welcome ---


def test_who_is_nobodys_member_is_welcomed_as_a_guest_with_nothing_to_speak_for(network: Network) -> None:
    newcomer = guest(network, name="新人", mail="new@tanaka.example")
    assert (newcomer.id, newcomer.role, newcomer.organisations) == ("U0GUEST", Role.FIRM, ())
    assert newcomer.is_guest
    assert newcomer.is_in_slack
    assert network.desk.member_in_slack("U0GUEST") == newcomer


def test_who_writes_again_is_who_they_were(network: Network) -> None:
    newcomer = guest(network)
    n_events = network.n_events("MemberRegistered")
    assert guest(network, name="別の名前") == newcomer
    assert guest(network, "U-yamada") == network.member("m-yamada")
    assert network.n_events("MemberRegistered") == n_events


def test_a_message_that_is_delivered_twice_welcomes_once(network: Network) -> None:
    first = network.desk.welcome("U0GUEST", key="message:1", name="新人")
    assert network.desk.welcome("U0GUEST", key="message:1", name="新人") == first
    assert network.n_events("MemberRegistered") == len(network.desk.members(MATCHBOT))


def outside_slack(network: Network, *ids: str, mail: str) -> None:
    for id in ids:
        row = MemberRow(row=0, id=id, role=Role.FIRM, organisations=("sato",), mail=mail)
        network.desk.register_member(row, **network.acting("staff"))


def test_a_registered_member_is_known_by_the_mail_address_of_their_profile(network: Network) -> None:
    outside_slack(network, "m-sato", mail="sato@sato.example")
    member = guest(network, mail="Sato@Sato.example", link_mail=True)
    assert (member.id, member.slack_id, member.organisations) == ("m-sato", "U0GUEST", ("sato",))


def test_a_mail_address_links_only_where_that_was_said(network: Network) -> None:
    outside_slack(network, "m-sato", mail="sato@sato.example")
    assert guest(network, mail="sato@sato.example").is_guest


def test_a_mail_address_of_two_members_or_of_one_in_slack_links_nobody(network: Network) -> None:
    outside_slack(network, "m-sato", "m-sato-2", mail="sato@sato.example")
    assert guest(network, mail="sato@sato.example", link_mail=True).is_guest
    assert guest(network, "U0OTHER", mail="hanako@yamada.example", link_mail=True).is_guest
    assert guest(network, "U0NOMAIL", link_mail=True).is_guest


def test_a_guest_who_turns_out_to_be_a_member_is_one_person_from_then_on(network: Network) -> None:
    guest(network)
    row = MemberRow(row=0, id="m-sato", role=Role.FIRM, organisations=("sato",), slack_id="U0GUEST")
    network.desk.register_member(row, **network.acting("staff"))
    found = network.desk.member_in_slack("U0GUEST")
    assert found is not None
    assert found.id == "m-sato"
    assert network.member("U0GUEST").has_left


def test_a_guest_asks_for_no_introduction_and_sees_no_case(network: Network) -> None:
    case_id, newcomer = network.requested(), guest(network)
    for attempt in (
        lambda: network.desk.request("tanaka", ["sato"], purpose=Purpose.SALES, by=newcomer, key="1"),
        lambda: network.desk.save_need("tanaka", "需要", Purpose.SALES, by=newcomer, key="2"),
        lambda: network.desk.case(case_id, newcomer),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    assert network.desk.cases(newcomer, with_closed=True) == []


def test_nothing_is_left_of_the_name_of_a_guest_who_is_erased(network: Network, tmp_path: Path) -> None:
    newcomer = guest(network, name="名無権兵衛", mail="gonbei@tanaka.example")
    network.desk.claim_organisation("tanaka", by=newcomer, key=network.key())
    assert network.desk.erase(newcomer.id, **network.acting("admin")).n_texts == 2
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert "名無権兵衛".encode() not in kept
    assert b"gonbei" not in kept
    assert network.desk.verify(network.member("admin")).is_intact
    # What they said is not decided any more, and who writes anew is a new guest.
    with pytest.raises(AlreadyHandledError):
        network.desk.confirm_claim(newcomer.id, **network.acting("k-north"))
    assert guest(network).claims == ""


# --- To whom a guest belongs ---


def test_the_coordinators_of_the_home_cluster_are_told_whom_a_guest_belongs_to(network: Network) -> None:
    member_id = claimed(network)
    assert network.member(member_id).claims == "tanaka"
    assert network.told("claimed") == {"k-north", "k-north-2"}
    assert all(
        message.payload == {"member_id": member_id, "organisation_id": "tanaka"}
        for message in network.unsent()
        if message.kind == "claimed"
    )


def test_where_no_cluster_is_the_home_the_staff_is_told_and_decides(network: Network) -> None:
    member_id = claimed(network, "abroad")
    assert network.told("claimed") == {"staff"}
    with pytest.raises(NotAllowedError):
        network.desk.confirm_claim(member_id, **network.acting("k-north"))
    network.desk.confirm_claim(member_id, **network.acting("staff"))
    assert network.member(member_id).organisations == ("abroad",)


def test_a_confirmed_guest_speaks_for_the_organisation_and_is_told(network: Network) -> None:
    member_id = claimed(network)
    network.desk.confirm_claim(member_id, **network.acting("k-north"))
    member = network.member(member_id)
    assert (member.organisations, member.claims) == (("tanaka",), "")
    assert network.told("claim-confirmed") == {member_id}
    receipt = network.desk.request("tanaka", ["sato"], purpose=Purpose.SALES, by=member, key="request")
    assert receipt.id.startswith("c-")


def test_a_rejected_guest_stays_one_is_told_and_may_choose_again(network: Network) -> None:
    member_id = claimed(network)
    network.desk.reject_claim(member_id, **network.acting("k-north"))
    assert (network.member(member_id).organisations, network.member(member_id).claims) == ((), "")
    assert network.told("claim-rejected") == {member_id}
    network.desk.claim_organisation("suzuki", **network.acting(member_id))
    assert network.member(member_id).claims == "suzuki"


@pytest.mark.parametrize("late", ["confirm_claim", "reject_claim"])
def test_of_two_who_decide_the_second_is_told_who_was_first(network: Network, late: str) -> None:
    member_id = claimed(network)
    network.desk.confirm_claim(member_id, **network.acting("k-north"))
    with pytest.raises(AlreadyHandledError) as raised:
        getattr(network.desk, late)(member_id, **network.acting("k-north-2"))
    assert raised.value.facts["member"] == "k-north"
    assert user_message(raised.value, Texts("ja")) == (
        f"{member_id} は k-north さんが対応済みです（所属の確認）。"
    )
    assert network.n_events("ClaimConfirmed") == 1
    assert network.n_events("ClaimRejected") == 0


def test_one_click_that_arrives_twice_decides_once(network: Network) -> None:
    member_id, click = claimed(network), network.acting("k-north")
    assert not network.desk.confirm_claim(member_id, **click).is_repeated
    assert network.desk.confirm_claim(member_id, **click).is_repeated
    assert network.n_events("ClaimConfirmed") == 1


def test_a_claim_said_twice_is_one_and_another_replaces_it(network: Network) -> None:
    member_id = claimed(network)
    network.desk.claim_organisation("tanaka", **network.acting(member_id))
    assert network.n_events("OrganisationClaimed") == 1
    network.desk.claim_organisation("yamada", **network.acting(member_id))
    with pytest.raises(AlreadyHandledError) as raised:
        network.desk.confirm_claim(member_id, organisation_id="tanaka", **network.acting("k-north"))
    assert raised.value.facts["member"] == member_id
    network.desk.confirm_claim(member_id, organisation_id="yamada", **network.acting("k-north"))
    assert network.member(member_id).organisations == ("yamada",)


@pytest.mark.parametrize("decide", ["confirm_claim", "reject_claim"])
def test_nobody_decides_for_a_guest_of_others_nor_for_who_claims_nothing(
    network: Network, decide: str
) -> None:
    member_id = claimed(network)
    with pytest.raises(NotAllowedError):
        getattr(network.desk, decide)(member_id, **network.acting("k-south"))
    with pytest.raises(UnknownRecordError):
        getattr(network.desk, decide)("m-suzuki", **network.acting("k-south"))


def test_a_guest_cannot_choose_what_is_masked_invented_or_unknown(network: Network) -> None:
    newcomer = guest(network)
    for organisation_id, refusal in (
        ("secret", UnknownOrganisationError),
        ("invented", SampleError),
        ("nowhere", UnknownOrganisationError),
    ):
        with pytest.raises(refusal):
            network.desk.claim_organisation(organisation_id, by=newcomer, key=network.key())


def test_who_speaks_for_an_organisation_chooses_no_other(network: Network) -> None:
    with pytest.raises(NotAllowedError) as raised:
        network.desk.claim_organisation("tanaka", **network.acting("m-yamada"))
    assert raised.value.facts["reason"] == "not-a-guest"


# --- Language ---


def test_everybody_chooses_the_language_they_are_written_to_in(network: Network) -> None:
    for member_id in ("m-yamada", "k-north", "evaluator", "admin"):
        network.desk.choose_language("en", **network.acting(member_id))
        assert network.member(member_id).language == "en"
    network.desk.choose_language("", **network.acting("m-yamada"))
    assert network.member("m-yamada").language == ""


def test_a_language_there_is_not_is_a_mistake_of_the_caller(network: Network) -> None:
    with pytest.raises(ValueError, match="fr"):
        network.desk.choose_language("fr", **network.acting("m-yamada"))


def test_a_language_outlives_a_new_registration(network: Network) -> None:
    network.desk.choose_language("en", **network.acting("m-yamada"))
    row = MemberRow(row=0, id="m-yamada", role=Role.FIRM, organisations=("yamada",), slack_id="U-yamada")
    network.desk.register_member(row, **network.acting("staff"))
    assert network.member("m-yamada").language == "en"


def test_the_read_models_of_guests_come_out_the_same_from_the_events_alone(network: Network) -> None:
    network.desk.confirm_claim(claimed(network), **network.acting("k-north"))
    assert network.desk.rebuild(network.member("admin"), progress=lambda *_: None).is_equal
