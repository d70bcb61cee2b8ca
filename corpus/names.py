"""Names of organisations, and the key by which two spellings are known to be the same one."""

import hashlib
import re
import unicodedata
from typing import Self

from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.jp import cn

from corpus.errors import Reason, RecordError

# Written out, a legal form stands before or after the name: 株式会社山田, 山田株式会社.
_LEGAL_FORMS = (
    *("株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "相互会社", "特定目的会社"),
    *("一般社団法人", "公益社団法人", "社団法人", "一般財団法人", "公益財団法人", "財団法人"),
    *("特定非営利活動法人", "認定特定非営利活動法人", "認定npo法人", "npo法人"),
    *("国立大学法人", "公立大学法人", "大学共同利用機関法人", "学校法人", "準学校法人"),
    *("独立行政法人", "地方独立行政法人", "国立研究開発法人"),
    *("医療法人社団", "医療法人財団", "社会医療法人財団", "社会医療法人社団", "社会医療法人", "医療法人"),
    *("社会福祉法人", "更生保護法人", "職業訓練法人", "宗教法人", "農事組合法人"),
    *("有限責任監査法人", "監査法人", "弁護士法人", "税理士法人", "司法書士法人", "行政書士法人"),
    *("社会保険労務士法人", "弁理士法人", "特許業務法人", "投資法人"),
    *("有限責任事業組合", "投資事業有限責任組合"),
)
# In brackets, it may stand anywhere: 藤田金属(株) 燕支店.
_SHORT_FORMS = (
    *("株", "有", "同", "合", "資", "名", "相", "社", "財", "特非", "一社", "公社", "一財", "公財"),
    *("大", "国", "公大", "学", "独", "地独", "国研", "医", "福", "社福", "宗", "農", "特", "npo"),
)
_ENGLISH_FORMS = (
    r"co\.?,? ?ltd\.?|company,? limited|limited|ltd\.?|inc\.?|incorporated|corp\.?|corporation|k\.? ?k\.?"
    r"|g\.? ?k\.?|l\.?l\.?c\.?|l\.?l\.?p\.?|gmbh|s\.a\.|plc"
)
# Single circled characters say what the bracketed ones do, but NFKC drops their circle.
_CIRCLED_FORMS = str.maketrans(
    {"㊑": "(株)", "㊒": "(有)", "㊓": "(社)", "㊔": "(名)", "㊖": "(財)", "㏍": "(株)"}
)

_WRITTEN_OUT = "|".join(sorted(_LEGAL_FORMS, key=len, reverse=True))
_LEGAL_FORM = re.compile(
    rf"[(\[〔【](?:{'|'.join(_SHORT_FORMS)})[)\]〕】]"
    rf"|(?:^|(?<=\s))(?:{_WRITTEN_OUT})|(?:{_WRITTEN_OUT})(?=[\s(]|$)"
    rf"|[\s,]+(?:{_ENGLISH_FORMS})$",
    re.IGNORECASE,
)


class Name(str):
    """What an organisation is called: its own name, which knows the one in English where there is one.

    >>> name = Name("北見鉄工所", "Kitami Iron Works")
    >>> name, name.english
    ('北見鉄工所', 'Kitami Iron Works')
    """

    english: str

    def __new__(cls, own: str, english: str = "") -> Self:
        name = super().__new__(cls, own)
        name.english = english
        return name


def in_english(name: str) -> str:
    """The name in English that a name knows; "" where it knows none, as codes do not.

    >>> in_english(Name("北見鉄工所", "Kitami Iron Works")), in_english("M-NX2D3J")
    ('Kitami Iron Works', '')
    """
    return name.english if isinstance(name, Name) else ""


def without_legal_form(name: str) -> str:
    """``name`` in NFKC without its legal form, or whole where nothing else would be left.

    >>> without_legal_form("㈱山田製作所"), without_legal_form("藤田金属株式会社　燕支店")
    ('山田製作所', '藤田金属 燕支店')
    """
    whole = " ".join(unicodedata.normalize("NFKC", name.translate(_CIRCLED_FORMS)).split())
    bare = " ".join(_LEGAL_FORM.sub(" ", whole).split())
    return bare or whole


def name_key(name: str) -> str:
    """What two spellings of one organisation's name have in common: no legal form, width, case or space.

    Kana and kanji variants stay apart (石﨑 is not 石崎): sameness of those is for people to decide.

    >>> name_key("株式会社 ＡＢＣ") == name_key("Abc㈱")
    True
    """
    return "".join(without_legal_form(name).casefold().split())


def valid_corporate_number(text: str) -> str:
    """The 13 digits of a corporate number (法人番号), written in any width, with hyphens or spaces.

    Raises RecordError, field ``corporate_number``, for another length, for what are no digits and for a
    check digit that does not fit.

    >>> valid_corporate_number("５-8356-7825-6246")
    '5835678256246'
    """
    try:
        return str(cn.validate(unicodedata.normalize("NFKC", text)))
    except InvalidLength:
        reason = Reason.WRONG_LENGTH
    except InvalidChecksum:
        reason = Reason.CHECK_DIGIT
    except ValidationError:
        reason = Reason.NOT_DIGITS
    raise RecordError(field="corporate_number", value=text, reason=reason)


def organisation_id(corporate_number: str, name: str, place: str = "") -> str:
    """The key of one organisation: its corporate number or, where it has none, one made of name and place.

    The made key stays the same from import to import and for every spelling with the same ``name_key``.

    Raises RecordError for a corporate number that is not valid.
    """
    if corporate_number:
        return valid_corporate_number(corporate_number)
    identity = f"{name_key(name)}\0{name_key(place)}"
    return f"org:{hashlib.blake2b(identity.encode(), digest_size=8).hexdigest()}"
