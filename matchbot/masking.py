"""What a masked organisation is called until every party has consented."""

import hashlib
import hmac
import re
from base64 import b32encode

_CODE_LETTERS = 6
_CODE = re.compile(rf"M-[A-Z2-7]{{{_CODE_LETTERS}}}")


def code_of(organisation_id: str, mask_key: bytes) -> str:
    """The code of an organisation: the same for the same organisation and key.

    Corporate numbers are public, so whoever has the key, or an empty one, can find the organisation to
    a code by trying.
    """
    digest = hmac.digest(mask_key, organisation_id.encode(), hashlib.sha256)
    return f"M-{b32encode(digest).decode()[:_CODE_LETTERS]}"


def is_code(text: str) -> bool:
    """Whether a text is such a code, of whomever.

    >>> is_code("M-NX2D3J"), is_code("sample:firm:krip:1")
    (True, False)
    """
    return _CODE.fullmatch(text) is not None
