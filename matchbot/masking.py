"""What a masked organisation is called until every party has consented."""

import hashlib
import hmac
import re
import unicodedata
from base64 import b32encode

from corpus.names import in_english, without_legal_form

_CODE_LETTERS = 6
_CODE = re.compile(rf"M-[A-Z2-7]{{{_CODE_LETTERS}}}")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII | re.IGNORECASE)


def code_of(organisation_id: str, mask_key: bytes) -> str:
    """The code of an organisation: the same for the same organisation and key.

    Corporate numbers are public, so whoever has the key, or an empty one, can find the organisation to
    a code by trying.
    """
    digest = hmac.digest(mask_key, organisation_id.encode(), hashlib.sha256)
    return f"M-{b32encode(digest).decode()[:_CODE_LETTERS]}"


_SMALL = 100


def coarse_size(size_band: str) -> str:
    """How large a masked organisation is, in one of two bands; "" where that is not known.

    >>> coarse_size("21–100名"), coarse_size("301名以上"), coarse_size("")
    ('1–100名', '101名以上', '')
    """
    numbers = [int(digits.replace(",", "")) for digits in re.findall(r"\d[\d,]*", size_band)]
    if not numbers:
        return ""
    return f"1–{_SMALL}名" if max(numbers) <= _SMALL else f"{_SMALL + 1}名以上"


def is_code(text: str) -> bool:
    """Whether a text is such a code, of whomever.

    >>> is_code("M-NX2D3J"), is_code("sample:firm:krip:1")
    (True, False)
    """
    return _CODE.fullmatch(text) is not None


def masked(text: str, name: str, code: str) -> str:
    """A text with the code of an organisation where its name stood, or a web or mail address.

    The name is found without its legal form, however it is spaced and typed; the one in English, too.

    >>> masked("ヤマダ 精機です。www.yamada.example", "ﾔﾏﾀﾞ精機(株)", "M-NX2D3J")
    'M-NX2D3Jです。M-NX2D3J'
    """
    text = _spelt(name).sub(code, unicodedata.normalize("NFKC", text))
    if english := in_english(name):
        # A word of its own: what is short in English stands within other words.
        text = re.sub(rf"(?<![a-z]){_spelt(english).pattern}(?![a-z])", code, text, flags=re.IGNORECASE)
    return _ADDRESS.sub(code, text)


def _spelt(name: str) -> re.Pattern[str]:
    letters = without_legal_form(name).replace(" ", "")
    return re.compile(r"\s*".join(map(re.escape, letters)), re.IGNORECASE)
