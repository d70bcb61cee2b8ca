"""Whatever is sent to the bot, signed but odd or hostile: with ids that are stale, somebody else's or none,
from every role. Nothing breaks, nothing happens without authority, and nobody learns what they must not."""

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt import BoltRequest
from slack_sdk.signature import SignatureVerifier

from matchbot.ledger import Ledger, Recorded
from slack_app.demo.records import BOT_USER, SlackError, User
from slack_app.demo.server import SIGNING_SECRET
from slack_app.ids import COMMAND, SEARCH_SHORTCUT, Click, Field, Form
from slack_workplace import (
    AWAY,
    COLLEAGUE,
    FIRM,
    HOME,
    HOME_2,
    MASKED,
    OURS,
    OUTSIDE,
    PARTNER,
    SECRET,
    STAFF,
    THEIRS,
    Workplace,
    at_work,
)

GUEST, STRANGER, NOBODY = "U0GUEST", "U0STRANGER", "U0NOBODY"
"""Somebody no member, somebody of another workspace, and an id that Slack does not know."""
EVERYBODY = (FIRM, COLLEAGUE, PARTNER, SECRET, HOME, HOME_2, AWAY, STAFF, GUEST, STRANGER, NOBODY)
MASKED_NAME, CONTACTS = "北4工業", ("@kita.example", "の窓口")
COORDINATORS = {"krip": {"k-home", "k-home-2"}, "hokkaido": {"k-away"}}
SPEAKERS = {OURS: {"m-firm"}, THEIRS: {"m-partner", "m-colleague"}, MASKED: {"m-secret"}}
HOMES = {OURS: "krip", THEIRS: "hokkaido", OUTSIDE: "hokkaido", "seed:firm-2": "krip", MASKED: "krip"}

Body = Mapping[str, Any]


@dataclass
class Siege:
    """A workplace with cases under way, the ids somebody might have seen, and what came of each attack."""

    place: Workplace
    ids: tuple[str, ...]
    ledger: Ledger
    user: str = ""
    logged: list[str] = field(default_factory=list)
    moments: Iterator[int] = field(default_factory=lambda: count(1))

    def send(self, body: str, content_type: str) -> int:
        stamp = str(int(time.time()))
        signature = SignatureVerifier(SIGNING_SECRET).generate_signature(timestamp=stamp, body=body)
        headers = {
            "content-type": content_type,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": str(signature),
        }
        status = self.place.bot.app.dispatch(BoltRequest(body=body, headers=headers)).status
        self.place.settle()
        return status

    def interact(self, body: Body) -> int:
        return self.send(urlencode({"payload": json.dumps(body)}), "application/x-www-form-urlencoded")

    def events(self, after: int) -> list[Recorded]:
        with self.ledger.read() as unit:
            return list(unit.events.read_all(after))


@pytest.fixture(scope="module")
def siege(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Siege]:
    with at_work(tmp_path_factory.mktemp("siege") / "home") as place:
        for person in (User(GUEST, "guest"), User(STRANGER, "stranger", team="T0ELSEWHERE")):
            place.workspace.add_user(person)
        place.workspace.add_channel("shared", [*EVERYBODY[:-1], BOT_USER], is_shared=True, id="C0SHARED")
        asked, requested = place.asked(), place.requested(OUTSIDE)
        threads = [place.workspace.dm(user).id for user in (FIRM, PARTNER)]
        stamps = [message.ts for user in (FIRM, HOME) for message in place.inbox(user)]
        ids = (asked, requested, "c-1", "c-999", OURS, THEIRS, OUTSIDE, MASKED, "m-firm", "m-partner",
               "k-home", "staff", "krip", "hokkaido", "n-1", "university", "ja", "1",
               *threads, *stamps)  # fmt: skip
        siege = Siege(place, ids, Ledger.open(place.settings.home))
        with listened_to(siege.logged):
            yield siege
        siege.ledger.close()


@contextmanager
def listened_to(lines: list[str]) -> Iterator[None]:
    """Everything that is logged, as it would be written."""

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(logging.Formatter().format(record))

    listener = Listener()
    logging.getLogger().addHandler(listener)
    yield
    logging.getLogger().removeHandler(listener)


# --- what is sent ---

ODD_TEXT = st.one_of(
    st.sampled_from(
        ["", " ", "|", "||", "<!channel>", "<@U0FIRM>", "' OR 1=1 --", "真空蒸着", "\u202e反転", "x" * 4_000]
    ),
    st.text(max_size=40),
)


@st.composite
def values(draw: st.DrawFn, ids: tuple[str, ...]) -> str:
    """Ids as a button carries them: right ones, others' and invented ones, too few and too many."""
    return "|".join(draw(st.lists(st.sampled_from(ids) | ODD_TEXT, min_size=0, max_size=4)))


