"""What is understood of a message, in tables: the message, what is searched, what is wished."""

import json
from pathlib import Path
from time import process_time

import pytest

from corpus.places import REGIONS, SPOKEN_REGIONS
from corpus.records import Kind
from matchbot.need import Asker, Aspect, Need, Piece, Purpose, Scope
from matchbot.understanding import language_of, understand

KANSAI = frozenset(REGIONS["関西"])
OSAKA_FIRM = Asker("org:asker", clusters=("kansai-neo",), prefecture="大阪府")


def conversation(*messages: str, asker: Asker | None = None) -> Need:
    need = None
    for message in messages:
        need = understand(message, asker=asker, previous=need)
    assert need is not None
    return need


@pytest.mark.parametrize(
    ("message", "query", "places", "is_excluded"),
    [
        ("関西以外の鋳造メーカーを探しています", "鋳造", REGIONS["関西"], True),
        ("関西以外の伝統工芸に詳しい大学を探しています", "伝統工芸", REGIONS["関西"], True),
        ("近くの鋳造メーカーを探しています", "鋳造", REGIONS["関西"], False),
        ("関西の鋳造メーカー", "鋳造", REGIONS["関西"], False),
        ("中国地方の鋳造メーカー", "鋳造", REGIONS["中国"], False),
        ("堺市の鋳造メーカーを探しています", "鋳造", ("大阪府",), False),
        ("堺市以外で研磨ができる会社を探しています", "研磨", ("大阪府",), True),
        ("東大阪市で研磨ができる会社", "研磨", ("大阪府",), False),
        ("研磨ができる大田区の町工場を紹介してください", "研磨", ("東京都",), False),
        ("広島県府中市で研磨ができる会社を探しています", "研磨", ("広島県",), False),
        ("名古屋の金型メーカーを探しています", "金型", ("愛知県",), False),
        ("うちの近くで研磨できる会社ありますか", "研磨", REGIONS["関西"], False),
        ("近くに研磨できるところありますか", "研磨", REGIONS["関西"], False),
        ("めっきの相談に乗ってくれる大阪の会社はありますか", "めっき", ("大阪府",), False),
        ("鋳造ができる会社を教えてください。大阪近郊で。", "鋳造", ("大阪府",), False),
    ],
)
def test_a_place_before_what_a_partner_is_called_is_a_wish_and_a_city_stands_for_its_prefecture(
    message: str, query: str, places: tuple[str, ...], is_excluded: bool
) -> None:
    need = understand(message, asker=Asker("a", (), "大阪府"))
    assert need.query == query
    assert (need.not_prefectures if is_excluded else need.prefectures) == frozenset(places)


@pytest.mark.parametrize(
    ("message", "query"),
    [
        ("Looking for a company near us that can cast aluminium", "cast aluminium"),
        ("Is there a nearby company for glass cutting?", "glass cutting"),
        ("We seek a university close to us with knowledge of corrosion", "corrosion"),
    ],
)
def test_near_us_is_read_from_where_the_asker_sits_in_english_too(message: str, query: str) -> None:
    need = understand(message, asker=Asker("a", (), "大阪府"))
    assert (need.query, need.prefectures) == (query, frozenset(REGIONS["関西"]))


@pytest.mark.parametrize(
    ("message", "query", "place"),
    [
        ("横浜の大学", "", "神奈川県"),
        ("鯖江の会社", "", "福井県"),
        ("浜松で", "", "静岡県"),
        ("名古屋だけ", "", "愛知県"),
        ("福井県鯖江市の会社", "", "福井県"),
        ("浜松で金型の補修", "金型の補修", "静岡県"),
        ("鯖江でメッキできる会社", "メッキ", "福井県"),
        ("燕でステンレスを磨ける人いない？", "ステンレスを磨ける", "新潟県"),
        ("燕三条の研磨屋さん", "研磨", "新潟県"),
        ("東大阪のネジ屋", "ネジ", "大阪府"),
        ("諏訪の精密加工メーカーを紹介して", "精密加工", "長野県"),
        ("大田区の町工場で試作", "試作", "東京都"),
        ("三条の包丁の会社", "包丁", "新潟県"),
        ("山形県米沢市の有機EL関連の会社を紹介してください", "有機EL関連", "山形県"),
        ("有機ELに強い米沢の大学", "有機EL", "山形県"),
        ("半導体の後工程、浜松で", "半導体の後工程", "静岡県"),
        ("わさびの残渣 活用 静岡", "わさびの残渣 活用", "静岡県"),
        ("レンズの研磨をしたい。鯖江市です。", "レンズの研磨", "福井県"),
        ("companies near Hamamatsu that machine titanium", "machine titanium", "静岡県"),
        ("a university in Yokohama working on batteries", "batteries", "神奈川県"),
        ("a maker in Sabae", "", "福井県"),
        ("Does anyone do anodising in sabae?", "anodising", "福井県"),
        ("Any foundries near Higashi-Osaka?", "foundries", "大阪府"),
        ("We need a plating company in Kure City", "plating", "広島県"),
        ("battery recycling in Fukuoka", "battery recycling", "福岡県"),
        ("glass cutting, near Otsu", "glass cutting", "滋賀県"),
    ],
)
def test_a_city_is_understood_as_people_call_it_in_both_languages(
    message: str, query: str, place: str
) -> None:
    need = understand(message)
    assert (need.query, need.prefectures) == (query, {place})


