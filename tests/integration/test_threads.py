"""Threads of a chat on the corpus and the ledger: kept, repeatable, and blind to what may not be seen."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from corpus.records import (
    Kind,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    Source,
)
from matchbot.bootstrap import build_service
from matchbot.config import Settings
from matchbot.conversation import Drop, More, Say, Search, ToggleKinds, Topic, Within
from matchbot.desk import OtherSide
from matchbot.errors import UnknownOrganisationError, UnknownRecordError
from matchbot.matchmaking import CARDS
from matchbot.members import MATCHBOT, Member, MemberRow
from matchbot.need import Purpose, Scope
from matchbot.policy import Role
from matchbot.ranking import Ranking
from matchbot.service import Reply, Service

SOURCE = Source("名簿", date(2026, 4, 1))
BEGIN = datetime(2026, 4, 1, tzinfo=UTC)
NEED = "真空蒸着の装置を探しています"
FIRMS, UNIVERSITIES, MASKED = 8, 2, 2


def profile(number: int, *, cluster: str, is_masked: bool = False, kind: Kind = Kind.FIRM) -> Profile:
    id = f"seed:{'masked' if is_masked else kind}-{number}"
    organisation = Organisation(id, f"北{number}工業", kind, SOURCE, is_masked=is_masked)
    passage = Passage(f"{id}:1", id, PassageType.CAPABILITY, f"真空蒸着の装置を{number}台もつ。", SOURCE)
    return Profile(
        organisation, (passage,), (Membership(id, cluster, MembershipRole.HOME, SOURCE.as_of, BEGIN),)
    )


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    service = build_service(
        # All say nearly the same here, so that hardly a word tells who has to do with a need.
        Settings(home=tmp_path_factory.mktemp("home"), encoder="none", ranking=Ranking(least_probability=0))
    )
    service.clusters()
    with service._open_registry() as registry:
        registry.put(
            [
                *(profile(n, cluster=("krip", "hokkaido")[n % 2]) for n in range(FIRMS)),
                *(profile(n, cluster="krip", kind=Kind.UNIVERSITY) for n in range(UNIVERSITIES)),
                *(profile(n, cluster="krip", is_masked=True) for n in range(MASKED)),
            ],
            recorded_at=BEGIN,
        )
    service.build_index(progress=lambda *_: None)
    desk = service.create_ledger(is_sample=False)
    asking = MemberRow(row=1, id="m-1", role=Role.FIRM, organisations=("seed:firm-0",), slack_id="U1")
    desk.register_member(asking, by=MATCHBOT, key="m-1")
    desk.welcome("U2", key="U2")
    yield service
    service.correspondence.close()


@pytest.fixture
def firm(service: Service) -> Member:
    return service.desk.member("m-1")


@pytest.fixture
def guest(service: Service) -> Member:
    return service.desk.member("U2")


@pytest.fixture
def thread(request: pytest.FixtureRequest) -> str:
    return request.node.name


def shown(reply: Reply) -> list[str]:
    assert reply.answer is not None
    return [match.organisation_id for match in reply.answer.matches.items]


def test_a_thread_goes_on_after_a_restart(service, firm, thread):
    first = service.say(thread, NEED, by=firm, key="1", language="ja")
    again = build_service(service._settings)
    second = again.choose(thread, More(), by=firm, key="2")
    assert len(shown(first)) == len(shown(second)) == CARDS
    assert not set(shown(first)) & set(shown(second))
    assert again.correspondence.thread(thread).state.shown == (*shown(first), *shown(second))
    again.correspondence.close()


def test_the_same_key_gives_the_same_turn_again_and_does_not_advance(service, firm, thread):
    service.say(thread, NEED, by=firm, key="a", language="ja")
    once = service.say(thread, "もっと", by=firm, key="b", language="ja")
    kept = service.correspondence.thread(thread)
    assert service.say(thread, "もっと", by=firm, key="b", language="ja") == once
    assert service.correspondence.thread(thread) == kept
    clicked = service.choose(thread, ToggleKinds((Kind.UNIVERSITY,)), by=firm, key="c")
    assert service.choose(thread, ToggleKinds((Kind.UNIVERSITY,)), by=firm, key="c") == clicked
    assert service.need_of(thread).kinds == {Kind.UNIVERSITY}


def test_what_was_shown_is_on_record_once(service, firm, thread):
    for _ in range(2):
        reply = service.say(thread, NEED, by=firm, key="recorded", language="ja")
    with service.desk._office.ledger.read() as unit:
        events = unit.events.recorded_under("recorded~shown")
    assert [recorded.event.partners for recorded in events] == [tuple(shown(reply))]
    assert events[0].event.organisation_id == "seed:firm-0"


def test_messages_at_once_are_all_heard(service, firm, thread):
    service.say(thread, NEED, by=firm, key="begin", language="ja")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: service.choose(thread, More(), by=firm, key=f"more:{n}"), range(8)))
    assert service.correspondence.thread(thread).n_turns == 1 + 8
    # All but the asker itself.
    assert len(service.correspondence.thread(thread).state.shown) == FIRMS + UNIVERSITIES + MASKED - 1


def test_clicks_change_what_is_looked_for(service, firm, thread):
    service.say(thread, NEED, by=firm, key="1", language="ja")
    universities = service.choose(thread, ToggleKinds((Kind.UNIVERSITY,)), by=firm, key="2")
    assert set(shown(universities)) == {f"seed:university-{n}" for n in range(UNIVERSITIES)}
    own = service.choose(thread, Within(Scope.OWN), by=firm, key="3")
    assert {match.hit.organisation.home_cluster for match in own.answer.matches.items} == {"krip"}
    pieces = service.need_of(thread).pieces
    for number, piece in enumerate(pieces):
        service.choose(thread, Drop(piece), by=firm, key=f"drop:{number}")
    assert service.need_of(thread).pieces == ()


def test_a_click_in_a_thread_that_is_gone_is_refused(service, firm):
    for refused in (
        lambda: service.choose("gone", More(), by=firm, key="1"),
        lambda: service.need_of("gone"),
        lambda: service.match("gone", "seed:firm-1"),
    ):
        with pytest.raises(UnknownRecordError):
            refused()


def test_a_thread_without_a_need_says_so(service, firm, thread):
    reply = service.say(thread, "こんにちは", by=firm, key="1", language="en")
    assert (reply.step, reply.answer) == (Say(Topic.GREETING), None)
    with pytest.raises(UnknownRecordError):
        service.need_of(thread)


def test_the_need_of_a_thread_holds_all_that_was_said_of_it(service, firm, thread):
    service.say(thread, NEED, by=firm, key="1", language="ja")
    service.say(thread, "大学だけ", by=firm, key="2", language="ja")
    assert service.need_of(thread).text == f"{NEED}\n大学だけ"


def test_a_branch_keeps_what_was_looked_for_whatever_is_asked_since(service, firm, thread):
    first = service.say(thread, NEED, by=firm, key="1", language="ja")
    service.branch(thread, f"{thread}-card")
    service.say(thread, "めっきの設備を探しています", by=firm, key="2", language="ja")
    assert service.need_of(f"{thread}-card").text == NEED
    more = service.choose(f"{thread}-card", More(), by=firm, key="3")
    assert set(shown(more)).isdisjoint(shown(first))
    assert (first.number, more.number) == (1, 2)


def test_a_new_thread_can_go_on_from_another(service, firm, thread):
    service.say(thread, NEED, by=firm, key="1", language="ja")
    reply = f"{thread}-reply"
    service.say(reply, "大学だけ", by=firm, key="2", language="ja", continues=["gone", thread])
    assert service.need_of(reply).text == f"{NEED}\n大学だけ"
    assert service.need_of(thread).kinds == frozenset()


def test_a_need_said_in_other_words_forgets_the_first(service, firm, thread):
    service.say(thread, f"{NEED}。大学だけで", by=firm, key="1", language="ja")
    service.say(thread, "蒸着の", by=firm, key="2", language="ja", is_restated=True)
    need = service.need_of(thread)
    assert (need.query, need.pieces, need.text) == ("蒸着の", (), "蒸着の")


def test_half_a_character_does_not_stop_a_thread(service, firm, thread):
    reply = service.say(thread, f"{NEED}\ud83d", by=firm, key="1", language="ja")
    assert isinstance(reply.step, Search)


def test_each_partner_shown_can_be_looked_at_again(service, firm, thread):
    partners = [
        *shown(service.say(thread, NEED, by=firm, key="1", language="ja")),
        *shown(service.choose(thread, More(), by=firm, key="2")),
    ]
    assert [service.match(thread, id).organisation_id for id in partners] == partners
    with pytest.raises(UnknownOrganisationError):
        service.match(thread, "seed:firm-0")


def test_a_masked_partner_is_looked_at_by_its_code(service, firm, thread):
    service.say(thread, NEED, by=firm, key="0", language="ja")
    for number in range(1, 5):
        service.choose(thread, More(), by=firm, key=str(number))
    (masked, *_) = (id for id in service.correspondence.thread(thread).state.shown if "masked" in id)
    code = service.match(thread, masked).hit.organisation.id
    assert code.startswith("M-")
    assert service.match(thread, code) == service.match(thread, masked)
    assert "工業" not in repr(service.match(thread, code))


def test_the_details_of_a_partner_stand_apart_from_its_relevance(service, firm, thread):
    (first, *_) = shown(service.say(thread, NEED, by=firm, key="1", language="ja"))
    before = service.details(thread, first, firm)
    assert before.match == service.match(thread, first)
    assert before.side == OtherSide(n_asked_this_quarter=0, most_per_quarter=10, n_answered=0, n_accepted=0)
    asked = service.desk.request("seed:firm-0", [first], purpose=Purpose.SALES, by=firm, key=f"{thread}:r")
    assert asked.id
    after = service.details(thread, first, firm)
    assert after.side.n_asked_this_quarter == 1
    assert after.match.hit == before.match.hit


def test_the_details_of_a_masked_partner_tell_nothing_of_its_profile(service, firm, thread):
    service.say(thread, NEED, by=firm, key="0", language="ja")
    for number in range(1, 5):
        service.choose(thread, More(), by=firm, key=str(number))
    (masked, *_) = (id for id in service.correspondence.thread(thread).state.shown if "masked" in id)
    details = service.details(thread, service.match(thread, masked).hit.organisation.id, firm)
    assert (details.further, details.wants, details.distance_km) == ((), (), None)
    assert "工業" not in repr(details)


# --- Guests ---


def all_shown(service: Service, member: Member, thread: str) -> set[str]:
    """Whom a member finds who asks for more until there is no more."""
    reply = service.say(thread, NEED, by=member, key=f"{thread}:0", language="ja")
    found = set(shown(reply))
    for number in range(1, 9):
        found |= set(shown(service.choose(thread, More(), by=member, key=f"{thread}:{number}")))
    return found


def test_a_guest_finds_everybody_but_the_masked(service, guest, firm, thread):
    everybody = all_shown(service, firm, f"{thread}-firm") | {"seed:firm-0"}
    assert len(everybody) == FIRMS + UNIVERSITIES + MASKED
    assert all_shown(service, guest, thread) == {id for id in everybody if "masked" not in id}


def test_a_guest_stands_in_the_clusters_of_whom_they_claim(service, guest, thread):
    service.desk.claim_organisation("seed:firm-1", by=guest, key="claim")
    guest = service.desk.member("U2")
    service.say(thread, NEED, by=guest, key=f"{thread}:1", language="ja")
    own = service.choose(thread, Within(Scope.OWN), by=guest, key=f"{thread}:2")
    assert own.answer.matches.items
    assert {match.hit.organisation.home_cluster for match in own.answer.matches.items} == {"hokkaido"}
    # Not its own search: what the organisation wishes for itself is none of a guest's business.
    assert service.correspondence.thread(thread).asker.organisation_id == ""


def test_a_guest_picks_from_open_organisations_only(service):
    found = service.find_open_organisations("工業", limit=20)
    assert len(found) == FIRMS + UNIVERSITIES
    assert len(service.find_open_organisations("工業", limit=3)) == 3
    service.withdraw_organisation("seed:firm-7", reason="")
    assert len(service.find_open_organisations("工業", limit=20)) == FIRMS + UNIVERSITIES - 1
    service.reinstate_organisation("seed:firm-7")
    assert service.find_open_organisations("   ", limit=20) == []


def test_who_is_erased_leaves_no_thread(service, thread):
    row = MemberRow(row=1, id="m-9", role=Role.FIRM, organisations=("seed:firm-2",), slack_id="U9")
    service.desk.register_member(row, by=MATCHBOT, key="m-9")
    colleague = service.desk.member("m-1")
    service.say(thread, NEED, by=colleague, key=f"{thread}:1", language="ja")
    service.say(thread, "大学だけ", by=service.desk.member("m-9"), key=f"{thread}:2", language="ja")
    service.correspondence.take("waits", "message", "U9", {"text": NEED}, BEGIN)
    service.desk.erase("m-9", by=MATCHBOT, key="erase")
    assert service.correspondence.thread(thread) is None
    assert service.correspondence.waiting() == []


def test_a_partner_that_did_not_fit_comes_later_for_like_needs_and_not_for_others(service, firm):
    asker = service.asker("seed:firm-0")

    def terms(text: str) -> dict[str, float]:
        found = service.search(text, asker=asker, limit=20).matches.items
        return {match.organisation_id: match.terms.get("feedback", 0.0) for match in found}

    text = "真空蒸着の装置を使った成膜"
    rated = next(iter(terms(text)))
    asked = {"text": text, "is_fitting": False, "by": firm, "key": "does-not-fit"}
    service.desk.rate("", "seed:firm-0", rated, **asked)
    assert terms(text)[rated] == pytest.approx(-service._settings.ranking.feedback / 2)
    assert {term for id, term in terms(text).items() if id != rated} == {0.0}
    assert terms("装置の清掃")[rated] == 0


def test_feedback_is_forgotten_from_a_day_on(service, firm):
    text = "真空蒸着の装置の再生"
    asked = {"text": text, "is_fitting": False, "by": firm, "key": "forgotten"}
    service.desk.rate("", "seed:firm-0", "seed:firm-2", **asked)
    tomorrow = service.now().date() + timedelta(days=1)
    heard = service.desk.heard_of(["seed:firm-2"], shown_since=BEGIN.date(), heard_since=tomorrow)
    assert heard["seed:firm-2"].signals == ()
    since = service.desk.heard_of(["seed:firm-2"], shown_since=BEGIN.date())
    assert text in {signal.text for signal in since["seed:firm-2"].signals}
