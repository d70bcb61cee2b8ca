"""The jobs on a real ledger: run as often as anybody likes, everything happens once."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path

from matchbot.aftermath.reports import CaseProgress
from matchbot.duties import TaskKind
from matchbot.following import PartyAnswer
from matchbot.introductions.words import Means, State
from matchbot.jobs import Jobs, Run
from matchbot.ledger import Message
from matchbot.need import Purpose
from matchbot.rules import Rules
from matchbot.workdays import OFFICE_ZONE, add_working_days
from small_network import MONDAY, Network

TODAY = MONDAY.date()
TUESDAY = TODAY + timedelta(days=1)


def run(network: Network, day: date, at: time = time(10), **facts: object) -> Run:
    network.clock.at = datetime.combine(day, at, OFFICE_ZONE)
    return Jobs(network.office, **facts).run()


def put(network: Network, kind: TaskKind) -> list[Message]:
    return [message for message in network.unsent() if message.kind == kind]


def test_run_twice_there_is_one_message(network: Network) -> None:
    network.requested()
    day = add_working_days(TODAY, 2)
    first, second = run(network, day), run(network, day)
    assert first.done == {TaskKind.REMINDER: 1, TaskKind.DIGEST: 2}  # one digest for each coordinator
    assert second.done == {}
    ids = Counter(message.id for message in network.unsent())
    assert set(ids.values()) == {1}
    assert {message.recipient for message in put(network, TaskKind.REMINDER)} == {"k-north", "k-north-2"}


def test_an_organisation_that_no_source_names_any_more_stops_nothing(network: Network) -> None:
    need = ("uni-south", "需要", Purpose.SALES)
    network.desk.enter_need(*need, wants_alerts=True, **network.acting("k-south"))
    for _ in range(3):
        asked = network.asked("uni-south")
        network.desk.record_asked(asked, "uni-south", means=Means.PHONE, **network.acting("k-south"))
    case_id = network.requested("sato", "uni-south")
    del network.directory.organisations["uni-south"]
    day = add_working_days(TODAY, 16)
    assert run(network, day, find=lambda text, owner: ["sato"]).done[TaskKind.EXPIRY] == 4
    assert TaskKind.DIGEST in run(network, add_working_days(day, 1), find=lambda text, owner: []).done
    names = {party.id: party.name for party in network.desk.case(case_id, network.member("staff")).parties}
    assert names == {"yamada": "株式会社yamada", "sato": "株式会社sato", "uni-south": "uni-south"}
    assert len(network.desk.cases(network.member("k-north"), with_closed=True)) == 4
    assert [each.organisation_id for each in network.desk.silent(network.member("staff"))] == ["uni-south"]


def test_a_message_that_was_sent_is_not_put_again(network: Network) -> None:
    network.requested()
    day = add_working_days(TODAY, 2)
    run(network, day)
    with network.ledger.unit() as unit:
        for message in network.unsent():
            unit.outbox.mark_sent(message.id, network.clock.now())
    assert run(network, day).done == {}
    assert not network.unsent()


def test_over_golden_week_a_case_is_reminded_of_escalated_and_expires_on_working_days(
    network: Network,
) -> None:
    network.clock.at = datetime(2026, 4, 28, 10, tzinfo=OFFICE_ZONE)  # 29 April, 3 to 6 May are holidays
    case_id = network.requested()
    done: dict[TaskKind, list[date]] = {}
    for n in range(31):
        day = date(2026, 4, 28) + timedelta(days=n)
        for kind in run(network, day).done:
            done.setdefault(kind, []).append(day)
    assert done[TaskKind.REMINDER] == [date(2026, 5, 1), date(2026, 5, 8)]
    assert done[TaskKind.ESCALATION] == [date(2026, 5, 11)]
    last = add_working_days(date(2026, 4, 28), 15)
    assert last == date(2026, 5, 25)  # 3 days until 1 May, 2 until 8 May, 10 in the two weeks after
    assert done[TaskKind.EXPIRY_NOTICE] == [date(2026, 5, 20)]
    assert done[TaskKind.EXPIRY] == [last + timedelta(days=1)]
    assert network.desk.case(case_id, network.member("staff")).state is State.EXPIRED
    assert not {day for day in done[TaskKind.DIGEST] if date(2026, 5, 2) <= day <= date(2026, 5, 6)}


def test_expiry_gives_the_request_back_and_tells_whoever_asked(network: Network) -> None:
    network.requested()
    left = network.desk.quotas("yamada", network.member("m-yamada"))["quota-open"].left
    run(network, add_working_days(TODAY, 15) + timedelta(days=1))
    again = network.desk.quotas("yamada", network.member("m-yamada"))["quota-open"].left
    assert again == left + 1
    assert "m-yamada" in network.told("expired")


def test_escalation_goes_to_the_deputy(network: Network) -> None:
    network.requested()
    run(network, add_working_days(TODAY, 5))
    assert network.told(TaskKind.ESCALATION) >= {"k-north-2"}


def test_outside_office_hours_nothing_is_put_but_what_expires_soon(network: Network) -> None:
    network.requested()
    evening = time(19)
    assert run(network, add_working_days(TODAY, 6), evening).done == {}
    soon = run(network, add_working_days(TODAY, 13), evening)
    assert soon.done == {TaskKind.EXPIRY_NOTICE: 1, TaskKind.REMINDER: 1, TaskKind.ESCALATION: 1}


def test_each_coordinator_gets_one_digest_a_day_at_nine(network: Network) -> None:
    network.requested()
    network.requested("sato")
    day = add_working_days(TODAY, 1)
    assert run(network, day, time(8, 59)).done == {}
    run(network, day, time(9))
    run(network, day, time(16))
    digests = put(network, TaskKind.DIGEST)
    assert sorted(message.recipient for message in digests) == ["k-north", "k-north-2"]
    assert len(digests[0].payload["cases"]) == 2


def test_both_parties_are_followed_up_and_silence_is_recorded(network: Network) -> None:
    case_id = network.introduced()
    assert run(network, TODAY + timedelta(days=13)).done == {}
    fortnight = TODAY + timedelta(days=14)
    assert run(network, fortnight).done == {TaskKind.FOLLOW_UP: 2}
    assert network.told(TaskKind.FOLLOW_UP) == {"m-yamada", "m-suzuki"}
    network.desk.answer_follow_up(
        case_id, "suzuki", days=14, progress=CaseProgress.CONTINUING, **network.acting("m-suzuki")
    )
    late = add_working_days(fortnight, 15) + timedelta(days=1)
    assert run(network, late).done == {TaskKind.UNANSWERED: 1}
    assert run(network, late).done == {}
    assert network.n_events("FollowUpUnanswered") == 1


def test_the_whole_calendar_is_asked_over_the_years(network: Network) -> None:
    network.introduced()
    asked: Counter[int] = Counter()
    for n in range(0, 1400, 5):
        before = {message.id for message in put(network, TaskKind.FOLLOW_UP)}
        run(network, TODAY + timedelta(days=n))
        asked.update(m.payload["n_days"] for m in put(network, TaskKind.FOLLOW_UP) if m.id not in before)
    assert asked == dict.fromkeys([14, 90, 180, 365, 730, 1095], 2)


def test_nobody_is_asked_about_what_was_given_up(network: Network) -> None:
    case_id = network.introduced()
    network.desk.record_progress(case_id, CaseProgress.GIVEN_UP, **network.acting("k-north"))
    assert run(network, TODAY + timedelta(days=14)).done == {}


def test_an_answer_given_between_looking_and_doing_overtakes_the_expiry(network: Network) -> None:
    case_id = network.asked()
    jobs = Jobs(network.office)
    network.clock.go_to(add_working_days(TODAY, 15) + timedelta(days=1))
    planned = jobs._due(network.clock.now())
    assert [task.kind for task in planned] == [TaskKind.EXPIRY]
    network.desk.refuse(case_id, "suzuki", **network.acting("m-suzuki"))
    assert not jobs._do(planned[0])
    assert network.desk.case(case_id, network.member("staff")).state is State.REFUSED


def test_a_new_partner_for_a_saved_need_is_told_once_and_counts_as_shown(network: Network) -> None:
    need = network.desk.save_need(
        "yamada", "土壌改良材", Purpose.RESEARCH, wants_alerts=True, **network.acting("m-yamada")
    )
    network.desk.show_partners(need.id, "yamada", ["suzuki"], **network.acting("m-yamada"))
    found = {"find": lambda text, owner: ["suzuki"] if text == "土壌改良材" else []}
    assert run(network, TUESDAY, **found).done == {}
    found = {"find": lambda text, owner: ["sato", "suzuki", owner]}
    assert run(network, TUESDAY, **found).done == {TaskKind.ALERT: 1}
    assert run(network, TUESDAY, **found).done == {}
    (alert,) = put(network, TaskKind.ALERT)
    assert (alert.recipient, alert.payload["partners"]) == ("m-yamada", ["sato"])
    assert network.n_events("PartnersShown") == 2


def test_no_alert_names_whom_its_owner_never_wants_to_meet(network: Network) -> None:
    network.desk.save_need(
        "yamada", "土壌改良材", Purpose.RESEARCH, wants_alerts=True, **network.acting("m-yamada")
    )
    network.desk.never_introduce("sato", "yamada", **network.acting("k-south"))
    network.desk.pause("suzuki", **network.acting("m-suzuki"))
    assert run(network, TUESDAY, find=lambda text, owner: ["sato", "suzuki"]).done == {}


def test_three_silences_pause_an_organisation_where_that_is_switched_on(tmp_path: Path) -> None:
    network = Network(tmp_path, rules=Rules(pauses_the_silent=True))
    for _ in range(3):
        network.asked()
    done = run(network, add_working_days(TODAY, 17)).done
    assert done[TaskKind.EXPIRY] == 3
    day = add_working_days(TODAY, 18)
    assert run(network, day).done[TaskKind.SILENCE] == 1
    assert network.told(TaskKind.SILENCE) >= {"m-suzuki", "k-south"}
    assert "suzuki" in network.desk.not_to_be_shown()
    network.desk.resume("suzuki", **network.acting("m-suzuki"))
    assert "suzuki" not in network.desk.not_to_be_shown()


def test_three_silences_are_listed_to_the_coordinator_otherwise(network: Network) -> None:
    for _ in range(3):
        network.asked()
    run(network, add_working_days(TODAY, 17))
    run(network, add_working_days(TODAY, 18))
    digests = [m for m in put(network, TaskKind.DIGEST) if m.payload["silent"]]
    assert [(message.recipient, message.payload["silent"]) for message in digests] == [
        ("k-south", ["suzuki"])
    ]
    assert "suzuki" not in network.desk.not_to_be_shown()


def test_a_party_outside_slack_is_pursued_through_its_coordinator(network: Network) -> None:
    case_id = network.asked("uni-south")
    network.desk.record_asked(case_id, "uni-south", means=Means.PHONE, **network.acting("k-south"))
    run(network, add_working_days(TODAY, 2))
    assert network.told(TaskKind.REMINDER) == {"k-south"}
    network.desk.record_answer(
        case_id, "uni-south", PartyAnswer.YES, means=Means.PHONE, **network.acting("k-south")
    )
    run(network, add_working_days(TODAY, 4))
    assert {message.payload["act"] for message in put(network, TaskKind.REMINDER)} == {"answer", "introduce"}


def test_the_chain_and_the_read_models_hold_after_the_jobs(network: Network) -> None:
    network.introduced()
    for n in range(0, 200, 7):
        run(network, TODAY + timedelta(days=n))
    assert network.ledger.verify().is_intact
    with network.ledger.unit() as unit:
        assert network.models.rebuild(unit.events, progress=lambda *_: None).is_equal
