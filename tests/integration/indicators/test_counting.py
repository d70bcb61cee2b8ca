"""Small ledgers counted: what is known, as known when, and who may see it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from corpus.records import Membership, MembershipRole
from matchbot.aftermath.outcomes import Certainty, OutcomeKind
from matchbot.aftermath.reports import MeetingForm
from matchbot.desk import Claim, Counted
from matchbot.errors import NotAllowedError, UnknownRecordError
from matchbot.indicators import FIGURES, Breakdown, FixedNetwork, Group, Period, Question, Value
from matchbot.introductions.words import Means
from matchbot.members import MATCHBOT
from matchbot.need import Purpose
from matchbot.reporting.tables import Reader
from matchbot.texts import Texts
from matchbot.wording import Wording
from small_network import JST, MONDAY, NORTH, ORGANISATIONS, SOUTH, Network

YEAR = Period.fiscal_year(2026)
LAID_OUT = "SELECT name FROM temp.sqlite_schema WHERE type = 'table'"
NETWORK = FixedNetwork(
    [
        Membership(each.id, each.home_cluster, MembershipRole.HOME, date(2026, 4, 1), MONDAY)
        for each in ORGANISATIONS
        if each.home_cluster and not each.is_sample
    ],
    {each.id: each.kind for each in ORGANISATIONS},
    masked=frozenset(each.id for each in ORGANISATIONS if each.is_masked),
)


def introduce(network: Network, *parties: str, need_id: str = "") -> str:
    coordinator = "k-north"
    return network.desk.log_outside(
        list(parties), made_on=MONDAY.date(), means=Means.FAIR, purpose=Purpose.SALES, need_id=need_id,
        **network.acting(coordinator),
    ).id  # fmt: skip


def ask(network: Network, *by: Breakdown, as_of: datetime | None = None, who: str = "staff") -> Counted:
    question = Question(period=YEAR, as_of=as_of or network.clock.now(), breakdowns=by)
    return network.desk.indicators(question, NETWORK, network.member(who))


def value(counted: Counted, figure: str, by: str = "", part: str = "", flag: str = "") -> Value:
    (found,) = (
        v
        for v in counted.values
        if (v.figure, v.by, v.part) == (figure, by, part) and (not flag or flag in v.flags)
    )
    return found


def test_three_introductions_of_one_pair_are_three_events_and_one_pair(network: Network) -> None:
    for text in ("塗装の相手", "検査の相手", "金型の相手"):
        need = network.desk.enter_need("yamada", text, Purpose.SALES, **network.acting("k-north")).id
        introduce(network, "yamada", "suzuki", need_id=need)
    counted = ask(network)
    assert (value(counted, "I05").n, value(counted, "I05").distinct) == (3, 1)
    assert value(counted, "I06").value == 1


def test_parts_add_up_to_more_than_the_total_where_clusters_meet(network: Network) -> None:
    introduce(network, "yamada", "suzuki")
    introduce(network, "yamada", "tanaka")
    counted = ask(network, Breakdown.CLUSTER, Breakdown.PAIR)
    assert value(counted, "I05").value == 2
    assert value(counted, "I05", "cluster", NORTH).value == 2
    assert value(counted, "I05", "cluster", SOUTH).value == 1
    assert value(counted, "I05", "pair", f"{NORTH} {SOUTH}").value == 1


def test_yesterdays_number_comes_out_again_after_a_correction(network: Network) -> None:
    case_id = introduce(network, "yamada", "suzuki")
    yesterday = network.clock.now()
    network.clock.at += timedelta(days=1)
    network.desk.reverse(case_id, reason="二重の登録", **network.acting("staff"))
    assert value(ask(network), "I05").value == 0
    assert value(ask(network, as_of=yesterday), "I05").value == 1


def test_memberships_recorded_later_are_not_known_earlier(network: Network) -> None:
    later = replace(NETWORK.statements[0], recorded_at=MONDAY + timedelta(days=3))
    corpus = replace(NETWORK, statements=[later, *NETWORK.statements[1:]])
    question = Question(period=YEAR, as_of=MONDAY, group=Group.PROGRAMME)
    staff = network.member("staff")
    before = network.desk.indicators(question, corpus, staff)
    after = network.desk.indicators(replace(question, as_of=MONDAY + timedelta(days=4)), corpus, staff)
    assert value(after, "I01").value - value(before, "I01").value == 1


def test_a_deal_that_only_the_coordinator_tells_of_stands_beside_the_headline(network: Network) -> None:
    network.desk.record_outcome(
        OutcomeKind.DEAL,
        ["yamada", "suzuki"],
        on=MONDAY.date(),
        certainty=Certainty.CONFIRMED,
        **network.acting("k-north"),
    )
    deals = value(ask(network), "I09a", flag="confirmed")
    assert (deals.value, deals.weaker) == (0, 1)


def test_by_evidence_every_level_is_told_that_the_headline_leaves_out_too(network: Network) -> None:
    for document, other in (("契約書", "suzuki"), ("", "sato"), ("", "tanaka")):
        network.desk.record_outcome(
            OutcomeKind.DEAL,
            ["yamada", other],
            on=MONDAY.date(),
            certainty=Certainty.CONFIRMED,
            claim=Claim(document=document),
            **network.acting("k-north"),
        )
    counted = ask(network, Breakdown.EVIDENCE)
    assert value(counted, "I09a", flag="confirmed").value == 1
    levels = {v.part: v.value for v in counted.values if (v.figure, v.by) == ("I09a", "evidence")}
    assert levels == {"A": 1, "D": 2}


def test_what_stands_behind_a_number_has_its_own_day_and_says_whether_it_is_expected(
    network: Network,
) -> None:
    for certainty, other, on in ((Certainty.CONFIRMED, "suzuki", 0), (Certainty.EXPECTED, "sato", 9)):
        network.desk.record_outcome(
            OutcomeKind.DEAL,
            ["yamada", other],
            on=MONDAY.date() + timedelta(days=on),
            certainty=certainty,
            claim=Claim(document="契約書"),
            **network.acting("k-north"),
        )
    question = Question(period=YEAR, as_of=network.clock.now())
    with network.desk.evaluation(NETWORK, MATCHBOT) as asked:
        rows = asked.opened("I09a", question)
    assert [(row.day, row.certainty) for row in rows] == [
        (MONDAY.date(), "confirmed"),
        (MONDAY.date() + timedelta(days=9), "expected"),
    ]
    reader = Reader(Texts("ja"), Wording(Texts("ja"), dict))
    assert [reader.marks(row) for row in rows] == ["確定", "見込み"]


def test_what_is_expected_is_never_added_to_what_is_confirmed(network: Network) -> None:
    for certainty, other in ((Certainty.CONFIRMED, "suzuki"), (Certainty.EXPECTED, "sato")):
        network.desk.record_outcome(
            kind=OutcomeKind.DEAL,
            organisations=["yamada", other],
            on=MONDAY.date(),
            certainty=certainty,
            claim=Claim(document="契約書"),
            **network.acting("k-north"),
        )
    counted = ask(network)
    assert value(counted, "I09a", flag="confirmed").value == 1
    assert value(counted, "I09a", flag="expected").value == 1


def test_a_meeting_that_both_report_counts_and_a_second_one_is_an_event_more(network: Network) -> None:
    case_id = introduce(network, "yamada", "suzuki")
    network.clock.at += timedelta(days=3)
    for who, met_on in (("m-yamada", 2), ("m-suzuki", 2), ("m-yamada", 3)):
        network.desk.record_meeting(
            case_id,
            met_on=MONDAY.date() + timedelta(days=met_on - 1),
            form=MeetingForm.ONLINE,
            organisation_id=who.removeprefix("m-"),
            **network.acting(who),
        )
    met = value(ask(network), "I08")
    assert (met.value, met.n) == (1, 2)


def test_every_number_opens_to_as_many_rows_with_masked_names(network: Network) -> None:
    introduce(network, "yamada", "secret")
    introduce(network, "yamada", "suzuki")
    question = Question(period=YEAR, as_of=network.clock.now())
    with network.desk.evaluation(NETWORK, network.member("evaluator")) as asked:
        rows = asked.opened("I05", question)
    assert len(rows) == value(ask(network), "I05").n == 2
    assert "secret" not in " ".join(id for row in rows for id in row.organisations)


def test_a_part_opens_to_its_rows_alone(network: Network) -> None:
    introduce(network, "yamada", "suzuki")
    introduce(network, "yamada", "tanaka")
    question = Question(period=YEAR, as_of=network.clock.now(), breakdowns=(Breakdown.CLUSTER,))
    with network.desk.evaluation(NETWORK, MATCHBOT) as asked:
        rows = asked.opened("I05", question, part=SOUTH)
    assert [set(row.organisations) for row in rows] == [{"yamada", "suzuki"}]


def test_an_introduction_whose_consent_somebody_else_recorded_is_marked(network: Network) -> None:
    network.introduced()
    case_id = introduce(network, "yamada", "tanaka")
    question = Question(period=YEAR, as_of=network.clock.now())
    with network.desk.evaluation(NETWORK, MATCHBOT) as asked:
        rows = {row.case_id: row.is_attested for row in asked.opened("I05", question)}
    assert len(rows) == 2
    assert [id for id, is_attested in rows.items() if is_attested] == [case_id]


def test_a_figure_asked_for_alone_is_as_among_all_and_lays_out_what_it_needs_alone(
    network: Network,
) -> None:
    introduce(network, "yamada", "tanaka")
    network.desk.declare_tie(("yamada", "suzuki"), **network.acting("k-north"))
    everything = Question(period=YEAR, as_of=network.clock.now(), breakdowns=tuple(Breakdown))
    with network.desk.evaluation(NETWORK, MATCHBOT) as asked:
        together = asked.indicators(everything).values
    for id in FIGURES:
        with network.desk.evaluation(NETWORK, MATCHBOT) as asked:
            alone = asked.indicators(replace(everything, only=(id,))).values
        assert alone == [v for v in together if v.figure == id], id
    with network.desk.evaluation(NETWORK, MATCHBOT) as asked:
        asked.indicators(Question(period=YEAR, as_of=network.clock.now(), only=("I05",)))
        laid_out = {name for (name,) in asked._work.models.connection.execute(LAID_OUT)}
    assert {"introductions", "parties"} < laid_out
    assert not laid_out & {"cards", "outcomes", "surveys", "ties", "calendar"}


def test_a_figure_that_is_not_there_is_refused(network: Network) -> None:
    question = Question(period=YEAR, as_of=network.clock.now())
    with network.desk.evaluation(NETWORK, MATCHBOT) as asked, pytest.raises(UnknownRecordError):
        asked.opened("I99", question)


def test_a_coordinator_sees_its_own_part_and_the_staff_all(network: Network) -> None:
    introduce(network, "yamada", "suzuki")
    by = "coordinator"
    assert value(ask(network, Breakdown.COORDINATOR), "I05", by, "k-north").value == 1
    own = [v.part for v in ask(network, Breakdown.COORDINATOR, who="k-north").values if v.by == by]
    assert set(own) == {"k-north"}
    question = Question(period=YEAR, as_of=network.clock.now(), breakdowns=(Breakdown.COORDINATOR,))
    on_the_machine = network.desk.indicators(question, NETWORK, MATCHBOT)
    assert value(on_the_machine, "I05", by, "k-north").value == 1
    assert not [v for v in ask(network, Breakdown.COORDINATOR, who="k-south").values if v.by == by]


@pytest.mark.parametrize("who", ["evaluator", "admin"])
def test_nobody_else_sees_numbers_by_coordinator(network: Network, who: str) -> None:
    with pytest.raises(NotAllowedError):
        ask(network, Breakdown.COORDINATOR, who=who)


def test_before_members_were_recorded_what_is_counted_by_them_says_so(network: Network) -> None:
    def marked(as_of: datetime) -> set[str]:
        return {v.figure for v in ask(network, as_of=as_of).values if "before-members" in v.flags}

    by_members = {"I01", "I02", "I13a", "I13b", "I16", "I17", "I18a", "I19d", "I21a", "I26a"}
    by_events = {"I03", "I04", "I05", "I07", "I09a", "I14a", "I21d", "I24a", "I27", "I29a"}
    told = marked(MONDAY - timedelta(minutes=1))
    assert by_members <= told
    assert not by_events & told
    assert marked(MONDAY) == set()


def test_a_firm_sees_no_indicators(network: Network) -> None:
    with pytest.raises(NotAllowedError):
        ask(network, who="m-yamada")


def test_what_a_sample_ledger_counts_is_marked(tmp_path: Path) -> None:
    network = Network(tmp_path, is_sample=True)
    assert all("sample" in v.flags for v in ask(network).values)


def test_a_real_ledger_leaves_invented_organisations_out(network: Network) -> None:
    class WithInvented(FixedNetwork):
        def sample_ids(self) -> frozenset[str]:
            return frozenset(["yamada"])

    corpus = WithInvented(NETWORK.statements, NETWORK.kinds)
    question = Question(period=YEAR, as_of=datetime(2026, 6, 2, tzinfo=JST))
    counted = network.desk.indicators(question, corpus, network.member("staff"))
    assert value(counted, "I01").value == len(NETWORK.statements) - 1


def test_who_counts_leaves_nothing_in_the_way_of_the_desk(network: Network) -> None:
    """Connections are kept: tables to count in, which bear the names of read models, must not stay."""
    introduce(network, "yamada", "suzuki")
    ask(network, Breakdown.CLUSTER)
    case_id = introduce(network, "yamada", "tanaka")
    with network.ledger.read() as unit, network.models.read(unit.events) as models:
        assert models.connection.execute("SELECT COUNT(*) FROM temp.sqlite_schema").fetchone() == (0,)
    assert network.desk.case(case_id, network.member("staff")).id == case_id


def test_a_pair_that_is_new_twice_counts_with_the_case_of_its_first_date(network: Network) -> None:
    """After more than 36 months it is new again; the earlier introduction was put on record later."""
    years_ago = MONDAY.date() - timedelta(days=4 * 366)
    for made_on, purpose in ((MONDAY.date(), Purpose.SALES), (years_ago, Purpose.FUNDING)):
        network.clock.at += timedelta(hours=1)
        network.desk.log_outside(
            ["yamada", "suzuki"], made_on=made_on, means=Means.FAIR, purpose=purpose,
            **network.acting("k-north"),
        )  # fmt: skip
    question = Question(
        period=Period(years_ago, MONDAY.date()), as_of=network.clock.now(), breakdowns=(Breakdown.PURPOSE,)
    )
    counted = network.desk.indicators(question, NETWORK, network.member("staff"))
    parts = {v.part for v in counted.values if (v.figure, v.by) == ("I07", "purpose")}
    assert (value(counted, "I07").value, parts) == (1, {"funding"})


def test_a_visit_counts_for_the_coordinator_who_made_it_and_tells_whether_it_led_to_anything(
    network: Network,
) -> None:
    case_id = introduce(network, "yamada", "suzuki")
    day = MONDAY.date()
    network.desk.log_visit(["yamada", "tanaka"], on=day, **network.acting("k-north"))
    later = network.desk.log_visit(["yamada"], on=day, **network.acting("k-north-2"))
    network.desk.link_visit(later.id, case_id=case_id, **network.acting("k-north-2"))
    counted = ask(network, Breakdown.COORDINATOR)
    visits = value(counted, "I29a")
    assert (visits.value, visits.distinct) == (2 + 1, 2)
    assert value(counted, "I29a", "coordinator", "k-north").value == 2
    assert value(counted, "I29b").value == pytest.approx(100 * 1 / 3)
    assert value(counted, "I29b", "coordinator", "k-north-2").value == 100
    own = [
        v.part
        for v in ask(network, Breakdown.COORDINATOR, who="k-north").values
        if v.by and v.figure == "I29a"
    ]
    assert own == ["k-north"]
    load = network.desk.load(network.member("staff"))
    assert {row.member_id: row.n_visits for row in load} == {"k-north": 2, "k-north-2": 1}
