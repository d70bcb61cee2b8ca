"""The simulation: an invented network in a sample ledger, by the desk's rules."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from corpus.bundled import clusters
from corpus.sample import sample_profiles
from matchbot.clocks import SetClock
from matchbot.correspondence import Correspondence
from matchbot.desk import Office
from matchbot.directory import Listed, listed_as
from matchbot.errors import SimulationError
from matchbot.following import Followed
from matchbot.introductions.cases import fold
from matchbot.introductions.words import State
from matchbot.ledger import Ledger
from matchbot.participation import VisitLinked, VisitLogged
from matchbot.readmodels.files import ReadModels
from matchbot.rules import Rules
from matchbot.simulation import FIRST_DAY, FixedDirectory, Simulated, simulate
from matchbot.workdays import is_working_day
from small_network import MONDAY

SCALE, YEARS = 0.05, 0.35
CREATED = datetime(2006, 4, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def listed() -> list[Listed]:
    profiles = sample_profiles(clusters(), scale=SCALE, seed=1, as_of=date(2006, 4, 1))
    return [listed_as(profile) for profile in profiles]


def office_in(folder: Path, listed: list[Listed], *, is_sample: bool = True) -> Office:
    folder.mkdir(exist_ok=True)
    return Office(
        ledger=Ledger.create(folder, is_sample=is_sample, created_at=CREATED, draw=Random(7).randbytes),
        models=ReadModels(folder / "readmodels.db"),
        correspondence=Correspondence(folder / "correspondence.db"),
        directory=FixedDirectory(listed),
        rules=Rules(),
        clock=SetClock(MONDAY),
        mask_key=b"key",
    )


def lived(
    office: Office, listed: list[Listed], *, seed: int = 1, years: float = YEARS, scale: float = SCALE
) -> Simulated:
    return simulate(office, listed, years=years, seed=seed, scale=scale, progress=lambda *_: None)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, listed: list[Listed]) -> Iterator[Office]:
    office = office_in(tmp_path_factory.mktemp("simulated"), listed)
    yield office
    office.ledger.close()


@pytest.fixture(scope="module")
def result(office: Office, listed: list[Listed]) -> Simulated:
    return lived(office, listed)


@pytest.fixture(scope="module")
def cases(office: Office, result: Simulated) -> list[Followed]:
    with office.ledger.read() as unit, office.models.read(unit.events) as models:
        return [
            followed
            for id in models.case_ids(is_everybody=True, with_closed=True)
            if (followed := models.case(id)) is not None
        ]


def test_the_chain_of_a_simulated_ledger_is_intact(office: Office, result: Simulated) -> None:
    assert office.ledger.verify(result.head).is_intact
    assert result.head.seq == result.n_events


def test_its_read_models_come_out_of_the_events_again(office: Office, result: Simulated) -> None:
    with office.ledger.unit() as unit:
        rebuilt = office.models.rebuild(unit.events, progress=lambda *_: None)
    assert (rebuilt.n_events, rebuilt.differing) == (result.n_events, ())


def test_every_case_is_what_its_events_say(office: Office, cases: list[Followed]) -> None:
    with office.ledger.read() as unit:
        for followed in cases:
            stream = unit.events.read(f"case:{followed.case.id}")
            assert fold(recorded.event for recorded in stream) == followed.case


def test_what_is_remembered_of_past_requests_is_what_the_rows_say(
    office: Office, result: Simulated, listed: list[Listed]
) -> None:
    ids, since = [one.id for one in listed], FIRST_DAY
    with office.ledger.unit() as unit, office.models.unit(unit.events) as models:
        remembered = models.past_requests(ids, since=since)
    afresh = ReadModels(office.models.file)
    with office.ledger.read() as unit, afresh.read(unit.events) as models:
        assert remembered == models.past_requests(ids, since=since) != []


def test_the_funnel_is_plausible(result: Simulated, cases: list[Followed]) -> None:
    states = Counter(followed.case.state for followed in cases)
    assert result.n_cases == len(cases)
    assert result.n_introductions == states[State.INTRODUCED]
    assert 0.25 < states[State.INTRODUCED] / len(cases) < 0.55
    assert 0.05 < states[State.DECLINED] / len(cases) < 0.25
    assert 0.1 < states[State.EXPIRED] / len(cases) < 0.4
    assert states[State.REFUSED]
    assert states[State.WITHDRAWN]


def test_about_six_in_ten_of_those_asked_by_others_say_yes(office: Office, result: Simulated) -> None:
    with office.ledger.read() as unit:
        events = [recorded.event for recorded in unit.events.read_all() if recorded.stream[:5] == "case:"]
    asked = {(e.case_id, e.organisation_id) for e in events if type(e).__name__ == "PartyAsked"}
    yes = {(e.case_id, e.organisation_id) for e in events if type(e).__name__ == "ConsentGiven"} & asked
    no = {(e.case_id, e.organisation_id) for e in events if type(e).__name__ == "ConsentRefused"}
    assert 0.5 < len(yes) / len(yes | no) < 0.75


def test_about_three_in_ten_visits_lead_to_a_need_or_a_proposal(office: Office, result: Simulated) -> None:
    with office.ledger.read() as unit:
        events = [recorded.event for recorded in unit.events.read_all()]
    visits = {event.visit_id for event in events if isinstance(event, VisitLogged)}
    linked = [event for event in events if isinstance(event, VisitLinked)]
    led_to_needs = {event.visit_id for event in linked if event.need_id}
    led_to_cases = {event.visit_id for event in linked if event.case_id}
    assert led_to_needs
    assert led_to_cases
    assert not led_to_needs & led_to_cases
    assert 0.15 < len(led_to_needs | led_to_cases) / len(visits) < 0.4


def test_nobody_acts_on_a_day_off_or_before_opening(office: Office, result: Simulated) -> None:
    with office.ledger.read() as unit:
        times = [recorded.recorded_at.astimezone(MONDAY.tzinfo) for recorded in unit.events.read_all()]
    assert all(is_working_day(time.date()) for time in times if time.date() > FIRST_DAY)
    assert times == sorted(times)
    assert min(time.hour for time in times) >= 8


def test_the_messages_count_as_sent(office: Office, result: Simulated) -> None:
    with office.ledger.read() as unit:
        unsent = list(unit.outbox.unsent())
    assert all(message.not_before.date() >= result.last_day for message in unsent)


def test_the_same_seed_gives_the_same_head_and_another_seed_another(
    tmp_path: Path, listed: list[Listed]
) -> None:
    def head(folder: str, seed: int) -> str:
        office = office_in(tmp_path / folder, listed)
        return str(lived(office, listed, seed=seed, years=0.05, scale=0.02).head)

    assert head("one", 1) == head("two", 1) != head("three", 2)


def test_over_two_years_introductions_lead_to_outcomes_surveys_and_handovers(
    tmp_path: Path, listed: list[Listed]
) -> None:
    office = office_in(tmp_path / "years", listed)
    lived(office, listed, years=2, scale=0.01)
    with office.ledger.read() as unit, office.models.read(unit.events) as models:
        tallies = models.tallies()
    expected = {
        "FollowUpAnswered", "FollowUpUnanswered", "MeetingReported", "ProgressRecorded", "OutcomeClaimed",
        "OutcomeRecorded", "SurveySent", "SurveyAnswered", "MemberLeft", "CaseHandedOver", "VisitLogged",
        "PartnersShown", "OutsideIntroductionLogged", "AnswerDeferred",
    }  # fmt: skip
    assert expected <= tallies.keys()


def test_some_new_businesses_have_a_document_and_others_none(office: Office, result: Simulated) -> None:
    with office.ledger.read() as unit, office.models.read(unit.events) as models:
        rows = models.connection.execute(
            "SELECT evidence, COUNT(*) FROM outcomes WHERE kind = 'new_business' GROUP BY evidence"
        ).fetchall()
    n = dict(rows)
    assert 0.2 < n["A"] / sum(n.values()) < 0.5


def test_nothing_happened_before_the_first_day(office: Office, result: Simulated) -> None:
    with office.ledger.read() as unit, office.models.read(unit.events) as models:
        (earliest,) = models.connection.execute(
            "SELECT MIN(day) FROM (SELECT day FROM fact_steps UNION SELECT day FROM fact_cases)"
        ).fetchone()
    assert date.fromisoformat(earliest) >= FIRST_DAY


def test_a_real_ledger_is_refused(tmp_path: Path, listed: list[Listed]) -> None:
    office = office_in(tmp_path / "real", listed, is_sample=False)
    with pytest.raises(SimulationError) as refusal:
        lived(office, listed)
    assert refusal.value.facts["reason"] == "real-ledger"
    assert office.ledger.head().seq == 0


def test_a_ledger_with_anything_in_it_is_refused(
    office: Office, result: Simulated, listed: list[Listed]
) -> None:
    with pytest.raises(SimulationError) as refusal:
        lived(office, listed)
    assert refusal.value.facts["reason"] == "ledger-in-use"
    assert office.ledger.head() == result.head


def test_a_network_without_firms_is_refused(tmp_path: Path, listed: list[Listed]) -> None:
    with pytest.raises(SimulationError) as refusal:
        lived(office_in(tmp_path / "empty", []), [])
    assert refusal.value.facts["reason"] == "no-sample-firms"
