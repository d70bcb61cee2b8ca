"""The demo's Web API holds Slack's rules, seen through Slack's own client."""

import time
import urllib.error
import urllib.request

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from slack_app.demo.faults import RateLimit
from slack_app.demo.records import BOT_USER, User
from slack_app.demo.server import DemoServer
from slack_app.demo.workspace import Workspace

USER, OTHER, STRANGER = "U0FIRM", "U0OTHER", "U0STRANGER"
HOME = {"type": "home", "blocks": [{"type": "divider"}]}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "t"}, "blocks": [{"type": "divider"}]}


def refusal(call, *args, **kwargs):
    """The word with which Slack refuses."""
    with pytest.raises(SlackApiError) as error:
        call(*args, **kwargs)
    return error.value.response["error"]


def section(text):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def buttons(n, action_id="a{}"):
    return {
        "type": "actions",
        "elements": [
            {"type": "button", "text": {"type": "plain_text", "text": "x"}, "action_id": action_id.format(i)}
            for i in range(n)
        ],
    }


def test_the_app_is_told_who_it_is(client):
    told = client.auth_test()
    assert (told["user_id"], told["bot_id"]) == (BOT_USER, "B0MATCHBOT")


def test_a_wrong_token_and_an_unknown_method_are_refused(slack, client):
    assert refusal(WebClient(token="xoxb-wrong", base_url=slack.api_url).auth_test) == "invalid_auth"
    assert refusal(client.api_call, "chat.shout") == "unknown_method"
    assert refusal(client.api_call, "apps.connections.open") == "not_allowed"


def test_a_message_is_posted_updated_and_deleted(slack, client):
    posted = client.chat_postMessage(channel=USER, text="一", blocks=[section("一")])
    channel, ts = posted["channel"], posted["ts"]
    assert channel == slack.workspace.dm(USER).id
    assert posted["message"]["blocks"][0]["block_id"]
    client.chat_update(channel=channel, ts=ts, text="二")
    kept = slack.workspace.message(channel, ts)
    assert (kept.text, kept.shown) == ("二", "一")  # blocks that are not given stay
    client.chat_update(channel=channel, ts=ts, text="三", blocks=[])
    assert slack.workspace.message(channel, ts).shown == "三"
    client.chat_delete(channel=channel, ts=ts)
    assert refusal(client.chat_update, channel=channel, ts=ts, text="四") == "message_not_found"
    assert slack.workspace.messages(channel) == []


def test_what_a_person_wrote_is_not_the_apps_to_change(slack, client):
    channel = slack.workspace.dm(USER).id
    ts = slack.workspace.post(channel, USER, "mine").ts
    assert refusal(client.chat_update, channel=channel, ts=ts, text="x") == "cant_update_message"
    assert refusal(client.chat_delete, channel=channel, ts=ts) == "cant_delete_message"


def test_an_ephemeral_message_is_seen_by_one_person_of_the_channel(slack, client):
    channel = slack.workspace.add_channel("c", [USER, OTHER]).id
    ts = client.chat_postEphemeral(channel=channel, user=USER, text="秘密")["message_ts"]
    assert [m.text for m in slack.workspace.messages(channel, seen_by=USER)] == ["秘密"]
    assert slack.workspace.messages(channel, seen_by=OTHER) == []
    assert refusal(client.chat_update, channel=channel, ts=ts, text="x") == "message_not_found"
    assert (
        refusal(client.chat_postEphemeral, channel=channel, user=STRANGER, text="x") == "user_not_in_channel"
    )


@pytest.mark.parametrize(
    ("fine", "too_much"),
    [
        ([section("a" * 3000)], [section("a" * 3001)]),
        ([{"type": "divider"}] * 50, [{"type": "divider"}] * 51),
        ([buttons(25)], [buttons(26)]),
        ([buttons(2)], [buttons(2, action_id="same")]),
        (
            [{"type": "header", "text": {"type": "plain_text", "text": "a" * 150}}],
            [{"type": "header", "text": {"type": "plain_text", "text": "a" * 151}}],
        ),
        (
            [{"type": "section", "fields": [{"type": "mrkdwn", "text": "a" * 2000}]}],
            [{"type": "section", "fields": [{"type": "mrkdwn", "text": "a" * 2001}]}],
        ),
        ([section("a")], [{**section("a"), "txt": "a"}]),
        ([section("a")], [{"type": "section"}]),
        ([section("a")], [{"type": "paragraph"}]),
    ],
)
def test_blocks_are_taken_up_to_slacks_limits_and_not_beyond(client, fine, too_much):
    assert client.chat_postMessage(channel=USER, text="x", blocks=fine)["ok"]
    assert refusal(client.chat_postMessage, channel=USER, text="x", blocks=too_much) == "invalid_blocks"