@pytest.mark.parametrize(
    "message",
    [
        "日光で劣化しない塗料を作れる会社",
        "三次の下請けを探しています",
        "半田の会社を探しています",
        "国立の大学を探しています",
        "橋本さんの会社を探しています",
        "横浜市と川崎市の水道の水質",
        "Looking for a company that can machine parts by date",
        "We need a company for mine drainage",
        "Toyota production system consulting",
    ],
)
def test_a_city_that_is_another_word_or_a_name_is_no_place(message: str) -> None:
    assert understand(message).prefectures == frozenset()


def test_cities_within_what_is_sought_stay_as_they_were_said() -> None:
    need = understand("鯖江の水道を調べる浜松の会社を探しています")
    assert (need.query, need.prefectures) == ("鯖江の水道を調べる", {"静岡県"})
    two_of_one = understand("鯖江の水道を調べる越前の会社を探しています")
    assert two_of_one.query == "鯖江の水道を調べる越前"


def test_a_name_that_a_message_begins_with_is_no_place_though_a_city_has_it() -> None:
    need = understand("お世話になっております。鯖江の松本です。レンズの検査を頼める大学ありますか")
    assert (need.query, need.prefectures, need.kinds) == (
        "レンズの検査を頼める",
        frozenset(),
        {Kind.UNIVERSITY},
    )


@pytest.mark.parametrize(
    ("message", "query", "kinds"),
    [
        ("チタンの薄板を曲げてくれるとこ知らん？", "チタンの薄板を曲げて", set()),
        ("漆が剥がれちゃうんだけど誰か相談できる人いる？", "漆が剥がれちゃう", set()),
        ("急ぎで試作してくれる板金屋さん", "試作してくれる板金", {Kind.FIRM}),
        ("炭素繊維を研究している大学", "炭素繊維", {Kind.UNIVERSITY}),
        ("ロボットのハンドを作れる会社ないかな〜", "ロボットのハンド", {Kind.FIRM}),
        ("塗装が剥げる原因を調べてくれるところってどこ？", "塗装が剥げる原因を調べて", set()),
        ("熱を電気に変える材料詳しい人", "熱を電気に変える材料", set()),
        ("酵素でPETを分解する技術 大学", "酵素でPETを分解する技術", {Kind.UNIVERSITY}),
        ("こちらでナノ材料やってる研究所", "こちらでナノ材料", {Kind.UNIVERSITY, Kind.PUBLIC_INSTITUTE}),
        (
            "軽量な樹脂素材にご関心のある企業様をご紹介いただけますと幸甚に存じます。",
            "軽量な樹脂素材",
            {Kind.FIRM},
        ),
        (
            "レーザーによる微細加工に知見をお持ちの研究者の方をご紹介願えませんでしょうか。",
            "レーザーによる微細加工",
            {Kind.UNIVERSITY},
        ),
        (
            "CFRPの非破壊検査について、ご相談できる先生がいらっしゃいましたらご教示いただけますと幸いです。",
            "CFRPの非破壊検査",
            {Kind.UNIVERSITY},
        ),
        (
            "大変恐縮ですが、樹脂の難燃化についてアドバイスいただける先生を探しております",
            "樹脂の難燃化",
            {Kind.UNIVERSITY},
        ),
        ("もしご存じでしたら、真空成形の会社をお教えいただけると助かります", "真空成形", {Kind.FIRM}),
        ("試作を頼めるところがあれば教えてください", "試作を頼める", set()),
        ("鯖江の眼鏡の会社でチタンの加工ができるところ", "眼鏡 チタンの加工", {Kind.FIRM}),
        ("燕三条でステンレスの研磨ができる職人さん", "ステンレスの研磨", set()),
        ("ロボットの導入に実績がある九州の会社", "ロボットの導入", {Kind.FIRM}),
        ("3Dスキャンできるとこ教えて〜", "3Dスキャン", set()),
        ("ニーズ：樹脂の難燃化に詳しい大学", "樹脂の難燃化", {Kind.UNIVERSITY}),
        ("I want to talk to a professor about AI", "AI", {Kind.UNIVERSITY}),
        ("Who can help with waste water from plating?", "waste water from plating", set()),
        ("who makes biodegradable fishing line?", "biodegradable fishing line", set()),
        ("any idea who could help us export knives?", "export knives", set()),
        ("need: injection molding, PEEK, small lots", "injection molding, PEEK, small lots", set()),
        ("福島の放射線測定を請け負う会社", "福島の放射線測定", {Kind.FIRM}),
        ("酒粕を使った化粧品を一緒に作れる会社", "酒粕を使った化粧品", {Kind.FIRM}),
        ("介護ロボットの実証試験を手伝ってくれる大学", "介護ロボットの実証試験", {Kind.UNIVERSITY}),
        ("遺伝子組換え作物の検査を研究している大学", "遺伝子組換え作物の検査", {Kind.UNIVERSITY}),
        ("融資を受けたい、福井の銀行", "融資を受けたい", {Kind.FINANCIER}),
        ("Can anyone polish lenses?", "polish lenses", set()),
        ("need someone for laser welding of thin films", "laser welding of thin films", set()),
        ("Is anyone able to 3D print ceramics?", "3D print ceramics", set()),
        ("Any universities researching seaweed?", "seaweed", {Kind.UNIVERSITY}),
        ("Is there a lab that does electron microscopy?", "electron microscopy", {Kind.UNIVERSITY}),
        ("Help us find a partner for hydrogen storage tanks", "hydrogen storage tanks", set()),
        ("I need help with metal 3D printing", "metal 3D printing", set()),
        ("whoever can do EMI shielding film", "EMI shielding film", set()),
        ("Looking for a company with 梨地 finishing experience", "梨地 finishing experience", {Kind.FIRM}),
    ],
)
def test_slang_courtesy_and_casual_english_ask_as_well(message: str, query: str, kinds: set[Kind]) -> None:
    need = understand(message)
    assert (need.query, need.kinds) == (query, kinds)


