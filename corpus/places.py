"""Places of Japan: prefectures, the programme's regions, and regions as people speak of them."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import timedelta, timezone
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

_CITIES = Path(__file__).parent / "data" / "cities.txt"

JAPAN_TIME = timezone(timedelta(hours=9), "JST")

PREFECTURES: tuple[str, ...] = (
    *("北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県"),
    *("茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県"),
    *("新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県"),
    *("三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県"),
    *("鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県"),
    *("福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県"),
)
"""The 47 prefectures in the order of their JIS X 0401 codes: the first is 01, the last 47."""

_ROMAN = (
    *("Hokkaido", "Aomori", "Iwate", "Miyagi", "Akita", "Yamagata", "Fukushima"),
    *("Ibaraki", "Tochigi", "Gunma", "Saitama", "Chiba", "Tokyo", "Kanagawa"),
    *("Niigata", "Toyama", "Ishikawa", "Fukui", "Yamanashi", "Nagano", "Gifu", "Shizuoka", "Aichi"),
    *("Mie", "Shiga", "Kyoto", "Osaka", "Hyogo", "Nara", "Wakayama"),
    *("Tottori", "Shimane", "Okayama", "Hiroshima", "Yamaguchi", "Tokushima", "Kagawa", "Ehime", "Kochi"),
    *("Fukuoka", "Saga", "Nagasaki", "Kumamoto", "Oita", "Miyazaki", "Kagoshima", "Okinawa"),
)

PREFECTURES_EN: Mapping[str, str] = dict(zip(PREFECTURES, _ROMAN, strict=True))
"""Prefecture → its name in English, without "Prefecture"."""

REGIONS: Mapping[str, tuple[str, ...]] = {
    "北海道": ("北海道",),
    "東北": ("青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県"),
    "広域関東": (
        *("茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県"),
        *("新潟県", "山梨県", "長野県", "静岡県"),
    ),
    "東海": ("岐阜県", "愛知県", "三重県"),
    "北陸": ("富山県", "石川県", "福井県"),
    "関西": ("滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県"),
    "中国": ("鳥取県", "島根県", "岡山県", "広島県", "山口県"),
    "四国": ("徳島県", "香川県", "愛媛県", "高知県"),
    "九州": ("福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県"),
    "沖縄": ("沖縄県",),
}
"""The regions of the programme, from north to south: each prefecture stands in exactly one."""

REGIONS_EN: Mapping[str, str] = {
    "北海道": "Hokkaido",
    "東北": "Tohoku",
    "広域関東": "Greater Kanto",
    "東海": "Tokai",
    "北陸": "Hokuriku",
    "関西": "Kansai",
    "中国": "Chugoku",
    "四国": "Shikoku",
    "九州": "Kyushu",
    "沖縄": "Okinawa",
}

_KANTO = ("茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県")
_KOSHINETSU = ("新潟県", "山梨県", "長野県")
_TOKAI = ("岐阜県", "静岡県", "愛知県", "三重県")
_HOKURIKU, _KANSAI = REGIONS["北陸"], REGIONS["関西"]

SPOKEN_REGIONS: Mapping[str, tuple[str, ...]] = {
    "北日本": ("北海道", *REGIONS["東北"]),
    "東北": REGIONS["東北"],
    "北東北": ("青森県", "岩手県", "秋田県"),
    "南東北": ("宮城県", "山形県", "福島県"),
    "関東": _KANTO,
    "北関東": ("茨城県", "栃木県", "群馬県"),
    "南関東": ("埼玉県", "千葉県", "東京都", "神奈川県"),
    "一都三県": ("埼玉県", "千葉県", "東京都", "神奈川県"),
    # By law Kanto and Yamanashi; the programme too counts its north (首都圏北部) and west.
    "首都圏": (*_KANTO, "山梨県"),
    "広域関東": REGIONS["広域関東"],
    "甲信越": _KOSHINETSU,
    "信越": ("新潟県", "長野県"),
    "北信越": ("新潟県", *_HOKURIKU, "長野県"),
    "中部": ("新潟県", *_HOKURIKU, "山梨県", "長野県", "岐阜県", "静岡県", "愛知県"),
    "北陸": _HOKURIKU,
    # People count Shizuoka to Tokai; the programme counts it to its wider Kanto.
    "東海": _TOKAI,
    "中京": ("岐阜県", "愛知県", "三重県"),
    # 二府四県, as business speaks; schools add 三重県 to 近畿.
    "近畿": _KANSAI,
    "関西": _KANSAI,
    "京阪神": ("京都府", "大阪府", "兵庫県"),
    "阪神": ("大阪府", "兵庫県"),
    "京浜": ("東京都", "神奈川県"),
    "中国": REGIONS["中国"],
    "中国地方": REGIONS["中国"],
    "山陰": ("鳥取県", "島根県"),
    "山陽": ("岡山県", "広島県", "山口県"),
    "中四国": (*REGIONS["中国"], *REGIONS["四国"]),
    "四国": REGIONS["四国"],
    "九州": REGIONS["九州"],
    "北部九州": ("福岡県", "佐賀県", "長崎県", "大分県"),
    "南九州": ("熊本県", "宮崎県", "鹿児島県"),
    "九州沖縄": (*REGIONS["九州"], "沖縄県"),
    # The border of east and west lies here between Tokai and Hokuriku and what is called Kansai.
    "東日本": ("北海道", *REGIONS["東北"], *_KANTO, *_KOSHINETSU, *_TOKAI, *_HOKURIKU),
    "西日本": (*_KANSAI, *REGIONS["中国"], *REGIONS["四国"], *REGIONS["九州"], "沖縄県"),
    # Districts within one prefecture that industry is known by.
    "津軽": ("青森県",),
    "庄内": ("山形県",),
    "置賜": ("山形県",),
    "会津": ("福島県",),
    "上州": ("群馬県",),
    "両毛": ("群馬県",),
    "房総": ("千葉県",),
    "湘南": ("神奈川県",),
    "燕三条": ("新潟県",),
    "能登": ("石川県",),
    "信州": ("長野県",),
    "東濃": ("岐阜県",),
    "遠州": ("静岡県",),
    "尾張": ("愛知県",),
    "三河": ("愛知県",),
    "東三河": ("愛知県",),
    "西三河": ("愛知県",),
    "近江": ("滋賀県",),
    "湖東": ("滋賀県",),
    "北摂": ("大阪府",),
    "泉州": ("大阪府",),
    "播磨": ("兵庫県",),
    "播州": ("兵庫県",),
    "但馬": ("兵庫県",),
    "備後": ("広島県",),
    "讃岐": ("香川県",),
    "筑豊": ("福岡県",),
}
"""Region as people name it → its prefectures. They overlap, and some differ from the programme's."""