def test_a_refusal_says_where_in_the_blocks(client):
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(channel=USER, text="x", blocks=[section("a"), section("a" * 3001)])
    told = error.value.response["response_metadata"]["messages"]
    assert told == ["[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text]"]


def test_texts_that_are_too_long_or_missing_are_refused(client):
    assert client.chat_postMessage(channel=USER, text="a" * 40_000)["ok"]
    assert refusal(client.chat_postMessage, channel=USER, text="a" * 40_001) == "msg_too_long"
    assert refusal(client.chat_postMessage, channel=USER, text="") == "no_text"
    five = [section("a" * 2_800)] * 5
    assert refusal(client.chat_postMessage, channel=USER, text="x", blocks=five) == "msg_blocks_too_long"
    assert refusal(client.chat_postMessage, channel=USER, text="x", blocks="{") == "invalid_blocks_format"


def test_channels_and_people_that_are_not_there_are_refused(slack, client):
    outside = slack.workspace.add_channel("outside", [USER], is_app_in=False).id
    hidden = slack.workspace.add_channel("hidden", [USER], kind="private", is_app_in=False).id
    archived = slack.workspace.add_channel("old", [USER]).id
    slack.workspace.archive(archived)
    for channel, word in [
        ("C404", "channel_not_found"),
        (outside, "not_in_channel"),
        (hidden, "channel_not_found"),
        (archived, "is_archived"),
        ("U404", "user_not_found"),
    ]:
        assert refusal(client.chat_postMessage, channel=channel, text="x") == word
    assert refusal(client.users_info, user="U404") == "user_not_found"


def test_a_person_is_told_with_locale_and_address_and_found_by_it(client):
    user = client.users_info(user=USER, include_locale=True)["user"]
    assert (user["locale"], user["profile"]["email"], user["is_stranger"]) == (
        "ja-JP",
        "hori@example.com",
        False,
    )
    assert "locale" not in client.users_info(user=USER)["user"]
    assert client.users_info(user=STRANGER)["user"]["is_stranger"]
    assert client.users_lookupByEmail(email="HORI@example.com")["user"]["id"] == USER
    assert refusal(client.users_lookupByEmail, email="nobody@example.com") == "users_not_found"


def test_a_group_of_people_is_one_conversation_however_often_it_is_opened(slack, client):
    first = client.conversations_open(users=[USER, OTHER])["channel"]["id"]
    assert client.conversations_open(users=[OTHER, USER])["channel"]["id"] == first
    assert set(client.conversations_members(channel=first)["members"]) == {USER, OTHER, BOT_USER}
    many = [slack.workspace.add_user(User(f"U{i}", f"n{i}")).id for i in range(9)]
    assert client.conversations_open(users=many[:8])["ok"]
    assert refusal(client.conversations_open, users=many) == "too_many_users"
    assert refusal(client.conversations_open, users="U404") == "user_not_found"
    slack.workspace.deactivate(many[0])
    assert refusal(client.conversations_open, users=many[0]) == "user_disabled"


def test_people_of_two_workspaces_need_a_channel_in_common(slack, client):
    together = {"users": [USER, STRANGER]}
    assert refusal(client.conversations_open, **together) == "invalid_user_combination"
    slack.workspace.add_channel("shared", [USER, STRANGER], is_shared=True)
    assert client.conversations_open(**together)["ok"]


def test_channels_are_listed_by_type_and_page(slack, client):
    for i in range(3):
        slack.workspace.add_channel(f"c{i}", [USER])
    slack.workspace.add_channel("p", [USER], kind="private")
    pages = [page["channels"] for page in client.users_conversations(user=USER, limit=2)]
    assert [[channel["name"] for channel in page] for page in pages] == [["c0", "c1"], ["c2"]]
    listed = client.conversations_list(types="private_channel,im")["channels"]
    assert [channel["name"] for channel in listed] == ["p"]
    assert client.conversations_info(channel=listed[0]["id"])["channel"]["is_private"]