@pytest.mark.parametrize(
    ("message", "query", "places"),
    [
        ("関西以外で鋳造", "鋳造", KANSAI),
        ("北陸以外で炭素繊維の織物", "炭素繊維の織物", frozenset(REGIONS["北陸"])),
    ],
)
def test_outside_a_place_needs_no_request_behind_it(message: str, query: str, places: frozenset[str]) -> None:
    need = understand(message)
    assert (need.query, need.not_prefectures) == (query, places)


@pytest.mark.parametrize(
    "text",
    [
        "被害の発生を防ぐための措置を推進しているところである。",
        "日本シリーズの相手はどこか。",
        "九州で進む半導体の投資",
        "大学、企業、自治体の連携",
    ],
)
def test_statements_that_look_like_requests_stay_as_they_are(text: str) -> None:
    need = understand(text)
    assert (need.query, need.pieces) == (text, ())


def test_where_a_follow_up_goes_is_changed_as_people_say_it() -> None:
    near = conversation("アルミの溶接", "県内は？", "じゃあ近県で", asker=OSAKA_FIRM)
    assert (near.query, near.prefectures) == ("アルミの溶接", KANSAI)
    assert conversation("釣り針", "西脇とか加東とか").prefectures == {"兵庫県"}
    assert conversation("lens polishing", "in Kyoto", "or Osaka").prefectures == {"京都府", "大阪府"}
    assert conversation("射出成形", "鯖江市か越前市で", "福井以外も").prefectures == frozenset()
    assert conversation("射出成形", "大学だけ", "銀行も", "大学は外して").kinds == {Kind.FINANCIER}
    assert conversation("lens polishing", "near Hamamatsu", "and Nagoya").prefectures == {"静岡県", "愛知県"}


def test_who_needs_money_in_plain_words_is_shown_financiers() -> None:
    loan = understand("創業したばかりで2000万円くらい借りたい")
    assert (loan.kinds, loan.amount, loan.stages) == ({Kind.FINANCIER}, (20_000_000, 20_000_000), ("loan",))
    assert understand("お金を出してくれるところ").kinds == {Kind.FINANCIER}
    assert understand("We need some money for a chip startup").kinds == {Kind.FINANCIER}


@pytest.mark.parametrize("until", ["by March", "by the end of June 2027"])
def test_a_month_by_which_something_is_needed_is_a_condition_of_time(until: str) -> None:
    need = understand(f"We need a plating company {until}")
    assert need.query == "plating"
    assert [piece.values for piece in need.pieces if piece.aspect is Aspect.URGENCY] == [(until,)]


def test_a_city_is_told_as_it_was_said_and_a_name_of_two_cities_means_both() -> None:
    need = understand("府中市の鋳造メーカー")
    assert need.prefectures == {"東京都", "広島県"}
    assert {piece.said for piece in need.pieces if piece.aspect is Aspect.PLACE} == {"府中市"}


@pytest.mark.parametrize(
    "theme",
    [
        "堺市の水道管の点検",
        "堺市立病院向けの清掃ロボットのメーカー",
        "関西の伝統工芸の記録",
        "中国の鋳造メーカー",
        "都市の気温",
    ],
)
def test_a_place_within_a_theme_is_content(theme: str) -> None:
    need = understand(theme)
    assert need.prefectures == frozenset()
    assert need.query.startswith(theme[:4])


@pytest.mark.parametrize(
    ("message", "query", "n_conditions"),
    [
        (
            "耐熱合金の評価試験をお願いできる相手を探しています（次世代航空機エンジン開発事業）。",
            "耐熱合金の評価試験(次世代航空機エンジン開発事業)",
            0,
        ),
        ("膜厚の測定をお願いできますか（非破壊）", "膜厚の測定(非破壊)", 0),
        ("文献の調査をお願いしたいです（監督体制の整備（第2期））", "文献の調査(監督体制の整備(第2期))", 0),
        ("【急募】薄膜の検査ができる相手を探しています（できれば関西）", "薄膜の検査", 1),
        ("めっきの相手を紹介してください（関西以外、大学を除く）", "めっき", 2),
        ("薄膜の検査ができる会社を探しています（大学も可）", "薄膜の検査", 2),
        ("薄膜の検査ができる相手を探しています（急ぎ）", "薄膜の検査", 1),
    ],
)
def test_a_request_before_brackets_is_not_searched_and_conditions_may_stand_in_them(
    message: str, query: str, n_conditions: int
) -> None:
    need = understand(message)
    assert (need.query, len(need.pieces)) == (query, n_conditions)


