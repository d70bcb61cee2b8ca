"""The letter that a coordinator finds drafted."""

import pytest

from matchbot.texts import Texts


@pytest.mark.parametrize(("language", "heading"), [("ja", "連絡先:"), ("en", "Contacts:")])
def test_a_letter_has_a_heading_for_contacts_only_where_there_are_some(language, heading):
    def letter(*contacts: str) -> str:
        return Texts(language)(
            "slack-letter",
            id="c-1",
            parties="北工業、南工業",
            brief="検査",
            n_contacts=len(contacts),
            contacts="\n".join(contacts),
        )

    assert heading not in letter()
    assert "\n\n\n" not in letter()
    assert f"検査\n\n{heading}\n山田 yamada@kita.example\n\n" in letter("山田 yamada@kita.example")
