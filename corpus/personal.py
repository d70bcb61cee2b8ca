"""Personal data in free text: mail addresses and mobile numbers, which must never be searched or shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from phonenumbers import PhoneNumberMatcher, PhoneNumberType, number_type

MASK = "…"
"""What stands where personal data stood: no word, so that nothing finds it."""


class PersonalDataKind(StrEnum):
    """By what a person could be reached."""

    MAIL = "mail"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One mail address or mobile number: ``text[start:end]`` is ``value``, as it was written.

    ``is_role``: the address of an office (info@, contact@ …) and not of a person.
    """

    kind: PersonalDataKind
    start: int
    end: int
    value: str
    is_role: bool = False

    @property
    def hint(self) -> str:
        """Enough to find it in the file, too little to use it: ``y…@example.jp``, ``090…78``."""
        if self.kind is PersonalDataKind.MAIL:
            return self.value[0] + MASK + re.sub(r"^.*?(?=[@＠(\[（【<＜])", "", self.value)
        return self.value[:3] + MASK + self.value[-2:]


# All translations keep the length, so that places found in the plain text hold in the written one.
_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−⁃﹣－ー─ｰ"), 0x2D)
_PLAIN = _HALF_WIDTH | _HYPHENS

# Cheap, and true for every text that holds anything: most texts are let go after this one look.
_HINT = re.compile(
    r"[@＠]|[(（\[［【<＜{]\s?(?:at|ａｔ|アット)|[6-9６-９][0０](?:\D{0,3}\d){8}", re.IGNORECASE
)
_AT = r"(?:\s?@\s?|\s?[(\[【<{]\s?(?:at|アット|アットマ-ク)\s?[)\]】>}]\s?)"
_MAIL = re.compile(rf"[a-z0-9][a-z0-9._%+-]*{_AT}[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
# The matcher takes letters before a number for a part number; these ones announce a phone.
_PHONE_WORD = re.compile(r"(?:tel|phone|mobile|cell|fax|携帯|電話)(?=[^a-z]|$)", re.IGNORECASE)
_ROLE = re.compile(
    "admin|business|center|contact(us)?|customer|desk|eigyou?|gyomu|hello|help(desk)?|honbu|honsha|info|information"
    "|inquiry|jimu(kyoku)?|jinji|kaihatsu|keiri|kenkyu|kikaku|kou?hou?|koryu|kyoku|mail|marketing|master|office"
    "|(o)?toiawase|post|postmaster|press|pr|recruit|renkei|sales|saiyou?|sangaku|seizo|service|shien|shop|sou?mu"
    "|soudan|support|uketsuke|webmaster"
)


def find_personal_data(text: str) -> tuple[PersonalData, ...]:
    """The mail addresses and Japanese mobile numbers in ``text``, in their order.

    Every mail address is given, those of offices too, marked: none of them helps a search, and contacts
    are shown to nobody before both sides consent. Landline numbers are no personal data here.

    >>> [found.value for found in find_personal_data("担当 山田（０９０－１２３４－５６７８）")]
    ['０９０－１２３４－５６７８']
    """
    if not _HINT.search(text):
        return ()
    plain = text.translate(_PLAIN)
    mails = [_mail(text, match) for match in _MAIL.finditer(plain)]
    for mail in mails:
        plain = plain[: mail.start] + " " * (mail.end - mail.start) + plain[mail.end :]
    return tuple(sorted([*mails, *_mobiles(text, plain)], key=lambda found: found.start))


def without_personal_data(text: str, found: tuple[PersonalData, ...]) -> str:
    """``text`` with ``MASK`` in place of each of ``found``."""
    for one in reversed(found):
        text = text[: one.start] + MASK + text[one.end :]
    return text


def _mail(text: str, match: re.Match[str]) -> PersonalData:
    local = re.split(r"[^a-z]+", match.group().lower())[0]
    return PersonalData(
        PersonalDataKind.MAIL,
        match.start(),
        match.end(),
        text[match.start() : match.end()],
        bool(_ROLE.fullmatch(local)),
    )


def _mobiles(text: str, plain: str) -> Iterator[PersonalData]:
    plain = _PHONE_WORD.sub(lambda word: " " * len(word.group()), plain)
    for found in PhoneNumberMatcher(plain, "JP"):
        if number_type(found.number) == PhoneNumberType.MOBILE:
            # The matcher takes in a bracket that opens before the number and closes after it.
            raw = found.raw_string
            n_open = len(re.findall(r"[(\[]", raw)) - len(re.findall(r"[)\]]", raw))
            start = found.start + (raw[0] in "([" and n_open > 0)
            yield PersonalData(PersonalDataKind.MOBILE, start, found.end, text[start : found.end])