@pytest.mark.parametrize("title", ["樹脂（PEEK）", "委託契約に基づく研究（無線伝送に向けた研究）"])
def test_brackets_behind_no_request_stay_as_they_are(title: str) -> None:
    assert understand(title).query == title


@pytest.mark.parametrize(
    ("message", "query"),
    [
        ("ガラス基板の欠陥検査ができる相手を探しています", "ガラス基板の欠陥検査"),
        ("ガラス基板の欠陥検査ができる相手", "ガラス基板の欠陥検査"),
        ("こんにちは。めっき液の分析をお願いできるところはありませんか？", "めっき液の分析"),
        (
            "お世話になっております。山田製作の佐藤と申します。薄膜の評価装置を探しています。",
            "薄膜の評価装置",
        ),
        ("アルミの微細切削をしてくれる会社を紹介してほしい", "アルミの微細切削"),
        ("アルミの微細切削に詳しい方をご紹介いただけますでしょうか", "アルミの微細切削"),
        ("樹皮を使った土壌改良材を量産したいです", "樹皮を使った土壌改良材を量産"),
        ("めっきの委託先を探している", "めっき"),
        ("検査装置メーカーを探しています。よろしくお願いいたします。", "検査装置"),
        ("誰か溶接に詳しい人を教えて", "溶接"),
        ("弱ってきたパネルを元気に戻したい", "弱ってきたパネルを元気に戻したい"),
        ("お金を出してくれる人を探しています", "お金を出して"),
        ("どこでもいいので、チタンの切削ができる会社を教えてください", "チタンの切削"),
        ("ＣＦＲＰの再生ができる会社を3社紹介してください", "CFRPの再生"),
        ("We are looking for a company that can inspect glass substrates.", "inspect glass substrates"),
        ("Hello, we're looking for someone who can weld magnesium. Thank you!", "weld magnesium"),
        ("Could you introduce us to a glass inspection company?", "glass inspection"),
        ("We are looking for a university that studies friction", "friction"),
        ("We want to mass-produce soil conditioner from bark", "mass-produce soil conditioner from bark"),
    ],
)
def test_the_phrases_of_asking_are_not_searched(message: str, query: str) -> None:
    assert understand(message).query == query


@pytest.mark.parametrize(
    ("message", "kinds"),
    [
        ("ガラスの検査ができる大学を探しています", {Kind.UNIVERSITY}),
        ("大学を紹介して", {Kind.UNIVERSITY}),
        ("大学の先生を紹介していただけますか", {Kind.UNIVERSITY}),
        ("大学と共同研究したい", {Kind.UNIVERSITY}),
        ("表面処理に詳しい高専はありませんか", {Kind.UNIVERSITY}),
        ("半導体の検査に詳しい先生はいらっしゃいますか", {Kind.UNIVERSITY}),
        ("会社を紹介してほしい", {Kind.FIRM}),
        ("食品メーカーと組みたい", {Kind.FIRM}),
        ("大学入試の採点を自動化できる企業を紹介してください", {Kind.FIRM}),
        ("公設試に相談したい", {Kind.PUBLIC_INSTITUTE}),
        ("研究機関を探しています", {Kind.UNIVERSITY, Kind.PUBLIC_INSTITUTE}),
        ("金融機関を探している", {Kind.FINANCIER}),
        ("ＶＣを紹介して", {Kind.FINANCIER}),
        ("輸出に強い商社を紹介してほしい", {Kind.TRADING_HOUSE}),
        ("支援機関を教えてください", {Kind.SUPPORT_BODY}),
        ("業界団体を探しています", {Kind.ASSOCIATION}),
        ("企業か大学を探しています", {Kind.FIRM, Kind.UNIVERSITY}),
        ("大学や高専、公設試を探しています", {Kind.UNIVERSITY, Kind.PUBLIC_INSTITUTE}),
        ("大学だけ", {Kind.UNIVERSITY}),
        ("薄膜の評価、大学だけでお願いします", {Kind.UNIVERSITY}),
        ("looking for a university to analyse bark", {Kind.UNIVERSITY}),
        ("Please find a bank or a venture capital firm", {Kind.FINANCIER}),
        ("Is there a trading company that exports tea?", {Kind.TRADING_HOUSE}),
        ("universities only", {Kind.UNIVERSITY}),
        ("looking for a university hospital ventilator maker", {Kind.FIRM}),
    ],
)
def test_a_kind_that_is_asked_for_filters(message: str, kinds: set[Kind]) -> None:
    assert understand(message).kinds == kinds


@pytest.mark.parametrize(
    ("message", "not_kinds"),
    [
        ("大学以外で", {Kind.UNIVERSITY}),
        ("めっきができる大学以外の相手を紹介して", {Kind.UNIVERSITY}),
        ("商社は除いてください", {Kind.TRADING_HOUSE}),
        ("no universities", {Kind.UNIVERSITY}),
        ("looking for companies, except universities", {Kind.UNIVERSITY}),
    ],
)
def test_a_kind_that_is_not_wanted_is_left_out(message: str, not_kinds: set[Kind]) -> None:
    assert understand(message).not_kinds == not_kinds


