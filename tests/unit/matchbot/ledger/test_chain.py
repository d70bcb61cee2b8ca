"""The chain: pure, one hash after the other."""

import json
from hashlib import sha256

import pytest

from matchbot.ledger.chain import Fault, Flaw, Head, canonical, commitment, fault_after, genesis, link
from matchbot.texts import LANGUAGES, Texts

ROW = (1, "case:1", 1, "IntroductionExpired", "2027-04-01", "2027-04-01T03:00:00", "jobs", "jobs:1", 1, "{}")
START = genesis({"id": "a", "is_sample": False})


def test_the_hash_of_a_row_is_the_sha_256_of_the_hash_before_and_the_row():
    row = json.dumps(ROW, separators=(",", ":"))
    assert link(START.hash, ROW) == sha256((START.hash + row).encode()).hexdigest()


def test_a_row_follows_one_head_only():
    row = (*ROW, link(START.hash, ROW))
    assert fault_after(START, row) is None
    assert fault_after(genesis({"id": "a", "is_sample": True}), row) == Fault(1, Flaw.ROW_CHANGED)


@pytest.mark.parametrize("column", range(1, 10))
def test_every_column_counts(column):
    changed = [*ROW]
    changed[column] = 7 if isinstance(ROW[column], int) else "other"
    assert fault_after(START, (*changed, link(START.hash, ROW))) == Fault(1, Flaw.ROW_CHANGED)


def test_bytes_where_a_text_was_are_a_changed_row():
    row = (*ROW[:-1], b"{}", link(START.hash, ROW))
    assert fault_after(START, row) == Fault(1, Flaw.ROW_CHANGED)


@pytest.mark.parametrize("seq", [0, 2, 9])
def test_a_row_of_another_number_leaves_the_expected_one_missing(seq):
    row = (seq, *ROW[1:])
    assert fault_after(START, (*row, link(START.hash, row))) == Fault(1, Flaw.ROW_MISSING)


def test_a_head_reads_back_from_its_text():
    head = Head(12, "0123456789abcdef" * 4)
    assert Head.parse(f" {head}\n") == head


@pytest.mark.parametrize("text", ["", "12", "12:abc", f"-1:{'0' * 64}", f"1:{'G' * 64}", f"1:{'0' * 65}"])
def test_what_is_no_head_is_refused(text):
    with pytest.raises(ValueError, match="no head"):
        Head.parse(text)


def test_equal_values_have_one_text():
    assert (
        canonical({"b": [1, None], "a": "あ"})
        == canonical({"a": "あ", "b": (1, None)})
        == '{"a":"あ","b":[1,null]}'
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}])
def test_what_json_does_not_have_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        canonical({"value": value})


def test_a_commitment_fits_one_text_and_one_salt():
    assert commitment(b"salt", "text") == sha256(b"salttext").hexdigest()
    assert len({commitment(salt, text) for salt in (b"a", b"b") for text in ("x", "y")}) == 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("flaw", Flaw)
def test_every_flaw_has_words(flaw, language):
    assert Texts(language)(f"reason-{flaw}")
