"""The side panel in Slack, where Slack has one and where it has none."""

from matchbot.need import Purpose
from slack_network import FIRM, NEED, Slack, asked, elements, partners

DM = f"D-{FIRM}"


def asked_in(slack: Slack, thread_ts: str, text: str = NEED) -> None:
    slack.write(FIRM, text, thread_ts=thread_ts)
    slack.settle()


def test_a_new_thread_greets_and_suggests_what_could_be_asked(slack: Slack) -> None:
    slack.api.has_panel = True
    ts = slack.open_panel(FIRM)
    (greeting,) = slack.api.told("chat.postMessage")
    assert (greeting["channel"], greeting["thread_ts"]) == (DM, ts)
    (offered,) = slack.api.told("assistant.threads.setSuggestedPrompts")
    assert (offered["thread_ts"], len(offered["prompts"])) == (ts, 4)


def test_the_needs_that_somebody_keeps_are_suggested_first(slack: Slack) -> None:
    slack.api.has_panel = True
    desk = slack.bot.service.desk
    desk.save_need("seed:firm-0", NEED, Purpose.RESEARCH, by=desk.member("m-1"), key="n")
    slack.open_panel(FIRM)
    (offered,) = slack.api.told("assistant.threads.setSuggestedPrompts")
    assert offered["prompts"][0]["message"] == NEED


def test_an_answer_in_the_panel_has_a_status_comes_as_a_stream_and_can_be_judged(slack: Slack) -> None:
    slack.api.has_panel = True
    ts = slack.open_panel(FIRM)
    asked_in(slack, ts)
    assert slack.api.told("assistant.threads.setStatus")[-1]["status"] == "候補を探しています…"
    (begun,), (ended,) = slack.api.told("chat.startStream"), slack.api.told("chat.stopStream")
    assert (begun["thread_ts"], begun["markdown_text"]) == (ts, "3件の候補です。")
    assert len(partners(ended)) == 3
    assert ended["blocks"][-1]["elements"][0]["type"] == "feedback_buttons"
    assert slack.api.told("assistant.threads.setTitle")[-1]["title"] == "真空蒸着の装置"
    assert len(slack.api.told("chat.postMessage")) == 1


def test_who_finds_an_answer_no_good_is_told_what_else_can_be_done(slack: Slack) -> None:
    slack.api.has_panel = True
    asked_in(slack, slack.open_panel(FIRM))
    answer = slack.api.told("chat.stopStream")[-1]
    judged = answer["blocks"][-1]["elements"][0]
    bad = {"type": judged["type"], "action_id": judged["action_id"], "value": "bad"}
    slack.click(FIRM, bad, answer["ts"])
    slack.settle()
    ways = slack.api.told("chat.postMessage")[-1]
    slack.press(FIRM, ways, "rewrite")
    assert NEED in str(slack.api.told("views.open")[-1]["view"])


def test_a_filter_chosen_in_the_panel_changes_the_streamed_answer_in_its_place(slack: Slack) -> None:
    slack.api.has_panel = True
    ts = slack.open_panel(FIRM)
    asked_in(slack, ts)
    answer = slack.api.told("chat.stopStream")[-1]
    slack.press(FIRM, {**answer, "thread_ts": ts}, "kind", 1)
    (changed,) = slack.api.told("chat.update")
    assert (changed["ts"], partners(changed)) == (answer["ts"], ["seed:university-7"])


def test_a_new_thread_does_not_go_on_from_what_was_asked_elsewhere(slack: Slack) -> None:
    slack.api.has_panel = True
    asked(slack, text=f"{NEED}。大学だけで")
    ts = slack.open_panel(FIRM)
    asked_in(slack, ts, "真空蒸着の")
    assert elements(slack.api.told("chat.stopStream")[-1], "drop") == []
    assert slack.bot.service.need_of(f"{DM}:{ts}").pieces == ()


def test_where_slack_has_no_panel_a_thread_is_answered_plainly(slack: Slack) -> None:
    ts = slack.open_panel(FIRM)
    asked_in(slack, ts)
    answer = slack.api.told("chat.postMessage")[-1]
    assert (answer["thread_ts"], len(partners(answer))) == (ts, 3)
    assert "feedback_buttons" not in str(answer["blocks"])


def test_where_an_app_has_one_panel_it_suggests_when_that_is_opened(slack: Slack) -> None:
    slack.api.has_panel = True
    slack.open_home(FIRM, tab="messages")
    (offered,) = slack.api.told("assistant.threads.setSuggestedPrompts")
    assert offered["channel_id"] == DM
    assert "thread_ts" not in offered


def test_trouble_in_a_thread_is_told_in_that_thread(slack: Slack, settings) -> None:
    (settings.snapshots_path / "CURRENT").unlink()
    ts = slack.open_panel(FIRM)
    asked_in(slack, ts)
    assert slack.api.told("chat.postMessage")[-1]["thread_ts"] == ts
