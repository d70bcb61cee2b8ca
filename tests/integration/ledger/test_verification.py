"""Whatever is done to the file behind the ledger's back, the first bad row is named."""

import pytest

from ledger_places import N, fault
from matchbot.ledger import Flaw, Ledger


@pytest.mark.parametrize("share", [0.02, 0.2, 0.4, 0.6, 0.8, 0.98])
def test_a_flipped_byte_of_a_row_is_named(full, home, share):
    seq = max(1, round(N * share))
    file = home / "ledger.db"
    content = bytearray(file.read_bytes())
    position = content.index(f'{{"case_id":"{seq}",'.encode()) + 15
    content[position] ^= 1
    file.write_bytes(content)
    assert fault(full) == (seq, Flaw.ROW_CHANGED)


def test_a_byte_that_is_no_text_any_more_is_named(full, home):
    file = home / "ledger.db"
    content = bytearray(file.read_bytes())
    content[content.index(b'{"case_id":"31",') + 15] = 0xFF
    file.write_bytes(content)
    assert fault(full) == (31, Flaw.ROW_UNREADABLE)


def test_a_ledger_written_anew_shows_against_the_exported_head(full, home, tmp_path, decline, noon):
    exported = full.head()
    with Ledger.create(tmp_path / "forged", is_sample=False, created_at=noon) as forged:
        with forged.unit() as unit:
            for number in range(1, N + 9):
                decline(unit, str(number), key=f"click:{number}")
        assert fault(forged) is None
        assert fault(forged, exported) == (N, Flaw.OTHER_HEAD)
