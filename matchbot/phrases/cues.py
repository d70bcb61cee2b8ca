"""What a message says in any language: the terms to be found exactly, and what the partnership is for."""

import re

from matchbot.need import Aspect, Piece, Purpose
from matchbot.phrases.circumstances import BORROWING

_QUOTED = re.compile(r"「([^「」]{1,40})」|『([^『』]{1,40})』|“([^“”]{1,40})”|\"([^\"]{1,40})\"")
_IDENTIFIER = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"(?:JIS|ISO|IEC|ASTM|DIN|JAS|ANSI|IEEE)(?:/[A-Z]{1,4})?[ -]?[A-Z]{0,2}[ -]?\d{1,6}(?:[-.:]\d+)*"
    r"|\d{13}"
    r"|(?:(?=[A-Za-z0-9-]*[A-Z])(?=(?:[A-Za-z-]*\d){2})[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)"
    r")(?![A-Za-z0-9])"
)
# 100GHz and 5MPa are quantities, not parts.
_QUANTITY = re.compile(r"\d+(?:[kMGTmnpμ]?(?:Hz|Pa|W|V|A|Wh|VA|B|bps|m|g|L|K|N|J|C|eV|F|ppm))")

_PURPOSES: tuple[tuple[Purpose, re.Pattern[str]], ...] = tuple(
    (purpose, re.compile(cues, re.IGNORECASE))
    for purpose, cues in (
        (
            Purpose.FUNDING,
            r"資金調達|融資(?:を|し|先)|出資(?:を|し|者|先)|投資家|投資して|資金(?:が|を)|"
            rf"お金を(?:出|貸)して|{BORROWING}|"
            r"[円億万](?:ほど|程度|くらい|前後)?(?:を|の)?(?:調達|出資|融資|投資)|"
            r"\b(?:fund-?raising|investors?|venture capital|a loan|need (?:some )?(?:money|funding|funds)|"
            r"rais(?:e|ing) (?:capital|funds|money|(?:about |around |up to )?(?:¥|JPY|\d)))",
        ),
        (
            Purpose.START_UP,
            r"創業(?:し|を|支援|の相談|で|$)|起業(?:し|を|支援|の相談|で|$)|会社を(?:作り|立ち上げ|興し)た|第二創業|"
            r"\bstart(?:ing)?(?: up)? (?:a|our|my) (?:own )?(?:company|business)\b",
        ),
        (
            Purpose.INTERNATIONAL,
            r"国際化|海外(?:展開|進出|販路|市場|企業|連携|の(?:企業|会社|大学|相手|パートナー))|国際(?:連携|共同研究|展開|交流)|輸出(?:し|を|先|に)|"
            r"\b(?:overseas|abroad|export(?:ing)?|international partners?)\b",
        ),
        (
            Purpose.SALES,
            r"販路|販売(?:先|代理店|網|パートナー|してくれ)|売り(?:たい|込み|先)|売ってくれ|納入先|買い手|代理店|顧客開拓|"
            r"\b(?:sales channels?|distributors?|buyers?|sell our|find customers)\b",
        ),
        (Purpose.CROSS_INDUSTRY, r"異業種|異分野|\bcross-industry\b|\bother industries\b"),
        (
            Purpose.RESEARCH,
            r"共同研究|共同開発|研究開発|産学連携|委託研究|受託研究|"
            r"\b(?:joint|collaborative|contract) research\b|\bR&D\b|"
            r"\bco-?develop(?:ment|ing)?\b|\bresearch partners?\b",
        ),
    )
)


def exact_terms(text: str) -> tuple[Piece, ...]:
    """Quoted words, standards, corporate numbers and part numbers, each once, in the order said.

    >>> [piece.values[0] for piece in exact_terms("JIS B 0601で「なし地」のSUS304、100GHz")]
    ['JIS B 0601', 'なし地', 'SUS304']
    """
    found: dict[str, int] = {}
    for match in _QUOTED.finditer(text):
        found.setdefault(next(filter(None, match.groups())), match.start())
    for match in _IDENTIFIER.finditer(text):
        if not _QUANTITY.fullmatch(match.group()):
            found.setdefault(match.group().strip(), match.start())
    return tuple(Piece(Aspect.TERM, (term,), term) for term in sorted(found, key=found.__getitem__))


def purposes(text: str) -> tuple[Piece, ...]:
    """What the partnership is for, where cue words say so: one piece, the most specific, or none."""
    for purpose, cues in _PURPOSES:
        if match := cues.search(text):
            return (Piece(Aspect.PURPOSE, (purpose,), match.group()),)
    return ()
