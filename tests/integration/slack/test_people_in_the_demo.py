"""What people do in the demo's Slack reaches a real Bolt app, and what the app does is seen by the people."""

import pytest

from slack_app.demo.delivery import Courier
from slack_app.demo.records import BOT_USER, SlackError
from slack_app.demo.serving import LocalServer

USER, OTHER, STRANGER = "U0FIRM", "U0OTHER", "U0STRANGER"


def answers(slack, user, n=1):
    """The app's first `n` messages to this person."""
    channel = slack.workspace.dm(user).id

    def found():
        messages = [m for m in slack.workspace.messages(channel, seen_by=user) if m.user == BOT_USER]
        return messages if len(messages) >= n else None

    return slack.workspace.wait_for(found)


def test_a_message_is_answered_and_its_button_opens_a_modal_that_can_be_submitted(slack, tiny):
    assert slack.people.dm(USER, "A & B を探しています").is_acknowledged
    (answer,) = answers(slack, USER)
    assert tiny.events[0]["text"] == "A &amp; B を探しています"
    assert tiny.events[0]["channel_type"] == "im"
    slack.people.click(USER, answer, "open")
    modal = slack.workspace.wait_for(lambda: slack.workspace.modal(USER))
    body = tiny.actions[0]
    assert body["container"] == {
        "type": "message",
        "message_ts": answer.ts,
        "channel_id": answer.channel,
        "is_ephemeral": False,
    }
    assert body["message"]["ts"] == answer.ts
    assert body["actions"][0]["value"] == "1"
    slack.people.submit(USER, modal, {"purpose": "共同開発"})
    view = tiny.submissions[0]["view"]
    assert view["private_metadata"] == "case-7"
    assert view["state"]["values"]["purpose"]["purpose"] == {"type": "plain_text_input", "value": "共同開発"}
    assert view["state"]["values"]["scope"]["scope"]["selected_option"]["value"] == "masked"
    assert slack.workspace.modal(USER) is None


def test_a_modal_that_is_refused_stays_open_with_what_is_wrong(slack, tiny):
    slack.people.dm(USER, "相手を探しています")
    slack.people.click(USER, answers(slack, USER)[0], "open")
    modal = slack.workspace.wait_for(lambda: slack.workspace.modal(USER))
    slack.people.submit(USER, modal, {"purpose": "?", "scope": "open"})
    assert slack.workspace.modal(USER).errors == {"purpose": "もう少し詳しく"}
    assert (
        tiny.submissions[0]["view"]["state"]["values"]["scope"]["scope"]["selected_option"]["value"] == "open"
    )


def test_a_message_is_replaced_in_place_through_its_response_url(slack, tiny):
    slack.people.dm(USER, "相手を探しています")
    (answer,) = answers(slack, USER)
    slack.people.click(USER, answer, "tick")
    now = slack.workspace.wait_for(
        lambda: (m := slack.workspace.message(answer.channel, answer.ts)).is_edited and m
    )
    assert (now.text, now.blocks) == ("済み", ())
    assert answer.blocks != ()  # the picture that the test kept, with its stale buttons
    assert slack.people.click(USER, answer, "tick").is_acknowledged


def test_a_mention_reaches_the_app_twice_and_is_seen_in_its_channel(slack, tiny):
    channel = slack.workspace.add_channel("cluster-hokkaido", [USER, OTHER])
    mention, message = slack.people.mention(channel.id, USER, "検査装置は?")
    assert mention.payload["event"]["type"] == "app_mention"
    assert message.payload["event"]["type"] == "message"
    assert mention.payload["event_id"] != message.payload["event_id"]
    assert {event["ts"] for event in tiny.events} == {mention.payload["event"]["ts"]}
    reply = slack.workspace.wait_for(lambda: slack.workspace.messages(channel.id)[1:])[0]
    assert reply.thread_ts == mention.payload["event"]["ts"]


def test_a_command_is_answered_to_one_person_alone(slack, tiny):
    channel = slack.workspace.add_channel("cluster-hokkaido", [USER, OTHER])
    slack.people.command(USER, "/matchbot", "stats", channel=channel.id)
    assert [m.text for m in slack.workspace.messages(channel.id, seen_by=USER)] == ["stats: 承りました"]
    assert slack.workspace.messages(channel.id, seen_by=OTHER) == []


def test_a_stranger_has_no_commands(slack, tiny):
    slack.workspace.add_channel("shared", [USER, STRANGER], is_shared=True)
    with pytest.raises(SlackError, match="not_allowed"):
        slack.people.command(STRANGER, "/matchbot")
    told = slack.people.dm(STRANGER, "hello").payload["event"]
    assert told["user_team"] == "T0ELSEWHERE"


def test_the_home_tab_is_published_when_it_is_opened(slack, tiny):
    slack.people.open_home(USER)
    assert slack.workspace.wait_for(lambda: slack.workspace.home(USER)).shown == "案件"
    assert slack.people.open_home(USER).payload["event"]["view"]["id"] == slack.workspace.home(USER).id


def test_the_side_panel_shows_the_prompts_of_the_app(slack, tiny):
    thread_ts, delivery = slack.people.open_assistant(USER)
    channel = delivery.payload["event"]["assistant_thread"]["channel_id"]
    prompts = slack.workspace.wait_for(lambda: slack.workspace.assistance(channel, thread_ts).prompts)
    assert prompts[0]["message"] == "検査装置を探しています"


