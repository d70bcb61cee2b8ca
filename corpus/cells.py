"""Cells as values: what a table or JSON file holds, as text, day, amount, yes or no, web address."""

import re
import unicodedata
from datetime import date, datetime
from urllib.parse import urlsplit

from corpus.errors import Reason, RecordError

_ERROR_CELLS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_SAYS_NOTHING = frozenset({"N/A", "n/a", "NULL", "null", "NaN", "nan", "-", "－", "―", "—", "‐", "ー"})


def tidy(text: str) -> str:
    """``text`` on one line, without space around it or invisible characters in it."""
    text = " ".join(text.split())
    if text.isprintable():
        return text
    visible = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf"))
    return " ".join(visible.split())


def text_of(value: object, column: str) -> str:
    """A cell or JSON value as a text; "" for nothing (N/A, - and the like too) and for a JSON object.

    Raises RecordError for a cell in which a spreadsheet reports an error.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        if value in _ERROR_CELLS:
            raise RecordError(field=column, value=value, reason=Reason.ERROR_CELL)
        return "" if (text := tidy(value)) in _SAYS_NOTHING else text
    if isinstance(value, list):
        return "、".join(text for item in value if (text := text_of(item, column)))
    if isinstance(value, dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)


def cut(text: str, separators: str) -> list[str]:
    """The parts of ``text`` between any of the characters ``separators``; the whole where there are none."""
    if not separators:
        return [part] if (part := tidy(text)) else []
    return [part for piece in re.split(f"[{re.escape(separators)}]", text) if (part := tidy(piece))]


_YES = frozenset({"true", "yes", "y", "1", "はい", "○", "〇", "◯", "有", "する", "匿名", "非公開", "希望"})
_NO = frozenset({"", "false", "no", "n", "0", "いいえ", "×", "無", "しない", "実名", "公開", "-", "なし"})


def is_yes(text: str) -> bool | None:
    """Whether a text says yes; None for what is neither yes nor no. An empty one is no.

    >>> is_yes("はい"), is_yes("×"), is_yes("たぶん")
    (True, False, None)
    """
    word = unicodedata.normalize("NFKC", text).casefold()
    return True if word in _YES else False if word in _NO else None


_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERA_LETTERS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"}
_DAY = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[mtshr])?\.?(?P<year>元|\d{1,4})"
    r"(?:[-/.年](?:(?P<month>\d{1,2})(?:[-/.月](?:(?P<day>\d{1,2})日?)?)?)?)?(?:[ t]\d{1,2}:.*)?"
)
_DIGITS_ONLY = re.compile(r"(\d{4})(\d{2})(\d{2})")


def day_of(text: str, *, is_exact: bool = False) -> date | None:
    """The day a text names, None for what is no date; a month means its first day, a year its first,
    unless the day has to be told (``is_exact``).

    >>> day_of("令和6年3月31日"), day_of("２０２４/3"), day_of("2024-02-30")
    (datetime.date(2024, 3, 31), datetime.date(2024, 3, 1), None)
    >>> day_of("2024/3/1", is_exact=True), day_of("2024/3", is_exact=True)
    (datetime.date(2024, 3, 1), None)
    """
    plain = _DIGITS_ONLY.sub(r"\1-\2-\3", unicodedata.normalize("NFKC", text).casefold())
    match = _DAY.fullmatch(plain)
    if match is None or (is_exact and match["day"] is None):
        return None
    era, written = match["era"], match["year"]
    year = 1 if written == "元" else int(written)
    if era:
        year += _ERAS[_ERA_LETTERS.get(era, era)]
    elif len(written) != 4:
        return None
    try:
        return date(year, int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return None


_UNITS = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "億": 10**8, "兆": 10**12}
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(千万|百万|千|万|億|兆|)")


def yen_of(text: str) -> int | None:
    """The yen a text names, None for what is no amount.

    >>> yen_of("1億5,000万円"), yen_of("５００万"), yen_of("応相談")
    (150000000, 5000000, None)
    """
    plain = re.sub(r"[,\s¥円]|以上|以下|まで|から|約", "", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(f"(?:{_AMOUNT.pattern})+", plain):
        return None
    return sum(round(float(number) * _UNITS[unit]) for number, unit in _AMOUNT.findall(plain))


def web_address(text: str) -> str:
    """``text`` as a web address, "" where it is none.

    >>> web_address("www.example.co.jp"), web_address("なし")
    ('https://www.example.co.jp', '')
    """
    url = unicodedata.normalize("NFKC", text)
    if "://" not in url:
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and parts.hostname and "." in parts.hostname
    return url if is_web and " " not in url and "@" not in parts.netloc else ""