@pytest.mark.parametrize(
    ("message", "prefectures"),
    [
        ("関西の会社を探しています", KANSAI),
        ("樹脂の微細加工ができる関西のメーカーはいませんか", KANSAI),
        ("関西で、樹脂の微細加工ができるメーカーはいませんか", KANSAI),
        ("樹脂加工の会社を関西で探しています", KANSAI),
        ("樹脂加工、できれば関西がいいです", KANSAI),
        ("大阪の会社を探しています", {"大阪府"}),
        ("東京都内の企業を紹介してください", {"東京都"}),
        ("京都府か滋賀県の企業を探しています", {"京都府", "滋賀県"}),
        ("北関東の企業を探しています", frozenset(SPOKEN_REGIONS["北関東"])),
        ("中国地方の企業を探しています", frozenset(REGIONS["中国"])),
        ("大阪企業を探しています", {"大阪府"}),
        ("looking for a university in Kansai", KANSAI),
        ("We are seeking an Osaka-based manufacturer of sensors", {"大阪府"}),
        ("thin film cutting, preferably in Kansai", KANSAI),
    ],
)
def test_a_place_that_is_asked_for_filters(message: str, prefectures: frozenset[str]) -> None:
    need = understand(message)
    assert need.prefectures == prefectures
    assert not need.not_prefectures


@pytest.mark.parametrize(
    "message",
    [
        "関西以外で",
        "関西以外でガラス加工をしてくれる会社を探しています",
        "ガラス加工ができる関西以外の会社を探しています",
        "ガラスの研磨を頼める会社を、関西以外で探しています",
        "ガラス加工の会社、関西は除いてください",
        "関西ではなく関東の会社を探しています",
        "not in Kansai",
        "I need a partner outside Kansai for titanium machining",
        "looking for someone who can weld, excluding Kansai",
        "looking for someone who can weld, except Kansai",
    ],
)
def test_a_place_that_is_not_wanted_is_left_out(message: str) -> None:
    assert understand(message).not_prefectures == KANSAI


@pytest.mark.parametrize(
    "theme",
    [
        "大学入試の採点を自動化する技術",
        "大阪大学との共同研究による薄膜の評価",
        "関西国際空港の防音壁の開発",
        "関西で開催される展示会の設営",
        "銀行業務の効率化に関する研究開発",
        "企業とのマッチング、実用化を目指した研究開発",
        "大学、企業、自治体の連携による地域産業の振興",
        "商社に代わる輸出の仕組み",
        "宝探しゲームの開発",
        "地域内エコシステム技術開発等への支援",
        "九州における水素社会モデルの構築",
        "公設試の共同利用に関する調査",
        "「大学を紹介してほしい」という声の分析",
        "University entrance examination scoring system",
        "Joint research with Osaka University on membranes",
        "Noise barriers for Kansai International Airport",
        "Company-wide energy management for banks in Kyushu",
    ],
)
def test_a_theme_is_searched_as_it_stands(theme: str) -> None:
    need = understand(theme)
    assert need.query == theme
    assert not need.is_filtered


@pytest.mark.parametrize(
    ("message", "query"),
    [
        ("関西国際空港の防音壁を作れる会社を探しています", "関西国際空港の防音壁"),
        ("関西の空港の防音壁を作れる会社を探しています", "関西の空港の防音壁"),
        ("関西で開催される展示会の設営ができる会社を探しています", "関西で開催される展示会の設営"),
        ("大阪大学との共同研究に詳しい会社を探しています", "大阪大学との共同研究"),
        ("noise barrier partner for an airport in Kansai", "noise barrier partner for an airport in Kansai"),
    ],
)
def test_a_place_inside_a_theme_stays_content_even_in_a_request(message: str, query: str) -> None:
    need = understand(message)
    assert need.query == query
    assert not need.prefectures


def test_a_name_that_ends_in_a_kind_is_no_wish_for_the_kind() -> None:
    assert understand("山田製作株式会社を探しています").kinds == frozenset()
    assert understand("北海道大学を紹介して").kinds == frozenset()


@pytest.mark.parametrize(
    ("message", "scope"),
    [
        ("ガラスの検査ができる相手を探しています", Scope.MIXED),
        ("自クラスターの会社を探しています", Scope.OWN),
        ("地元の銀行に相談したい", Scope.OWN),
        ("他クラスターの公設試に相談したい", Scope.OTHER),
        ("別の地域の会社を紹介してほしい", Scope.OTHER),
        ("どこでもいいので、切削ができる会社を教えてください", Scope.ALL),
        ("全国の会社を探しています", Scope.ALL),
        ("切削ができる会社を、他クラスターも含めて探しています", Scope.ALL),
        ("他クラスターも含めて、切削ができる会社を探しています", Scope.ALL),
        ("他のクラスターも含めて切削ができる会社を探しています", Scope.ALL),
        ("切削ができる会社を、クラスターを問わず探しています", Scope.ALL),
        ("Do you know a researcher working on solar cells in another region?", Scope.OTHER),
    ],
)
def test_the_scope_is_what_was_said_of_clusters(message: str, scope: Scope) -> None:
    assert understand(message).scope is scope


def test_places_relative_to_the_asker_are_read_from_where_it_sits() -> None:
    assert understand("県内の会社を探しています", asker=OSAKA_FIRM).prefectures == {"大阪府"}
    assert understand("県外の会社を探しています", asker=OSAKA_FIRM).not_prefectures == {"大阪府"}
    assert understand("近くの会社を探しています", asker=OSAKA_FIRM).prefectures == KANSAI


