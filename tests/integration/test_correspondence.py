"""The correspondence on a real file: nothing taken is lost, nothing is taken twice, nothing erased stays."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from matchbot.conversation import Conversation, Question
from matchbot.correspondence import Arrival, Correspondence, Posted, Thread
from matchbot.need import Aspect, Need, Piece

NOON = datetime(2027, 4, 1, 3, tzinfo=UTC)
NAME = "森林太郎"
PROCESSES = get_context("fork")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "correspondence.db"


@pytest.fixture
def chat(file: Path) -> Iterator[Correspondence]:
    chat = Correspondence(file)
    yield chat
    chat.close()


def conversation(text: str) -> Conversation:
    piece = Piece(Aspect.KIND, ("university", "firm"), "大学")
    return Conversation(Need(text, text, (piece,)), ("seed:a",), (Question.DETAIL,), Question.DETAIL, "en")


def thread(n_turns: int = 1, *, id: str = "t-1", who: str = "U1", text: str = "めっき") -> Thread:
    return Thread(id, who, Conversation(), conversation(text), f"key:{n_turns}", text, n_turns)


def posted(message_id: str = "m-1", *, subject: str = "case:1", **facts: object) -> Posted:
    return Posted(message_id, "U1", "D1", "1.5", "decision", subject, **facts)


# --- What came in ---


def test_what_comes_in_is_taken_once_and_waits_until_it_is_done(chat):
    assert chat.take("k", "message", "U1", {"text": "めっき"}, NOON)
    assert not chat.take("k", "message", "U1", {"text": "めっき", "event_id": "another"}, NOON)
    assert chat.waiting() == [Arrival("k", "message", "U1", {"text": "めっき"}, NOON)]
    chat.attempt("k")
    assert chat.waiting()[0].n_attempts == 1
    chat.done("k", NOON)
    assert chat.waiting() == []
    assert not chat.take("k", "message", "U1", {"text": "めっき"}, NOON)


def test_what_waits_comes_back_oldest_first_and_only_what_came_before(chat):
    for minutes, key in ((2, "c"), (0, "a"), (1, "b"), (1, "b2")):
        chat.take(key, "click", "U1", {}, NOON + timedelta(minutes=minutes))
    assert [arrival.key for arrival in chat.waiting()] == ["a", "b", "b2", "c"]
    assert [arrival.key for arrival in chat.waiting(NOON + timedelta(minutes=1))] == ["a"]


def test_half_a_character_is_taken_and_shows_as_a_question_mark(chat):
    chat.take("k", "message", "U1", {"text": "a\ud83d"}, NOON)
    assert chat.waiting()[0].payload == {"text": "a?"}


def test_of_many_threads_that_take_one_key_exactly_one_has_it(chat):
    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(lambda n: chat.take(f"k:{n % 20}", "click", "U1", {}, NOON), range(320)))
    assert taken.count(True) == 20
    assert len(chat.waiting()) == 20


def take_all(file: Path, taken) -> None:
    chat = Correspondence(file)
    taken.put(sum(chat.take(f"k:{number}", "click", "U1", {}, NOON) for number in range(100)))


def test_of_many_processes_that_take_one_key_exactly_one_has_it(chat, file):
    taken = PROCESSES.Queue()
    processes = [PROCESSES.Process(target=take_all, args=(file, taken)) for _ in range(4)]
    for process in processes:
        process.start()
    counts = [taken.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    assert sum(counts) == 100
    assert len(chat.waiting()) == 100


def take_and_die(file: Path) -> None:
    chat = Correspondence(file)
    chat.take("answered", "message", "U1", {"text": "一つ目"}, NOON)
    chat.done("answered", NOON)
    chat.take("k", "message", "U1", {"text": "二つ目"}, NOON)
    chat.attempt("k")
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_was_taken_and_not_done_waits_after_a_sudden_end(chat, file):
    process = PROCESSES.Process(target=take_and_die, args=(file,))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert chat.waiting() == [Arrival("k", "message", "U1", {"text": "二つ目"}, NOON, n_attempts=1)]


# --- How far each thread is ---


def test_a_thread_is_as_it_was_after_a_restart(chat, file):
    assert chat.thread("t-1") is None
    assert chat.put_thread(thread(), NOON)
    chat.close()
    assert Correspondence(file).thread("t-1") == thread()


def test_of_two_turns_at_once_one_is_kept_and_the_other_is_told(chat):
    chat.put_thread(thread(1), NOON)
    assert chat.put_thread(thread(2, text="研磨"), NOON)
    assert not chat.put_thread(thread(2, text="鋳造"), NOON)
    assert not chat.put_thread(thread(1, text="鋳造"), NOON)
    assert chat.thread("t-1") == thread(2, text="研磨")


def test_a_thread_forgotten_meanwhile_does_not_come_back(chat):
    chat.put_thread(thread(1), NOON)
    chat.forget("U1")
    assert not chat.put_thread(thread(2), NOON)
    assert chat.thread("t-1") is None


# --- What was posted where ---


def test_a_posting_is_found_until_it_is_settled(chat):
    chat.put_posted(posted(), NOON)
    chat.put_posted(posted("m-2", subject="case:2"), NOON)
    assert chat.posted("m-1") == posted()
    assert [each.message_id for each in chat.live()] == ["m-1", "m-2"]
    assert chat.live("case:2") == [posted("m-2", subject="case:2")]
    chat.settle("m-1", version=3, is_live=False)
    assert chat.posted("m-1") == posted(version=3, is_live=False)
    assert chat.live("case:1") == []
    assert chat.posted("m-9") is None


def test_an_older_state_never_replaces_a_newer_one(chat):
    chat.put_posted(posted(version=2), NOON)
    chat.settle("m-1", version=1, is_live=False)
    assert chat.posted("m-1") == posted(version=2)


def test_a_message_posted_again_stands_where_it_was_posted_last(chat):
    chat.put_posted(posted(), NOON)
    again = Posted("m-1", "U1", "D1", "2.5", "decision", "case:1", version=1)
    chat.put_posted(again, NOON)
    assert chat.live() == [again]


# --- Forgetting ---


def traces(file: Path) -> list[str]:
    """The files beside the correspondence that hold the name."""
    return [each.name for each in file.parent.iterdir() if NAME.encode() in each.read_bytes()]


def test_no_file_holds_a_trace_of_who_was_forgotten(chat, file):
    for number in range(50):
        text = f"{NAME}です。" + "めっきの相手を探しています。" * number
        chat.take(f"waits:{number}", "message", "U1", {"text": text}, NOON)
        chat.take(f"done:{number}", "message", "U1", {"text": text}, NOON)
        chat.done(f"done:{number}", NOON)
        chat.put_thread(thread(id=f"t-{number}", text=text), NOON)
    chat.take("other", "message", "U2", {"text": f'"{NAME}"さんに会いたい'}, NOON)
    chat.put_thread(thread(id="other", who="U2", text=f"{NAME}さんの会社"), NOON)
    chat.put_posted(posted(), NOON)
    chat.take("stays", "message", "U2", {"text": "研磨"}, NOON)
    chat.put_thread(thread(id="stays", who="U2", text="研磨"), NOON)
    assert traces(file) != []

    # 50 that wait and 50 threads of U1, one of each of U2, a posting.
    assert chat.forget("U1", ["", NAME]) == 50 + 50 + 2 + 1

    assert traces(file) == []
    assert [arrival.key for arrival in chat.waiting()] == ["stays"]
    assert chat.thread("stays") is not None
    assert (chat.thread("t-1"), chat.thread("other"), chat.live()) == (None, None, [])
    assert not chat.take("waits:1", "message", "U1", {"text": "once more"}, NOON)


def test_a_name_with_quotes_is_forgotten_too(chat):
    chat.take("k", "message", "U2", {"text": 'I am Robert "Bob" Smith'}, NOON)
    assert chat.forget("U1", ['Robert "Bob" Smith']) == 1
    assert chat.waiting() == []


def test_what_is_settled_is_dropped_in_time_and_what_waits_stays(chat):
    later = NOON + timedelta(days=90)
    for key in ("old", "waits"):
        chat.take(key, "message", "U1", {}, NOON)
    chat.done("old", NOON)
    chat.take("new", "message", "U1", {}, later)
    chat.done("new", later)
    chat.put_thread(thread(id="old"), NOON)
    chat.put_thread(thread(id="new"), later)
    chat.put_posted(posted("settled", is_live=False), NOON)
    chat.put_posted(posted("live"), NOON)
    assert chat.prune(later) == 3
    assert [arrival.key for arrival in chat.waiting()] == ["waits"]
    assert (chat.thread("old"), chat.posted("settled")) == (None, None)
    assert chat.posted("live") == posted("live")
    assert chat.thread("new") == thread(id="new")
    assert chat.take("old", "message", "U1", {}, later)
    assert not chat.take("new", "message", "U1", {}, later)


def test_only_this_user_may_read_the_file(chat, file):
    chat.waiting()
    assert file.stat().st_mode & 0o777 == 0o600
