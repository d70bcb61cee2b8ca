"""What ties the events of the ledger is the one JSON text of each row, whoever writes it."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from matchbot.ledger.chain import canonical, link

ROWS = st.lists(st.text() | st.integers(-(2**63), 2**63 - 1)).map(tuple)


@given(previous=st.text("0123456789abcdef", min_size=64, max_size=64), row=ROWS)
def test_a_row_is_tied_by_its_canonical_text(previous, row):
    assert link(previous, row) == sha256(f"{previous}{canonical(row)}".encode()).hexdigest()