def test_history_shows_threads_apart(slack, client):
    root = client.chat_postMessage(channel=USER, text="root")
    client.chat_postMessage(channel=USER, text="reply", thread_ts=root["ts"])
    channel = root["channel"]
    assert [m["text"] for m in client.conversations_history(channel=channel)["messages"]] == ["root"]
    replies = client.conversations_replies(channel=channel, ts=root["ts"])["messages"]
    assert [m["text"] for m in replies] == ["root", "reply"]


def test_a_trigger_opens_one_modal_and_within_three_seconds():
    now = [1_000.0]
    with DemoServer(workspace=Workspace(clock=lambda: now[0])) as slack:
        slack.workspace.add_user(User(USER, "u"))
        client = WebClient(token=slack.workspace.bot_token, base_url=slack.api_url)
        trigger = slack.workspace.new_trigger(USER)
        client.views_open(trigger_id=trigger, view=MODAL)
        assert refusal(client.views_open, trigger_id=trigger, view=MODAL) == "exchanged_trigger_id"
        late = slack.workspace.new_trigger(USER)
        now[0] += 3.1
        assert refusal(client.views_open, trigger_id=late, view=MODAL) == "expired_trigger_id"
        assert refusal(client.views_open, trigger_id="1.2.3", view=MODAL) == "invalid_trigger_id"


def test_modals_are_stacked_three_high_and_updated_by_their_hash(slack, client):
    first = client.views_open(trigger_id=slack.workspace.new_trigger(USER), view=MODAL)["view"]
    for _ in range(2):
        trigger = slack.workspace.new_trigger(USER, view=first["id"])
        client.views_push(trigger_id=trigger, view=MODAL)
    trigger = slack.workspace.new_trigger(USER, view=first["id"])
    assert refusal(client.views_push, trigger_id=trigger, view=MODAL) == "push_limit_reached"
    updated = client.views_update(view_id=first["id"], view=MODAL, hash=first["hash"])["view"]
    assert updated["hash"] != first["hash"]
    assert (
        refusal(client.views_update, view_id=first["id"], view=MODAL, hash=first["hash"]) == "hash_conflict"
    )
    assert refusal(client.views_update, view_id="V404", view=MODAL) == "not_found"
    assert len(slack.workspace.modals(USER)) == 3


def test_views_are_checked_as_blocks_are(slack, client):
    def opened(view):
        return client.views_open(trigger_id=slack.workspace.new_trigger(USER), view=view)

    assert (
        refusal(opened, {**MODAL, "title": {"type": "plain_text", "text": "a" * 25}}) == "invalid_arguments"
    )
    assert refusal(opened, {**MODAL, "private_metadata": "a" * 3001}) == "invalid_arguments"
    assert refusal(opened, {**MODAL, "blocks": [{"type": "divider"}] * 101}) == "invalid_arguments"
    assert refusal(opened, HOME) == "invalid_arguments"
    published = client.views_publish(user_id=USER, view=HOME)["view"]
    assert refusal(client.views_publish, user_id=USER, view=HOME, hash="0.0") == "hash_conflict"
    assert client.views_publish(user_id=USER, view=HOME, hash=published["hash"])["ok"]


def test_an_answer_is_streamed_piece_by_piece(slack, client):
    thread = client.chat_postMessage(channel=USER, text="?")
    stream = client.chat_stream(channel=thread["channel"], thread_ts=thread["ts"], buffer_size=1)
    stream.append(markdown_text="**探して**")
    (_, growing) = slack.workspace.messages(thread["channel"])
    assert (growing.text, growing.is_streaming) == ("**探して**", True)
    stream.append(markdown_text="います")
    stream.stop(blocks=[section("1 件")])
    (_, done) = slack.workspace.messages(thread["channel"])
    assert (done.text, done.is_streaming, done.shown) == ("**探して**います", False, "1 件")
    late = {"channel": done.channel, "ts": done.ts, "markdown_text": "x"}
    assert refusal(client.chat_appendStream, **late) == "message_not_in_streaming_state"


def test_the_side_panel_takes_four_prompts_and_forgets_a_status_with_the_answer(slack, client):
    thread = client.chat_postMessage(channel=USER, text="?")
    channel, ts = thread["channel"], thread["ts"]
    client.assistant_threads_setStatus(channel_id=channel, thread_ts=ts, status="探しています…")
    client.assistant_threads_setTitle(channel_id=channel, thread_ts=ts, title="検査装置")
    assert slack.workspace.assistance(channel, ts).status == "探しています…"
    client.chat_postMessage(channel=channel, thread_ts=ts, text="あります")
    assert slack.workspace.assistance(channel, ts).status == ""
    assert slack.workspace.assistance(channel, ts).title == "検査装置"
    five = [{"title": "t", "message": "m"}] * 5
    call = client.assistant_threads_setSuggestedPrompts
    assert refusal(call, channel_id=channel, thread_ts=ts, prompts=five) == "invalid_arguments"