_SHORT_NAMES: Mapping[str, str] = {p if p == "北海道" else p[:-1]: p for p in PREFECTURES}
_REGION_OF: Mapping[str, str] = {p: region for region, members in REGIONS.items() for p in members}
# Latitude and longitude of each prefecture's seat of government, in degrees, in the order of PREFECTURES.
_SEATS: Mapping[str, tuple[float, float]] = dict(
    zip(
        PREFECTURES,
        (
            *((43.06, 141.35), (40.82, 140.74), (39.70, 141.15), (38.27, 140.87), (39.72, 140.10)),
            *((38.24, 140.36), (37.75, 140.47), (36.34, 140.45), (36.57, 139.88), (36.39, 139.06)),
            *((35.86, 139.65), (35.61, 140.12), (35.69, 139.69), (35.45, 139.64), (37.90, 139.02)),
            *((36.70, 137.21), (36.59, 136.63), (36.07, 136.22), (35.66, 138.57), (36.65, 138.18)),
            *((35.39, 136.72), (34.98, 138.38), (35.18, 136.91), (34.73, 136.51), (35.00, 135.87)),
            *((35.02, 135.76), (34.69, 135.52), (34.69, 135.18), (34.69, 135.83), (34.23, 135.17)),
            *((35.50, 134.24), (35.47, 133.05), (34.66, 133.93), (34.40, 132.46), (34.19, 131.47)),
            *((34.07, 134.56), (34.34, 134.04), (33.84, 132.77), (33.56, 133.53), (33.61, 130.42)),
            *((33.25, 130.30), (32.75, 129.87), (32.79, 130.74), (33.24, 131.61), (31.91, 131.42)),
            *((31.56, 130.56), (26.21, 127.68)),
        ),
        strict=True,
    )
)
# A leftmost match, so that 東京都府中市 is in Tokyo although 京都府 stands in it.
_PREFECTURE = re.compile("|".join(PREFECTURES))
_LONGEST_CITY = len("いちき串木野市")
_POSTAL_CODE = re.compile(r"^〒?\d{3}-?\d{4}")


def prefecture_of(address: str) -> str:
    """The prefecture that an address names, or "".

    Read are: the first full name anywhere (横浜 is not one), the short name alone (東京, 大阪), and at the
    start a city that no other prefecture has: its address is often written without a prefecture.

    >>> prefecture_of("〒183-0000 東京都府中市1-1"), prefecture_of("堺市中区"), prefecture_of("府中市")
    ('東京都', '大阪府', '')
    """
    text = _POSTAL_CODE.sub("", "".join(unicodedata.normalize("NFKC", address).split()))
    if named := _PREFECTURE.search(text):
        return named.group()
    if text in _SHORT_NAMES:
        return _SHORT_NAMES[text]
    beginnings = (text[:length] for length in range(2, _LONGEST_CITY + 1))
    prefectures = next((cities()[city] for city in beginnings if city in cities()), ())
    return prefectures[0] if len(prefectures) == 1 else ""


@cache
def cities() -> Mapping[str, tuple[str, ...]]:
    """City (市), or ward of Tokyo, → its prefecture; two prefectures where both have one of that name."""
    return _prefectures_by_name(0)


@cache
def cities_en() -> Mapping[str, tuple[str, ...]]:
    """The name of a city, or ward of Tokyo, in Latin letters → its prefecture; several where they are spelt
    alike (Sakai: 堺市 and 坂井市)."""
    return _prefectures_by_name(1)


def _prefectures_by_name(language: int) -> dict[str, tuple[str, ...]]:
    """By the first or the second name of each city in the list."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _CITIES.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            prefecture, *listed = line.split()
            for name in (each.split("/")[language] for each in listed):
                found[name] = tuple(dict.fromkeys((*found.get(name, ()), prefecture)))
    return found


def region_of(prefecture: str) -> str:
    """The programme's region that a prefecture lies in, or "" for what is no Japanese prefecture."""
    return _REGION_OF.get(prefecture, "")


def distance_km(prefecture: str, other: str) -> int | None:
    """How far the seats of two prefectures are from each other, as the crow flies, in tens of kilometres.

    None where one of them is no prefecture.

    >>> distance_km("東京都", "大阪府"), distance_km("秋田県", "秋田県"), distance_km("秋田県", "")
    (390, 0, None)
    """
    if prefecture not in _SEATS or other not in _SEATS:
        return None
    (here, here_east), (there, there_east) = (map(radians, _SEATS[each]) for each in (prefecture, other))
    # The haversine formula, with the mean radius of the earth.
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin((there_east - here_east) / 2) ** 2
    return round(2 * 6371 * asin(sqrt(half)) / 10) * 10
