"""The reasons for which a backup is refused have words."""

import pytest

from matchbot.ledger import Refusal
from matchbot.texts import LANGUAGES, Texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_has_words(refusal, language):
    assert Texts(language)(f"reason-{refusal}")