@st.composite
def clicks(draw: st.DrawFn, siege: Siege) -> Body:
    name = draw(st.sampled_from([*Click, "of_long_ago", ""]))
    action_id = name + draw(st.sampled_from(["", "#1", "#x", "#"]))
    value = draw(values(siege.ids))
    is_menu = draw(st.booleans())
    chosen = {"selected_option": {"value": value}} if is_menu else {"value": value}
    channel = draw(st.sampled_from([*siege.ids[-4:], "C0SHARED", "D0FOREIGN", ""]))
    stamp = draw(st.sampled_from([*siege.ids[-2:], "1.1", ""]))
    action = {
        "type": "static_select" if is_menu else "button",
        "action_id": action_id,
        "block_id": "b",
        "action_ts": f"{next(siege.moments)}.1",
        **chosen,
    }
    container = {
        "type": "message",
        "message_ts": stamp,
        "channel_id": channel,
        "is_ephemeral": draw(st.booleans()),
    }
    return {"type": "block_actions", "actions": [action], "container": draw(st.sampled_from([container, {}]))}


@st.composite
def forms(draw: st.DrawFn, siege: Siege) -> Body:
    given = st.one_of(
        st.builds(lambda text: {"type": "plain_text_input", "value": text}, st.none() | ODD_TEXT),
        st.builds(lambda value: {"type": "static_select", "selected_option": {"value": value}},
                  st.sampled_from(siege.ids) | ODD_TEXT),
        st.builds(lambda day: {"type": "datepicker", "selected_date": day},
                  st.sampled_from([None, "2026-02-31", "9999-12-31"])),
    )  # fmt: skip
    fields = draw(st.dictionaries(st.sampled_from([*Field, "odd"]), given, max_size=5))
    view = {
        "id": f"V{next(siege.moments)}",
        "type": "modal",
        "callback_id": draw(st.sampled_from([*Form, "of_long_ago"])),
        "private_metadata": draw(values(siege.ids)),
        "state": {"values": {name: {name: value} for name, value in fields.items()}},
    }
    return {"type": "view_submission", "view": view}


@st.composite
def shortcuts(draw: st.DrawFn, siege: Siege) -> Body:
    message = {"ts": "1.1", "text": draw(ODD_TEXT), "user": draw(st.sampled_from(EVERYBODY))}
    channel = {"id": draw(st.sampled_from(["C0SHARED", "C0FOREIGN", *siege.ids[-4:]]))}
    callback = draw(st.sampled_from([SEARCH_SHORTCUT, "of_long_ago"]))
    return {"type": "message_action", "callback_id": callback, "message": message, "channel": channel}


@st.composite
def events(draw: st.DrawFn, siege: Siege) -> Body:
    channel = draw(st.sampled_from([*siege.ids[-4:], "D0FOREIGN", "C0SHARED"]))
    kind = draw(st.sampled_from(["message", "app_mention", "app_home_opened", "assistant_thread_started"]))
    stamp = f"{next(siege.moments)}.2"
    event = {"type": kind, "channel": channel, "ts": stamp, "event_ts": stamp, "text": draw(ODD_TEXT)}
    if kind == "message":
        event["channel_type"] = draw(st.sampled_from(["im", "channel", "mpim"]))
    if kind == "assistant_thread_started":
        event["assistant_thread"] = {"channel_id": channel, "thread_ts": stamp, "context": {}}
    if draw(st.booleans()):
        event["thread_ts"] = draw(st.sampled_from(siege.ids[-2:]))
    return event


# --- what must hold ---


def member_of(siege: Siege, user: str) -> str:
    member = siege.place.service.desk.member_in_slack(user)
    return member.id if member else ""


def entitled(recorded: Recorded, parties: tuple[str, ...]) -> set[str]:
    """Who may have caused an event, told from its facts alone: another way than the one that decides."""
    facts = recorded.payload
    concerned = (facts["organisation_id"],) if facts.get("organisation_id") in HOMES else parties
    if facts.get("cluster"):
        return COORDINATORS.get(facts["cluster"], set()) | {"staff"}
    if concerned:
        spoken_for = set().union(*(SPEAKERS.get(one, set()) for one in concerned))
        return spoken_for | set().union(*(COORDINATORS[HOMES[one]] for one in concerned)) | {"staff"}
    return {facts.get("member_id", recorded.actor), "staff", *COORDINATORS["krip"], *COORDINATORS["hokkaido"]}


def parties_of(siege: Siege, case_id: str) -> tuple[str, ...]:
    desk = siege.place.service.desk
    return tuple(party.organisation_id for party in desk.case(case_id, desk.member("staff")).parties)


def check_events(siege: Siege, user: str, before: int) -> None:
    for recorded in siege.events(before):
        if recorded.actor == "matchbot":
            continue
        assert recorded.actor == member_of(siege, user), recorded
        case_id = recorded.payload.get("case_id", "")
        parties = parties_of(siege, case_id) if case_id else ()
        assert recorded.actor in entitled(recorded, parties), recorded