def test_a_file_is_uploaded_into_a_conversation(slack, client):
    channel = slack.workspace.dm(USER).id
    client.files_upload_v2(channel=channel, filename="memo.txt", content="面談メモ", initial_comment="どうぞ")
    (message,) = slack.workspace.messages(channel)
    file = slack.workspace.file(message.files[0])
    assert (file.name, file.content.decode(), message.text) == ("memo.txt", "面談メモ", "どうぞ")


def test_a_response_url_is_good_five_times(slack):
    channel = slack.workspace.dm(USER).id
    secret = slack.workspace.new_response_url(USER, channel)

    def respond():
        url = f"{slack.url}/response/{secret}"
        request = urllib.request.Request(url, b'{"text": "x"}', {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as response:
            return response.read()

    assert [respond() for _ in range(5)] == [b"ok"] * 5
    with pytest.raises(urllib.error.HTTPError, match="404"):
        respond()
    assert len(slack.workspace.messages(channel, seen_by=USER)) == 5


def test_about_one_message_a_second_goes_to_a_channel(slack, client):
    slack.api.rate_limit = RateLimit(per_second=1, burst=2)
    for _ in range(2):
        client.chat_postMessage(channel=USER, text="x")
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(channel=USER, text="x")
    assert error.value.response.status_code == 429
    assert error.value.response.headers["Retry-After"] == "1"
    assert client.chat_postMessage(channel=OTHER, text="x")["ok"]  # each channel has its own measure
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    began = time.monotonic()
    assert client.chat_postMessage(channel=USER, text="x")["ok"]
    assert time.monotonic() - began >= 1


def test_an_app_can_do_only_what_it_was_granted():
    with DemoServer(workspace=Workspace(scopes=["chat:write", "im:write", "users:read"])) as slack:
        slack.workspace.add_user(User(USER, "u", mail="u@example.com"))
        slack.workspace.add_user(User(OTHER, "o"))
        client = WebClient(token=slack.workspace.bot_token, base_url=slack.api_url)
        channel = client.chat_postMessage(channel=USER, text="x")["channel"]
        assert refusal(client.conversations_open, users=[USER, OTHER]) == "missing_scope"
        assert refusal(client.conversations_history, channel=channel) == "missing_scope"
        assert "email" not in client.users_info(user=USER)["user"]["profile"]


def test_slack_can_be_down_in_every_way_and_come_back(slack, client):
    slack.faults.unavailable()
    with pytest.raises(SlackApiError) as error:
        client.auth_test()
    assert error.value.response.status_code == 503
    slack.faults.clear()
    slack.disconnect()
    with pytest.raises(urllib.error.URLError, match="refused"):
        client.auth_test()
    slack.reconnect()
    assert client.auth_test()["ok"]


def test_a_message_may_be_accepted_though_the_app_never_learns_of_it(slack, client):
    slack.faults.silent_after_acceptance(0, "chat.postMessage", times=1)
    with pytest.raises(Exception, match=r"IncompleteRead|Remote end closed"):
        client.chat_postMessage(channel=USER, text="届いた")
    assert [m.text for m in slack.workspace.messages(slack.workspace.dm(USER).id)] == ["届いた"]
    assert client.chat_postMessage(channel=USER, text="次")["ok"]


def test_faults_meet_the_methods_they_are_for_and_so_many_times(slack, client):
    slack.faults.rate_limited(7, "chat.*", times=1)
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(channel=USER, text="x")
    assert error.value.response.headers["Retry-After"] == "7"
    slack.faults.fail("channel_not_found", "chat.postMessage", times=1)
    assert client.auth_test()["ok"]
    assert refusal(client.chat_postMessage, channel=USER, text="x") == "channel_not_found"
    slack.faults.slow(0.3, "auth.test", times=1)
    began = time.monotonic()
    client.auth_test()
    assert time.monotonic() - began >= 0.3
    assert client.chat_postMessage(channel=USER, text="x")["ok"]
