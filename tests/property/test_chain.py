"""What ties the events of the ledger is the one JSON text of each row, whoever writes it."""

import json
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from matchbot.ledger.chain import canonical, link

ROWS = st.lists(st.text() | st.integers(-(2**63), 2**63 - 1)).map(tuple)


@given(previous=st.text("0123456789abcdef", min_size=64, max_size=64), row=ROWS)
def test_a_row_is_tied_by_its_canonical_text(previous, row):
    assert link(previous, row) == sha256(f"{previous}{canonical(row)}".encode()).hexdigest()


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
)


@given(value=PLAIN)
def test_the_canonical_text_is_that_of_pythons_own_json(value):
    """By which ledgers were written before orjson wrote them: exponents and the order of keys, too."""
    expected = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    assert canonical(value) == expected


@given(fraction=st.sampled_from([1e16, 1e-7, 5e-324, -0.0, 1.5]), depth=st.integers(0, 3))
def test_a_fraction_is_written_as_ever_however_deep_it_lies(fraction, depth):
    value = fraction
    for _ in range(depth):
        value = {"b": ["\U0001f98a", value], "\uff21": None}
    assert canonical(value) == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