def test_places_relative_to_an_unknown_asker_say_nothing() -> None:
    need = understand("県内の会社を探しています")
    assert need.prefectures == frozenset()
    assert need.kinds == {Kind.FIRM}


@pytest.mark.parametrize(
    ("message", "terms"),
    [
        ("JIS B 0601に準拠した表面粗さの測定", ("JIS B 0601",)),
        ("ISO 9001とISO/IEC 17025の認証", ("ISO 9001", "ISO/IEC 17025")),
        ("SUS304とA7075の摩擦攪拌接合", ("SUS304", "A7075")),
        ("型番MT-300Xの代替品", ("MT-300X",)),
        ("法人番号1234567890123", ("1234567890123",)),
        ("「梨地仕上げ」ができる工場", ("梨地仕上げ",)),
        ('a maker of "dry ice blasting" machines', ("dry ice blasting",)),
        ("ＳＵＳ３０４の溶接", ("SUS304",)),
        ("100GHz帯の5G通信", ()),
    ],
)
def test_exact_terms_are_kept_whole(message: str, terms: tuple[str, ...]) -> None:
    assert understand(message).exact_terms == terms


@pytest.mark.parametrize(
    ("message", "purpose"),
    [
        ("薄膜の共同研究をしたい", Purpose.RESEARCH),
        ("樹皮堆肥の販路を広げたい", Purpose.SALES),
        ("会社を立ち上げたいので相談したい", Purpose.START_UP),
        ("異業種の相手と組みたい", Purpose.CROSS_INDUSTRY),
        ("海外展開を手伝ってくれる相手", Purpose.INTERNATIONAL),
        ("新工場のために資金調達をしたい", Purpose.FUNDING),
        ("ガラスの検査ができる相手", None),
        ("We want to raise capital for a medical device", Purpose.FUNDING),
        ("looking for distributors abroad", Purpose.INTERNATIONAL),
        ("looking for a joint research partner", Purpose.RESEARCH),
    ],
)
def test_the_purpose_is_read_from_cue_words(message: str, purpose: Purpose | None) -> None:
    assert understand(message).purpose is purpose


def test_the_language_is_that_of_the_message() -> None:
    assert understand("ガラスの検査").language == "ja"
    assert understand("glass inspection").language == "en"
    assert language_of("SUS304") is None
    assert understand("SUS304", previous=understand("steel welding")).language == "en"


def test_follow_ups_refine_the_need_and_keep_its_query() -> None:
    need = conversation("ガラス基板の欠陥検査ができる相手を探しています", "大学だけ", "関西以外で")
    assert need.query == "ガラス基板の欠陥検査"
    assert need.kinds == {Kind.UNIVERSITY}
    assert need.not_prefectures == KANSAI


def test_what_is_said_later_holds() -> None:
    assert conversation("切削の会社を探しています", "大学は？").kinds == {Kind.UNIVERSITY}
    assert conversation("切削", "関西以外で", "関西で").prefectures == KANSAI
    assert conversation("切削", "関西以外で", "関西で").not_prefectures == frozenset()
    assert conversation("切削", "大学だけ", "大学以外で").kinds == frozenset()


def test_a_kind_can_be_added() -> None:
    assert conversation("切削", "大学だけ", "企業も").kinds == {Kind.FIRM, Kind.UNIVERSITY}
    assert conversation("cutting metal", "universities only", "also banks").kinds == {
        Kind.UNIVERSITY,
        Kind.FINANCIER,
    }


@pytest.mark.parametrize("message", ["やっぱり全部", "条件なしで全部見せて", "条件を外して", "リセット"])
def test_all_conditions_can_be_taken_back(message: str) -> None:
    need = conversation("ガラスの検査", "大学だけ", "関西以外で", message)
    assert not need.is_filtered
    assert need.query == "ガラスの検査"


def test_one_condition_can_be_taken_back() -> None:
    need = conversation("ガラスの検査", "大学だけ", "関西で", "関西の条件を外して")
    assert need.prefectures == frozenset()
    assert need.kinds == {Kind.UNIVERSITY}


def test_taking_a_condition_back_that_was_never_set_changes_nothing() -> None:
    assert not conversation("ガラスの検査", "関西の条件を外して").is_filtered
    assert not conversation("glass inspection", "remove the Kansai filter").is_filtered


def test_leaving_out_what_was_not_asked_for_excludes_it() -> None:
    assert conversation("ガラスの検査", "関西を外して").not_prefectures == KANSAI


def test_anywhere_takes_the_places_back() -> None:
    need = conversation("ガラスの検査", "関西で", "どこでもいいです")
    assert need.prefectures == frozenset()
    assert need.scope is Scope.ALL


@pytest.mark.parametrize(
    ("addition", "query"),
    [
        ("JIS B 0601の", "ガラスの検査 JIS B 0601"),
        ("あと、耐熱200度", "ガラスの検査 耐熱200度"),
        ("食品向けで", "ガラスの検査 食品"),
        ("ガラスじゃなくて樹脂で", "樹脂の検査"),
    ],
)
def test_a_fragment_joins_the_need(addition: str, query: str) -> None:
    assert conversation("ガラスの検査", "大学だけ", addition).query == query
    assert conversation("ガラスの検査", "大学だけ", addition).kinds == {Kind.UNIVERSITY}