def check_told(siege: Siege, calls: list[tuple[str, Mapping[str, Any]]]) -> None:
    for method, arguments in calls:
        said = json.dumps(arguments, ensure_ascii=False)
        assert siege.place.workspace.bot_token not in said
        assert SIGNING_SECRET not in said
        readers = readers_of(siege, method, arguments)
        if readers - {SECRET, HOME, HOME_2, STAFF}:
            assert MASKED_NAME not in said, (method, readers)
        if readers - {HOME, HOME_2, AWAY, STAFF} and not is_introduced(siege):
            assert not any(contact in said for contact in CONTACTS), (method, readers)


def readers_of(siege: Siege, method: str, arguments: Mapping[str, Any]) -> set[str]:
    """Who sees what the bot calls Slack with."""
    if method.startswith("views."):
        return {str(arguments.get("user_id") or siege.user)}
    if method == "chat.postEphemeral":
        return {str(arguments["user"])}
    channel = str(arguments.get("channel") or "")
    if not method.startswith("chat.") or not channel:
        return set()
    try:
        return set(siege.place.workspace.channel(channel).members) - {BOT_USER}
    except SlackError:
        return set()


def is_introduced(siege: Siege) -> bool:
    return any(recorded.type == "DeliveryOrdered" for recorded in siege.events(0))


def attack(siege: Siege, user: str, send: Callable[[], int]) -> None:
    """One attack by somebody, and everything that must hold after it."""
    siege.user, calls = user, siege.place.server.api.calls
    with siege.ledger.read() as unit:
        before = unit.events.head().seq
    calls.clear()
    siege.logged.clear()
    assert send() == 200
    check_events(siege, user, before)
    check_told(siege, list(calls))
    logged = "\n".join(siege.logged)
    for secret in (MASKED_NAME, *CONTACTS, SIGNING_SECRET, siege.place.workspace.bot_token):
        assert secret not in logged


def by(siege: Siege, user: str) -> dict[str, Any]:
    trigger = siege.place.workspace.new_trigger(user)
    return {"team": {"id": "T0HOME"}, "user": {"id": user}, "trigger_id": trigger}


USERS = st.sampled_from(EVERYBODY)
HOSTILE = settings(
    max_examples=settings().max_examples // 3,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""Five tests share what one would be given: 100 in `make test`, above 10,000 in `make soak`."""


@HOSTILE
@given(data=st.data(), user=USERS)
def test_no_click_breaks_anything_or_does_what_its_maker_may_not(siege: Siege, data, user: str) -> None:
    body = data.draw(clicks(siege))
    attack(siege, user, lambda: siege.interact({**by(siege, user), **body}))


@HOSTILE
@given(data=st.data(), user=USERS)
def test_no_form_breaks_anything_or_does_what_its_maker_may_not(siege: Siege, data, user: str) -> None:
    body = data.draw(forms(siege))
    attack(siege, user, lambda: siege.interact({**by(siege, user), **body}))


@HOSTILE
@given(data=st.data(), user=USERS)
def test_no_shortcut_breaks_anything_or_tells_what_it_must_not(siege: Siege, data, user: str) -> None:
    body = data.draw(shortcuts(siege))
    attack(siege, user, lambda: siege.interact({**by(siege, user), **body}))


@HOSTILE
@given(text=ODD_TEXT, user=USERS, channel=st.sampled_from(["C0SHARED", "C0FOREIGN"]))
def test_no_command_breaks_anything_or_tells_what_it_must_not(siege: Siege, text, user, channel) -> None:
    told = {"command": COMMAND, "team_id": "T0HOME", "user_id": user, "channel_id": channel, "text": text}
    body = urlencode({**told, "trigger_id": siege.place.workspace.new_trigger(user)})
    attack(siege, user, lambda: siege.send(body, "application/x-www-form-urlencoded"))


@HOSTILE
@given(data=st.data(), user=USERS)
def test_no_event_breaks_anything_or_tells_what_it_must_not(siege: Siege, data, user: str) -> None:
    event = {**data.draw(events(siege)), "user": user}
    if "assistant_thread" in event:
        event["assistant_thread"]["user_id"] = user
    body = {
        "type": "event_callback",
        "team_id": "T0HOME",
        "event": event,
        "event_id": f"Ev{next(siege.moments)}",
    }
    attack(siege, user, lambda: siege.send(json.dumps(body), "application/json"))


def test_what_is_watched_for_would_be_seen(siege: Siege) -> None:
    """The checks themselves: an approval by somebody who may not, and a name that is told."""
    dm = siege.place.workspace.dm(FIRM).id
    with pytest.raises(AssertionError):
        check_told(siege, [("chat.postMessage", {"channel": dm, "text": f"{MASKED_NAME}です"})])
    with siege.ledger.read() as unit:
        (approved, *_) = [one for one in unit.events.read_all() if one.type == "IntroductionApproved"]
    assert approved.actor == "k-home"
    assert "k-away" not in entitled(approved, (OURS, THEIRS))
    assert "m-firm" not in entitled(approved, (OURS, THEIRS))
