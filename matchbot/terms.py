"""What people write for one of a fixed set of values: after options and in files alike.

A value is meant by itself (``phone``), by what it is called in either language (電話, "Telephone"), by
either half of a name that joins two (融資・出資), and by what people say besides.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from corpus.writing import closed_up
from matchbot.texts import LANGUAGES, Texts

Value = TypeVar("Value", bound=StrEnum)

_BESIDES: Mapping[str, tuple[str, ...]] = {
    "attribution-contributing": ("一因",),
    "attribution-decisive": ("主因",),
    "breakdown-cluster": ("クラスター",),
    "breakdown-kind": ("種別",),
    "breakdown-pair": ("組",),
    "closeness-main-bank": ("メインバンク",),
    "closeness-same-group": ("グループ会社",),
    "kind-association": ("協会",),
    "kind-university": ("大学", "高専"),
    "means-fair": ("見本市",),
    "means-mail": ("電子メール", "Eメール"),
    "means-phone": ("TEL",),
    "member-role-firm": ("会員", "企業"),
    "member-role-staff": ("索引担当", "担当者"),
    "outcome-deal": ("商談成立",),
    "passage-theme": ("研究テーマ",),
    "purpose-start_up": ("起業",),
    "slack-anyway-unknown": ("不明",),
}
"""Further words, by the key of what the value is called."""

_JOINS = "・"


def meant(written: str, values: Iterable[Value], key: str) -> Value | None:
    """The value that somebody wrote, whatever the width, case and spaces; None for anything else.

    ``key``: what the keys of their names begin with.

    >>> from matchbot.need import Purpose
    >>> meant("販路開拓", Purpose, "purpose")
    <Purpose.SALES: 'sales'>
    """
    told = closed_up(written)
    by_itself = {closed_up(value): value for value in values}
    # First: the names are in files, which most commands need not read.
    if told in by_itself:
        return by_itself[told]
    return next((value for value in by_itself.values() if told in map(closed_up, terms(value, key))), None)


def terms(value: StrEnum, key: str) -> Iterator[str]:
    """Everything by which a value is meant but itself, the names first: as they are, not folded."""
    name = f"{key}-{value}"
    for texts in map(Texts, LANGUAGES):
        if name in texts:
            yield from dict.fromkeys((texts(name), *texts(name).split(_JOINS)))
    yield from _BESIDES.get(name, ())