def test_a_new_need_replaces_the_former_with_its_conditions() -> None:
    need = conversation("ガラスの検査ができる大学を探しています", "樹皮を使った土壌改良材を量産したい")
    assert need.query == "樹皮を使った土壌改良材を量産"
    assert not need.is_filtered


def test_a_wish_without_content_waits_for_it() -> None:
    need = conversation("大学を紹介して", "樹脂の発泡成形")
    assert need.query == "樹脂の発泡成形"
    assert need.kinds == {Kind.UNIVERSITY}


def test_an_answer_joins_the_need() -> None:
    asked = understand("検査")
    need = understand("ガラス基板の表面の傷", previous=asked, is_answer=True)
    assert need.query == "検査 ガラス基板の表面の傷"


def test_each_piece_can_be_removed() -> None:
    need = conversation("MT-300Xの代替品を作れる関西の会社を探しています")
    assert {piece.aspect for piece in need.pieces} == {Aspect.KIND, Aspect.PLACE, Aspect.TERM}
    for piece in need.pieces:
        assert piece not in need.without(piece).pieces
    term = next(piece for piece in need.pieces if piece.aspect is Aspect.TERM)
    assert need.without(term).query == "の代替品"


def test_narrowing_a_place_keeps_the_rest_of_it() -> None:
    need = conversation("ガラスの検査", "関西で", "大阪以外で")
    assert need.prefectures == KANSAI - {"大阪府"}
    assert need.not_prefectures == {"大阪府"}


def test_clusters_can_be_asked_for_by_their_ids() -> None:
    need = understand("ガラスの検査").with_pieces([Piece(Aspect.CLUSTER, ("tohoku", "shikoku"))])
    assert need.clusters == {"tohoku", "shikoku"}


