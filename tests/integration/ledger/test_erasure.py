"""A person can be forgotten: not a byte stays, while the chain and every count do."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from matchbot.ledger import Ledger, verification
from matchbot.ledger.erasures import read_erasures

NAME = "森林太郎"
SPELLINGS = [NAME.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp932")]


def traces(folder):
    """The files under a folder that hold the name, in whatever encoding."""
    return [
        file.name
        for file in sorted(folder.rglob("*"))
        if file.is_file() and any(spelling in file.read_bytes() for spelling in SPELLINGS)
    ]


def fill(ledger, decline, n=200):
    """Texts about two people, long and short, turn by turn; those about m:1 name them."""
    with ledger.unit() as unit:
        for number in range(n):
            who = number % 2
            reason = f"{NAME if who else '花子'}さんのご事情 " + "。" * (number * 37 % 6000)
            decline(unit, str(number), key=f"click:{number}", reason=reason, about=f"m:{who}")


def test_no_file_holds_a_trace_of_who_was_erased(ledger, home, decline, noon):
    fill(ledger, decline)
    assert traces(home)
    before = ledger.head()
    erasure = ledger.erase(about=["m:1"], by="m:9", erased_at=noon)
    assert len(erasure.texts) == 100
    assert traces(home) == []
    assert ledger.head() == before
    found = ledger.verify(before)
    assert (found.is_intact, found.n_texts, found.n_erased) == (True, 100, 100)


def test_no_trace_stays_while_another_has_the_ledger_open(ledger, home, decline, noon):
    with Ledger.open(home) as another:
        with another.read() as unit:
            unit.private.about("m:1")
        fill(ledger, decline)
        ledger.erase(about=["m:1"], by="m:9", erased_at=noon)
        assert traces(home) == []
        with another.read() as unit:
            assert unit.private.about("m:1") == []
            assert len(unit.private.about("m:0")) == 100


def test_texts_can_be_erased_one_by_one(ledger, home, decline, noon):
    with ledger.unit() as unit:
        kept, erased = (
            decline(unit, case, key=case, reason=f"{case} 様のご都合")[0].event.reason
            for case in ("山", "川")
        )
    ledger.erase(texts=[erased.id], by="m:9", erased_at=noon)
    with ledger.read() as unit:
        assert unit.private.texts([kept, erased]) == {kept.id: "山 様のご都合"}
        assert unit.private.text(erased) is None
    assert [erasure.texts for erasure in ledger.erasures()] == [(erased.id,)]


def test_a_text_about_two_goes_with_either(ledger, noon):
    with ledger.unit() as unit:
        text = unit.private.put("二人の手紙", kind="letter", about=["m:1", "m:2"], recorded_at=noon)
        assert unit.private.about("m:2")[0].about == ("m:1", "m:2")
    ledger.erase(about=["m:2"], by="m:9", erased_at=noon)
    with ledger.read() as unit:
        assert unit.private.text(text) is None
        assert unit.private.about("m:1") == []


@pytest.mark.parametrize("spelt", ["森 林太郎", "森　林太郎", "森\n林太郎"])
def test_a_name_is_found_however_it_is_spaced(ledger, decline, spelt):
    with ledger.unit() as unit:
        (recorded,) = decline(unit, "1", key="1", reason=f"{spelt}様のご都合")
        decline(unit, "2", key="2", reason="森の太郎")
    with ledger.read() as unit:
        assert [text.ref for text in unit.private.holding(NAME)] == [recorded.event.reason]
        assert [text.ref for text in unit.private.holding("森　林太郎")] == [recorded.event.reason]


def test_what_is_erased_while_the_chain_is_followed_is_not_missed(ledger, home, decline, noon, monkeypatch):
    fill(ledger, decline, n=6)
    ledger.erase(about=["m:1"], by="m:9", erased_at=noon)
    looks = iter([[]])
    monkeypatch.setattr(verification, "read_erasures", lambda file: next(looks, read_erasures(file)))
    found = ledger.verify()
    assert (found.is_intact, found.n_erased) == (True, 3)


def test_erasures_are_on_record_without_a_name(ledger, home, decline, noon):
    fill(ledger, decline, n=2)
    erasure = ledger.erase(about=["m:1"], by="m:9", erased_at=noon)
    assert ledger.erasures() == [erasure]
    assert (erasure.about, erasure.by, erasure.erased_at) == (("m:1",), "m:9", noon)


def test_an_interrupted_erasure_is_carried_out_when_the_ledger_is_opened(
    ledger, home, decline, noon, monkeypatch
):
    fill(ledger, decline)
    with monkeypatch.context() as patch:
        patch.setattr("matchbot.ledger.disk.carry_out", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ledger.erase(about=["m:1"], by="m:9", erased_at=noon)
    assert traces(home)
    with Ledger.open(home) as opened:
        assert traces(home) == []
        assert opened.verify().is_intact


def interrupted(*_):
    raise KeyboardInterrupt


def test_a_line_cut_off_by_a_crash_does_not_spoil_the_list(ledger, home, decline, noon):
    fill(ledger, decline, n=4)
    first = ledger.erase(about=["m:0"], by="m:9", erased_at=noon)
    with (home / "erasures.jsonl").open("a") as torn:
        torn.write('{"about":["m:')
    assert ledger.erasures() == [first]
    second = ledger.erase(about=["m:1"], by="m:9", erased_at=noon)
    assert ledger.erasures() == [first, second]


def test_two_may_erase_at_once(ledger, home, decline, noon):
    fill(ledger, decline, n=20)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda who: ledger.erase(about=[who], by="m:9", erased_at=noon), ["m:0", "m:1"]))
    assert len(ledger.erasures()) == 2
    assert traces(home) == []
    assert ledger.verify().n_erased == 20


def test_nothing_is_erased_in_the_middle_of_a_unit(ledger, noon):
    with ledger.unit(), pytest.raises(RuntimeError):
        ledger.erase(about=["m:1"], by="m:9", erased_at=noon)
    assert ledger.erasures() == []


def test_what_is_gone_without_an_erasure_is_noticed(ledger, home, decline):
    fill(ledger, decline, n=6)
    with sqlite3.connect(home / "private.db") as raw:
        raw.execute("DELETE FROM texts WHERE number = 3")
    assert (ledger.verify().fault.seq, ledger.verify().fault.flaw) == (3, "text-missing")