def test_a_shortcut_of_a_message_brings_the_message(slack, tiny):
    channel = slack.workspace.add_channel("cluster-hokkaido", [USER])
    slack.people.say(channel.id, USER, "漏れない容器が欲しい")
    (message,) = slack.workspace.messages(channel.id)
    slack.people.message_shortcut(USER, message, "find-partner")
    assert answers(slack, USER)[0].text == "漏れない容器が欲しい"


def test_a_menu_is_filled_by_the_app_and_its_choice_is_told(slack, tiny, client):
    menu = {"type": "external_select", "action_id": "organisation", "min_query_length": 1}
    topic = {
        "type": "multi_static_select",
        "action_id": "topic",
        "options": [
            {"text": {"type": "plain_text", "text": t}, "value": t} for t in ("food", "health", "energy")
        ],
    }
    blocks = [{"type": "actions", "elements": [menu, topic]}]
    ts = client.chat_postMessage(channel=USER, text="x", blocks=blocks)["ts"]
    message = slack.workspace.message(slack.workspace.dm(USER).id, ts)
    (choice,) = slack.people.options(USER, message, "organisation", "精")
    assert choice["value"] == "関西精機"
    slack.people.enter(USER, message, "organisation", choice)
    slack.people.click(USER, message, "topic", ["food", "energy"])
    body = slack.workspace.wait_for(lambda: tiny.actions)[0]
    assert [o["value"] for o in body["actions"][0]["selected_options"]] == ["food", "energy"]
    ((_, by_action),) = body["state"]["values"].items()
    assert by_action["organisation"]["selected_option"]["value"] == "関西精機"
    with pytest.raises(ValueError, match="does not offer"):
        slack.people.click(USER, message, "topic", ["space"])


def test_an_edit_and_a_deletion_are_told_as_changes_of_the_message(slack, tiny):
    delivery = slack.people.dm(USER, "検査")
    event = delivery.payload["event"]
    message = slack.workspace.message(event["channel"], event["ts"])
    assert slack.people.edit(message, "検査装置").payload["event"]["message"]["text"] == "検査装置"
    edited = slack.workspace.message(event["channel"], event["ts"])
    told = slack.people.delete(edited).payload["event"]
    assert (told["subtype"], told["deleted_ts"]) == ("message_deleted", message.ts)


def test_a_replay_is_the_same_event_under_another_id(slack, tiny):
    first = slack.people.dm(USER, "検査")
    again = slack.people.replay(first)
    assert again.payload["event"] == first.payload["event"]
    assert again.payload["event_id"] != first.payload["event_id"]
    assert len(answers(slack, USER, n=2)) == 2  # Bolt does not deduplicate: that is the app's business


def test_only_events_that_the_app_subscribed_to_are_sent(slack, tiny):
    slack.people.events = frozenset(["app_mention"])
    channel = slack.workspace.add_channel("cluster-hokkaido", [USER])
    mention, message = slack.people.mention(channel.id, USER, "検査")
    assert mention.is_acknowledged
    assert message.attempts == []


def test_a_request_that_is_signed_with_another_secret_is_refused(slack, tiny):
    forger = Courier(slack.app_url, "another-secret", clock_factor=None)
    genuine = slack.people.dm(USER, "検査")
    answers(slack, USER)
    slack.people.courier = forger
    forged = slack.people.replay(genuine)
    assert [attempt.status for attempt in forged.attempts] == [401]
    assert len(tiny.events) == 1
    forger.close()


def test_an_event_that_is_not_acknowledged_is_tried_three_times_more_with_the_reason(slack):
    slack.app_url = "http://127.0.0.1:9/slack/events"  # nothing listens there
    delivery = slack.people.dm(USER, "検査")
    slack.courier.wait()
    assert [attempt.why for attempt in delivery.attempts] == ["connection_failed"] * 4


def test_a_retry_says_which_one_it_is_and_why(slack):
    seen = []

    async def busy(scope, receive, send):
        headers = {key.decode(): value.decode() for key, value in scope["headers"]}
        seen.append((headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason")))
        status = 503 if len(seen) < 3 else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    server = LocalServer(busy)
    server.start()
    slack.app_url = server.url
    delivery = slack.people.dm(USER, "検査")
    slack.courier.wait()
    server.stop()
    assert seen == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert delivery.is_acknowledged


def test_a_click_is_never_tried_again(slack, tiny, client):
    slack.people.dm(USER, "検査")
    (answer,) = answers(slack, USER)
    slack.app_url = "http://127.0.0.1:9/slack/events"
    delivery = slack.people.click(USER, answer, "open")
    slack.courier.wait()
    assert len(delivery.attempts) == 1


@pytest.mark.parametrize(
    ("take_away", "told"), [("revoke", "tokens_revoked"), ("uninstall", "app_uninstalled")]
)
def test_an_app_that_loses_access_is_told_so_and_can_call_nothing(slack, tiny, client, take_away, told):
    getattr(slack.people, take_away)()
    assert [event["type"] for event in tiny.events] == [told]
    with pytest.raises(Exception, match="token_revoked"):
        client.chat_postMessage(channel=USER, text="x")