@pytest.mark.parametrize("name", ["consortium_2024", "jsquad_test"])
def test_real_themes_and_questions_are_searched_unchanged_and_unfiltered(name: str, shared: Path) -> None:
    lines = (shared / "eval" / name / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    changed = [text for text in texts if (need := understand(text)).is_filtered or need.query != text.strip()]
    assert changed == []


@pytest.mark.parametrize(
    ("message", "query", "told"),
    [
        ("シード期で3000万円を調達したい", "シード期で調達", {"seed", "30000000"}),
        ("1億5千万円ほどの融資を受けたい", "融資を受けたい", {"loan", "150000000"}),
        ("三千万円を投資してくれる投資家を探しています", "投資", {"30000000"}),
        ("5000万円から1億円を出資してくれるVCを紹介して", "出資", {"50000000", "100000000"}),
        ("数千万円を借りたい", "借りたい", {"loan", "20000000", "90000000"}),
        ("事業の拡大に5億円以下の資金を調達したい", "事業の拡大に資金を調達", {"", "500000000"}),
        (
            "We want to raise 30 million yen for a seed-stage robot startup",
            "raise for a seed-stage robot startup",
            {"seed", "30000000"},
        ),
        (
            "We are looking for investors for a chip startup, ¥50 million to ¥100 million",
            "a chip startup",
            {"50000000", "100000000"},
        ),
    ],
)
def test_stage_and_sum_are_understood_where_money_is_sought(message: str, query: str, told: set[str]) -> None:
    need = understand(message)
    assert need.query == query
    pieces = [piece for piece in need.pieces if piece.aspect in (Aspect.STAGE, Aspect.AMOUNT)]
    assert {value for piece in pieces for value in piece.values} == told
    assert need.kinds == {Kind.FINANCIER}


@pytest.mark.parametrize(
    "message",
    [
        "100万円の装置を買いたい",
        "水素脆化の評価設備を借りたい",
        "Artificial seed production of eel",
        "種苗のシード処理",
        "部品を調達したい",
    ],
)
def test_sums_and_stages_are_content_where_no_money_is_sought(message: str) -> None:
    need = understand(message)
    assert not {piece.aspect for piece in need.pieces} & {Aspect.STAGE, Aspect.AMOUNT, Aspect.KIND}


@pytest.mark.parametrize(
    ("message", "query", "urgency"),
    [
        ("至急、ガラス基板の欠陥検査ができる相手を探しています", "ガラス基板の欠陥検査", "至急"),
        ("3月末までに試作してくれる町工場を探しています", "試作", "3月末までに"),
        ("We urgently need a company that can weld titanium", "weld titanium", "urgently"),
        ("すぐに乾く塗料の開発", "すぐに乾く塗料の開発", ""),
        ("来年度の展示会に出す製品の試作", "来年度の展示会に出す製品の試作", ""),
    ],
)
def test_how_soon_is_a_piece_and_not_searched(message: str, query: str, urgency: str) -> None:
    need = understand(message)
    assert need.query == query
    assert [p.values[0] for p in need.pieces if p.aspect is Aspect.URGENCY] == list(filter(None, [urgency]))


@pytest.mark.parametrize(
    ("message", "query", "offer"),
    [
        ("当社は漬物を作っています。塩分を測れるところを探しています", "塩分を測れる", "漬物"),
        ("うちは漬物を作っていますが、塩分を測れるところを探しています", "塩分を測れる", "漬物"),
        ("当社は自動車部品メーカーです。検査装置を探しています", "検査装置", "自動車部品"),
        (
            "アルミの鋳物を製造しています。引け巣の対策に詳しい大学を探している",
            "引け巣の対策",
            "アルミの鋳物",
        ),
        (
            "We manufacture bearings and are looking for a university that studies friction",
            "friction",
            "bearings",
        ),
        (
            "We're a small brewery in Kobe. Looking for someone to analyse yeast.",
            "analyse yeast",
            "small brewery in Kobe",
        ),
        ("うちはパン屋です。米粉パンを長持ちさせたい", "米粉パンを長持ちさせたい", "パン"),
        (
            "We are a sake brewery in Niigata looking for a distributor of bottles",
            "a distributor of bottles",
            "sake brewery in Niigata",
        ),
        (
            "当社は漬物を作っています。それを測れるところを探しています",
            "当社は漬物を作っています それを測れる",
            "漬物",
        ),
        ("研究室で作っている菌を大きなタンクで育てたい", "研究室で作っている菌を大きなタンクで育てたい", ""),
        (
            "お弁当のおかずを詰める人手が足りない。機械に手伝ってもらいたい",
            "お弁当のおかずを詰める人手が足りない。機械に手伝ってもらいたい",
            "",
        ),
    ],
)
def test_what_the_asker_does_is_told_apart_from_what_it_seeks(message: str, query: str, offer: str) -> None:
    need = understand(message)
    assert (need.query, need.offer) == (query, offer)


def test_what_a_venture_does_is_searched_where_money_is_sought() -> None:
    need = understand("半導体検査装置を開発しています。シード期で3000万円を調達したい")
    assert need.offer == "半導体検査装置"
    assert "半導体検査装置" in need.query


@pytest.mark.parametrize(
    ("messages", "gone", "query"),
    [
        (("シード期で3000万円を調達したい", "段階の条件を外して"), Aspect.STAGE, "調達"),
        (("シード期で3000万円を調達したい", "3000万円の条件を外して"), Aspect.AMOUNT, "シード期で調達"),
        (("至急、ガラスの検査を頼みたい", "時期は問いません"), Aspect.URGENCY, "ガラスの検査を頼みたい"),
        (("当社は漬物を作っています。塩分計を探しています", "自社の説明を外して"), Aspect.OFFER, "塩分計"),
        (("共同研究したい。ガラスの検査", "目的の条件を外して"), Aspect.PURPOSE, "共同研究 ガラスの検査"),
        (("関西の大学を探している。ガラスの検査", "場所の条件を外して"), Aspect.PLACE, "ガラスの検査"),
        (("We want to raise ¥30 million for a seed-stage chip startup", "any amount"), Aspect.AMOUNT, None),
        (
            ("We want to raise ¥30 million for a seed-stage chip startup", "remove the stage filter"),
            Aspect.STAGE,
            None,
        ),
    ],
)
def test_each_of_them_can_be_taken_back_by_its_name(
    messages: tuple[str, str], gone: Aspect, query: str | None
) -> None:
    before, after = understand(messages[0]), conversation(*messages)
    assert gone in {piece.aspect for piece in before.pieces}
    assert {piece.aspect for piece in after.pieces} == {piece.aspect for piece in before.pieces} - {gone}
    assert query in (None, after.query)


def test_a_later_sum_replaces_the_former_one() -> None:
    need = conversation("シード期で3000万円を調達したい", "やっぱり5000万円で", "急ぎです")
    assert (need.query, need.amount, need.stages) == ("シード期で調達", (50_000_000, 50_000_000), ("seed",))
    assert any(piece.aspect is Aspect.URGENCY for piece in need.pieces)


def test_a_kind_that_is_named_twice_is_one_condition() -> None:
    need = understand("大学と共同研究したい。セラミックスに詳しい先生を探しています")
    assert [piece.values for piece in need.pieces if piece.aspect is Aspect.KIND] == [(Kind.UNIVERSITY,)]


def test_who_seeks_money_anew_after_something_else_is_shown_financiers() -> None:
    need = conversation("ガラスの検査ができる会社を探しています", "3000万円を調達したい")
    assert need.kinds == {Kind.FINANCIER}


@pytest.mark.parametrize(
    "theme",
    [
        "2003年末に火星に到達した探査機の設計",
        "有価証券による資金調達の手段",
        "来年度に打ち上げる衛星の姿勢制御",
    ],
)
def test_time_and_money_in_a_theme_are_no_conditions(theme: str) -> None:
    need = understand(theme)
    assert need.query == theme
    assert not need.is_filtered


def test_places_a_thousand_times_over_are_read_in_a_moment() -> None:
    understand("浜松で")  # the patterns are compiled
    started = process_time()
    need = understand("浜松で" * 2000 + "研磨できるところ")
    assert process_time() - started < 3
    assert need.query.endswith("研磨")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("排水処理の装置を作れる会社", "排水処理の装置"),
        ("排水処理の装置を作ってくれる会社を探しています", "排水処理の装置"),
        ("金型が作れるところはありますか", "金型"),
        ("チタンの加工を請け負える企業", "チタンの加工"),
        ("薄膜の評価を行える大学", "薄膜の評価"),
        ("ロボットを手がけている会社", "ロボット"),
        ("レンズを磨ける会社", "レンズを磨ける"),
        ("パンを作る機械", "パンを作る機械"),
    ],
)
def test_that_a_partner_does_what_is_sought_goes_without_saying(text: str, query: str) -> None:
    assert understand(text).query == query
