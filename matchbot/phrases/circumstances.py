"""What a message says beside what it looks for: how much money, at which stage, how soon, and what the asker
does."""

import re

from matchbot.need import Aspect, Piece

# --- money -------------------------------------------------------------------------------------------

BORROWING = r"(?:[金円億万](?:ほど|程度|くらい|ぐらい|前後)?を?借り|借入)"
_ABOUT_FUNDING = re.compile(
    rf"""資金 | 融資 | 出資 | 投資 | 調達(?:額|し) | {BORROWING} | 銀行 | 信用金庫
    | 信金 | ファンド | ベンチャーキャピタル
    | \b(?:fund(?:s|ing|-?raising)? | invest\w* | loans? | rais(?:e|ing) | capital | banks? | financ\w+ | VCs?
    | seed[-\ ](?:stage|round|funding))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_STAGES = tuple(
    (
        stage,
        re.compile(
            rf"(?<![ァ-ヴーA-Za-z])(?:{words})(?![ァ-ヴーA-Za-z])(?:の(?:段階|時期)?|で|に|、)?", re.I
        ),
    )
    for stage, words in (
        (
            "seed",
            r"(?:プレ)?シード(?:期|ステージ|段階|ラウンド)?|(?:創業|設立)前|"
            r"pre-?seed|seed(?:[- ](?:stage|round|funding)|(?= investors?\b))",
        ),
        (
            "early",
            r"アーリー(?:期|ステージ|段階)?|創業期|(?:創業|設立)(?:間もない|まもない|直後)|シリーズA|"
            r"early[- ]stage|series a",
        ),
        (
            "growth",
            r"ミドル(?:期|ステージ)|グロース(?:期|ステージ)?|成長(?:期|段階)|シリーズB|"
            r"growth[- ]stage|series b",
        ),
        (
            "later",
            r"レイター(?:期|ステージ)?|上場前|プレIPO|シリーズ[CD]|later?[- ]stage|series [cd]|pre-?ipo",
        ),
    )
)
_LOAN = re.compile(rf"融資|{BORROWING}|ローン|\bloans?\b|\bborrow", re.IGNORECASE)

_UNITS = {
    "十億": 10**9,
    "億": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "": 1,
}
_UNIT = "十億|億|千万|百万|十万|万|千"
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|数)"
_SUM = rf"(?:(?:{_NUMBER}(?:{_UNIT}))+円?|{_NUMBER}円)"
_AMOUNT = re.compile(
    rf"""(?P<least>{_SUM}) (?:\s*(?:から|〜|~|-|–)\s*(?P<most>{_SUM}))?
    (?:ほど|程度|くらい|ぐらい|前後|規模)? (?P<bound>以上|以下|以内|まで|未満)? (?:を|の|で|が|ほしい)?""",
    re.VERBOSE,
)
_MILLIONS = r"(?:\ ?(?:million|billion|m|bn)\b)?"
_ENGLISH_SUM = rf"(?:(?:¥|JPY\ ?|yen\ )\d[\d,.]*{_MILLIONS}|\d[\d,.]*{_MILLIONS}\ (?:yen|JPY))"
_ENGLISH_AMOUNT = re.compile(
    rf"""(?:\b(?:about|around|of)\s+|\b(?P<bound>up\ to|at\ least)\s+)?
    (?P<least>{_ENGLISH_SUM}) (?:\s*(?:to|-|–)\s*(?P<most>{_ENGLISH_SUM}))?""",
    re.IGNORECASE | re.VERBOSE,
)
_KANJI_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
_KANJI_NUMBER = re.compile(rf"[一二三四五六七八九](?=(?:{_UNIT})*(?:万|億|円))")
_SEVERAL = (2, 9)
"""How many 「数千万円」 are, at least and at most."""

# --- time --------------------------------------------------------------------------------------------

_URGENT = re.compile(
    r"""(?: (?P<plainly> 大至急 | 至急 | 急ぎ(?:です|ます|の件です|なので|で)?
        | 急いで(?:います|いる|おります)?)
    | (?:できるだけ|なるべく|一刻も)(?:早く|早めに) | すぐに(?=[、,]|頼|お願い|欲し|ほし|必要|相談)
    | (?:今週|今月|今年度?|来週|来月|来年度?|年度)(?:中|内|末|いっぱい)(?:まで)?に
    | (?<!\d)年(?:内|度内|明け|末)(?:まで)?に | (?:\d{1,2}|来|今)月(?:[上中下]旬|末|中)?までに
    | \d+(?:日|週間|[かヶヵカ]月)以内に )[、。,\s]*
    | \b(?: urgent(?:ly)? | asap | as\ soon\ as\ possible | immediately | within\ \d+\ (?:days|weeks|months)
    | by\ (?:the\ )?end\ of\ (?:this\ |the\ )?(?:week|month|year)
    | by\ (?:next|this)\ (?:week|month|year)
    | by\ (?:(?:the\ )?(?:end|middle)\ of\ )?(?:january|february|march|april|may|june|july|august|september
        |october|november|december)(?:\ \d{4})? )\b[,.\s]*""",
    re.IGNORECASE | re.VERBOSE,
)

# --- oneself -----------------------------------------------------------------------------------------

_WE = r"(?:当社|弊社|わが社|我が社|自社|うちの会社|うち|私たち|わたしたち|私ども|当方|当研究室|本学)"
_ONESELF = rf"(?:{_WE}(?:では|は)[、,\s]*)"
_BODY = (
    r"(?:会社|企業|メーカー|町工場|工場|業者|商社|農家|農園|研究室|大学|ベンチャー|スタートアップ|者|"
    r"(?<![部小古家])屋)"
)
_JOINT = r"(?P<joint>(?:が|けど|けれど|ので)?[、,]|[。.!\n]+|(?:が|ので))\s*"
_OFFERS = (
    re.compile(
        rf"""^(?P<own>{_ONESELF})? (?P<offer>[^。]{{2,60}}?) (?:を|も)?
        (?: (?:作|つく|造|扱|行)って | 手[掛が]けて | 営んで | 育てて
          | (?:製造|生産|開発|研究|販売|加工|設計|栽培|養殖|提供|経営|専門に|得意と|専門と)して )
        (?:います|いる|おります|いて|おり) (?:{_BODY}(?:です|である|で))? {_JOINT}""",
        re.VERBOSE,
    ),
    re.compile(
        rf"""^(?P<own>{_ONESELF}) (?P<offer>[^。、]{{2,60}}?)
        (?:の|を(?:作る|つくる|製造する|開発する|扱う))? {_BODY}(?:です|である|でして|で) {_JOINT}""",
        re.VERBOSE,
    ),
    re.compile(
        r"""^(?P<own>(?:we|i)(?:'re|'m|\ are|\ am)\ an?\ ) (?P<offer>[^.;]{2,60}?)
        (?P<joint>[.;]\s+ | ,?(?:\ and)?\ (?=looking|seeking|searching))""",
        re.IGNORECASE | re.VERBOSE,
    ),
    re.compile(
        r"""^(?P<own>(?:we|our\ company|our\ lab|i)\ (?:are\ |is\ )?(?:an?\ )?)
        (?: (?:mak|manufactur|produc|develop|build|suppl|sell|grow|process)(?:es|e|s|y|ies|ing)?
          | (?:maker|manufacturer|producer|supplier|developer)s?\ of )\s+
        (?P<offer>[^.;]{2,80}?)
        (?P<joint>[.;]\s+ | ,?\ and\ (?:we\ )?(?:are\ )?(?=looking|search|seek)
          | ,?\ and\ (?=(?:we|need|want|would)\b))""",
        re.IGNORECASE | re.VERBOSE,
    ),
)
_SEEKING = re.compile(
    r"探|捜|さがし|求め|紹介|ほしい|欲しい|たい|お願い|ませんか|教えて|くれる|もらえる|困って|"
    r"\b(?:look(?:ing)?|seek(?:ing)?|search(?:ing)?|need|want|would like|introduce|find)\b",
    re.IGNORECASE,
)
_POINTING_BACK = re.compile(r"それ|これ|その|この|\b(?:them|it|these|those|its|their)\b", re.IGNORECASE)
_NOTHING_ELSE = re.compile(
    r"(?:やっぱり|やはり|じゃあ|では|でも|あと|できれば|なるべく|です|でお願いします|お願いします|は|[、。,.!\s])*"
)


def is_seeking(text: str) -> bool:
    """Whether a message asks for something, rather than naming a theme."""
    return bool(_SEEKING.search(text))


def is_about_funding(text: str) -> bool:
    """Whether a message speaks of money for a venture, so that sums and stages in it are conditions."""
    return bool(_ABOUT_FUNDING.search(text))


def stages(text: str) -> tuple[Piece, ...]:
    """The stages named, as one piece; a loan that is asked for counts as one.

    >>> stages("シード期で資金調達したい")[0].values
    ('seed',)
    """
    found = [(stage, match.group()) for stage, words in _STAGES if (match := words.search(text))]
    if found:
        # The words of a single one can be taken away again.
        said = found[0][1] if len(found) == 1 else ""
        return (Piece(Aspect.STAGE, tuple(stage for stage, _ in found), said),)
    return (Piece(Aspect.STAGE, ("loan",)),) if _LOAN.search(text) else ()


def amounts(text: str) -> tuple[Piece, ...]:
    """The first sum named: in yen, or as the least and the most ("": no limit) where they differ.

    >>> amounts("3000万円を調達したい")[0].values, amounts("1億から1億5千万円を")[0].values
    (('30000000',), ('100000000', '150000000'))
    """
    plain = _KANJI_NUMBER.sub(lambda digit: digit.group().translate(_KANJI_DIGITS), text)
    for pattern, read in ((_AMOUNT, _yen), (_ENGLISH_AMOUNT, _english_yen)):
        if match := pattern.search(plain):
            least, most = read(match["least"])
            if match["most"]:
                most = read(match["most"])[1]
            values = _bounded(least, most, (match["bound"] or "").lower())
            return (Piece(Aspect.AMOUNT, values, text[match.start() : match.end()]),)
    return ()


def urgencies(text: str) -> tuple[Piece, ...]:
    """How soon it is wanted, in the words said; a time belongs to a theme where nothing is sought.

    >>> urgencies("至急、めっきを頼みたい")[0].values, urgencies("来年度に打ち上げる衛星")
    (('至急',), ())
    """
    match = _URGENT.search(text)
    if match is None:
        return ()
    told = (Piece(Aspect.URGENCY, (match.group().strip(" 、。,."),), match.group()),)
    return told if match["plainly"] or is_seeking(text) or not without(text, told) else ()


def offers(text: str) -> tuple[Piece, ...]:
    """What whoever asks says that it does, before it says what it looks for.

    >>> offers("当社は漬物を作っています。塩分を測れるところを探しています")[0].values
    ('漬物',)
    """
    for pattern in _OFFERS:
        match = pattern.match(text)
        if match is None or is_seeking(match["offer"]) or not is_seeking(text[match.end() :]):
            continue
        # Without a word of oneself, a clause may belong to what is looked for; a sentence does not.
        if match["own"] or not match["joint"].strip("。.!\n "):
            # What 「それ」 points back to stays in what is searched.
            said = "" if _POINTING_BACK.search(text[match.end() :]) else match.group()
            return (Piece(Aspect.OFFER, (match["offer"].strip(),), said),)
    return ()


def without(text: str, pieces: tuple[Piece, ...]) -> str:
    """The text without the words that these pieces were read from; "" where it says nothing else."""
    for piece in pieces:
        text = text.replace(piece.said, " " if piece.said.isascii() else "", 1)
    return "" if pieces and _NOTHING_ELSE.fullmatch(text) else text.strip()


def _bounded(least: int, most: int, bound: str) -> tuple[str, ...]:
    if bound in ("以上", "at least"):
        return str(least), ""
    if bound:
        return "", str(most)
    return (str(least),) if least == most else (str(least), str(most))


def _yen(told: str) -> tuple[int, int]:
    """The least and the most that a sum can mean."""
    least = most = 0.0
    for number, unit in re.findall(rf"({_NUMBER})({_UNIT}|)", told):
        fewest, greatest = _SEVERAL if number == "数" else (float(number.replace(",", "")),) * 2
        least, most = least + fewest * _UNITS[unit], most + greatest * _UNITS[unit]
    return round(least), round(most)


def _english_yen(told: str) -> tuple[int, int]:
    number = float(re.sub(r"[^\d.]", "", told).strip("."))
    size = re.search(r"\d ?([bm])", told, re.IGNORECASE)
    unit = {"b": 10**9, "m": 10**6}[size[1].lower()] if size else 1
    return (round(number * unit),) * 2
