"""Prefectures, the programme's regions, and regions as people speak of them."""

import re
from collections import Counter
from itertools import chain

import pytest

from corpus.places import (
    PREFECTURES,
    PREFECTURES_EN,
    REGIONS,
    REGIONS_EN,
    SPOKEN_REGIONS,
    cities,
    cities_en,
    prefecture_of,
    region_of,
)


def test_the_prefectures_stand_in_the_order_of_their_codes() -> None:
    codes = {"北海道": 1, "東京都": 13, "新潟県": 15, "静岡県": 22, "大阪府": 27, "沖縄県": 47}

    assert {name: PREFECTURES.index(name) + 1 for name in codes} == codes
    assert len(set(PREFECTURES)) == len(PREFECTURES) == 1 + 1 + 2 + 43  # 道 都 府 県


def test_every_prefecture_and_region_has_an_english_name_of_its_own() -> None:
    assert tuple(PREFECTURES_EN) == PREFECTURES
    assert len(set(PREFECTURES_EN.values())) == len(PREFECTURES)
    assert (PREFECTURES_EN["京都府"], PREFECTURES_EN["大分県"]) == ("Kyoto", "Oita")
    assert tuple(REGIONS_EN) == tuple(REGIONS)


def test_every_prefecture_lies_in_exactly_one_region_of_the_programme() -> None:
    assert Counter(chain.from_iterable(REGIONS.values())) == Counter(PREFECTURES)


def test_the_region_of_a_prefecture_is_the_programmes() -> None:
    assert region_of("静岡県") == "広域関東"
    assert region_of("三重県") == "東海"
    assert region_of("") == region_of("California") == ""


def test_spoken_regions_hold_prefectures_and_each_of_them_once() -> None:
    for members in SPOKEN_REGIONS.values():
        assert set(members) <= set(PREFECTURES)
        assert len(set(members)) == len(members)


def test_east_and_west_share_out_the_country() -> None:
    both = (*SPOKEN_REGIONS["東日本"], *SPOKEN_REGIONS["西日本"])

    assert Counter(both) == Counter(PREFECTURES)


def test_people_count_shizuoka_to_tokai_and_the_programme_does_not() -> None:
    assert "静岡県" in SPOKEN_REGIONS["東海"]
    assert "静岡県" not in REGIONS["東海"]


def test_each_city_lies_in_a_prefecture_and_two_names_are_shared() -> None:
    assert set().union(*cities().values()) == set(PREFECTURES)
    assert sum(len(found) for city, found in cities().items() if city.endswith("市")) == 792
    assert [city for city, found in cities().items() if len(found) > 1] == ["伊達市", "府中市"]
    assert max(map(len, cities())) == len("いちき串木野市")


def test_each_city_has_a_name_in_latin_letters_and_some_are_spelt_alike() -> None:
    assert len(cities_en()) == len({name.lower() for name in cities_en()})
    assert set().union(*cities_en().values()) == set(PREFECTURES)
    assert all(re.fullmatch(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)?", name) for name in cities_en())
    assert (cities_en()["Sabae"], cities_en()["Sakai"]) == (("福井県",), ("福井県", "大阪府"))


@pytest.mark.parametrize(
    ("address", "prefecture"),
    [
        ("東京都府中市本町1-1", "東京都"),  # 京都府 stands in it
        ("京都府京都市上京区", "京都府"),
        ("〒010-0000　秋田県仙北市", "秋田県"),
        ("1000001東京都千代田区", "東京都"),
        ("本社 大阪府茨木市", "大阪府"),
        ("福岡 県新宮町", "福岡県"),
        ("札幌市北区北8条", "北海道"),
        ("大阪", "大阪府"),
        ("北海道", "北海道"),
        ("東大阪市高井田1-1", "大阪府"),
        ("四日市市西新地", "三重県"),
        ("市川市市川1-1", "千葉県"),
        ("府中市", ""),  # one in Tokyo, one in Hiroshima
        ("東京タワー前", ""),
        ("Munich, Germany", ""),
        ("", ""),
    ],
)
def test_the_prefecture_is_read_from_an_address(address: str, prefecture: str) -> None:
    assert prefecture_of(address) == prefecture
