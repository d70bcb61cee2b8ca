"""Wishes in English: what is asked for, told apart from the words of asking.

As in Japanese, a kind or place becomes a wish only by its position: as the head of what is asked for
("a university that can …"), beside that head ("in Kansai", "outside Kansai"), or in a clause that
says nothing else and restricts ("universities only"). "University entrance examinations" is content.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from corpus.places import PREFECTURES_EN, REGIONS, REGIONS_EN, SPOKEN_REGIONS, cities_en
from corpus.records import Kind
from matchbot.need import FILTERING, Aspect, Piece, Scope
from matchbot.phrases.cities import Cities
from matchbot.phrases.grammar import Grammar
from matchbot.phrases.reading import (
    HERE,
    NEARBY,
    Reading,
    combined,
    excluded_pieces,
    kind_pieces,
    place_piece,
    scope_piece,
)

_KINDS: tuple[tuple[tuple[Kind, ...], str], ...] = (
    (
        (Kind.FIRM,),
        "compan(?:y|ies)|firms?|manufacturers?|makers?|suppliers?|start-?ups?|smes?|factor(?:y|ies)|enterprises?",
    ),
    (
        (Kind.UNIVERSITY,),
        "universit(?:y|ies)|colleges?(?: of technology)?|kosen|professors?|academics?|researchers?|"
        "(?:university |research )?lab(?:s|orator(?:y|ies))?",
    ),
    (
        (Kind.PUBLIC_INSTITUTE,),
        "public (?:test(?:ing)? |research )?(?:institutes?|laborator(?:y|ies))|"
        "(?:test(?:ing)?|technology) (?:institutes?|cent(?:er|re)s?)",
    ),
    ((Kind.UNIVERSITY, Kind.PUBLIC_INSTITUTE), "research (?:institutes?|institutions?|organi[sz]ations?)"),
    (
        (Kind.FINANCIER,),
        "(?:regional )?banks?|venture capital(?:ists?| firms?| funds?)?|vcs?|financiers?|"
        "financial institutions?|(?:angel )?investors?|investment funds?",
    ),
    ((Kind.TRADING_HOUSE,), "trading (?:house|compan|firm)(?:s|y|ies)?"),
    (
        (Kind.SUPPORT_BODY,),
        "support (?:bod(?:y|ies)|organi[sz]ations?|cent(?:er|re)s?)|incubators?|chambers? of commerce",
    ),
    ((Kind.ASSOCIATION,), "(?:industry |trade )?associations?|cooperatives?"),
)
_SCOPES: tuple[tuple[Scope, str], ...] = (
    (Scope.OTHER, "(?:(?:an)?other|(?:a )?different) (?:cluster|region|area)s?"),
    (Scope.OWN, "(?:our|my|the same|your) (?:own )?(?:cluster|region|area)"),
    (
        Scope.ALL,
        "anywhere|everywhere|nationwide|all (?:clusters|regions|over japan)|any (?:cluster|region|place)",
    ),
)
_PLACES: dict[str, tuple[str, ...]] = (
    {name.lower(): (prefecture,) for prefecture, name in PREFECTURES_EN.items()}
    | {name.lower(): REGIONS[region] for region, name in REGIONS_EN.items()}
    | {"kanto": SPOKEN_REGIONS["関東"], "kinki": SPOKEN_REGIONS["近畿"], "chubu": SPOKEN_REGIONS["中部"]}
    | {"western japan": SPOKEN_REGIONS["西日本"], "eastern japan": SPOKEN_REGIONS["東日本"]}
    | dict.fromkeys(("our prefecture", "my prefecture"), (HERE,))
    | dict.fromkeys(("our neighbourhood", "our vicinity", "nearby"), (NEARBY,))
    | dict.fromkeys((f"{near} {us}" for near in ("near", "close to") for us in ("us", "me")), (NEARBY,))
)
# Cities that mean something else, where it is not said that they are one.
_COMMON_WORDS = frozenset({"date", "mine", "tome", "toon"})
_SHORTEST_NAME = 4
# Longest first, so that "Greater Kanto" is not read as Kanto.
_PLACE_NAMES = sorted(_PLACES, key=len, reverse=True)
_PLACE = rf"(?:(?:the )?(?:{'|'.join(_PLACE_NAMES)})(?: (?:prefecture|region|area|district))?)"
_KIND = rf"(?:{'|'.join(words for _, words in _KINDS)})"
_SCOPE = rf"(?:{'|'.join(words for _, words in _SCOPES)})"
_SEPARATOR = r"(?:,? (?:and|or) |, ?|/)(?:(?:an?|the) )?"
_WHERE_LIST = rf"(?:{_PLACE}|{_SCOPE})(?:{_SEPARATOR}(?:{_PLACE}|{_SCOPE}))*"
_KIND_LIST = rf"{_KIND}(?:{_SEPARATOR}{_KIND})*"
_LIST = rf"(?:{_WHERE_LIST}|{_KIND_LIST})"
_NOT = r"(?:outside(?: of)?|not (?:in|from)|except(?: for)?(?: in)?|excluding|other than)"


def _pattern(*lines: str) -> re.Pattern[str]:
    return re.compile("".join(lines), re.IGNORECASE)


_KIND_READ = [(kinds, _pattern(words)) for kinds, words in _KINDS]
_SCOPE_READ = [(scope, _pattern(words)) for scope, words in _SCOPES]
_WORD_READ = _pattern(rf"\b(?:(?P<place>{_PLACE})|(?P<scope>{_SCOPE})|(?P<kind>{_KIND}))\b")

_GREETING = _pattern(
    r"(?:hello|hi|hey|dear (?:sir(?: or madam)?|madam|all|team|coordinator)|",
    r"good (?:morning|afternoon|evening)|excuse me|nice to meet you)\b[,!\s]*",
)
_THANKS = _pattern(
    r"[,\s]*\b(?:please|(?:many )?thanks?(?: you)?(?: very much| so much)?(?: in advance)?|",
    r"(?:best|kind) regards|cheers)$",
)
_INTRODUCING_ONESELF = _pattern(r"(?:my name is|i am called|(?:i'm|this is) \w+ from)\b.*")
_FINDING = r"(?:introduce|recommend|suggest|find|show)"
_MEETING = r"(?:find|meet|see|work with|talk to|partner with|collaborate with|be introduced to)"
_ANYONE = r"(?:any|some)(?:one|body)"
_ASKING = _pattern(
    r"(?:(?:we|i)(?:'m|'re| am| are)? (?:currently |now |also )?(?:look(?:ing)?|search(?:ing)?)(?: for)?|",
    r"(?:looking|searching) for|(?:we |i )?(?:are )?seek(?:ing)?|in search of|",
    rf"(?:can|could|would) you (?:please )?{_FINDING}(?: us| me)?(?: to)?|",
    rf"(?:please )?(?:{_FINDING}|give)(?: us| me)(?: to)?|please {_FINDING}|",
    rf"(?:we|i)(?:'d| would)? (?:need|want|like)(?:(?: some)? help(?: with)?| to(?: {_MEETING})?)?|",
    rf"need(?= (?:an?|some\w*|any\w*|to)\b)|need help with|help (?:us|me) (?:to )?{_MEETING}|",
    rf"how (?:do|can) (?:we|i) {_MEETING}|any(?= (?:[^\s,]+ ){{1,4}}(?:in|near|around) {_WHERE_LIST}$)|",
    r"(?:is|are) there|do you (?:know|have)|(?:does )?anyone knows?(?: of)?|",
    rf"(?:can|could|does|do|is|will|would) {_ANYONE}(?: here| there| out there)?"
    r"(?: (?:able|willing|know how) to| do| help(?: us| me)?(?: to| with)?)?|",
    r"(?:any idea |do you know |i wonder )?who (?:(?:can|could|would)(?: help(?: us| me)?(?: to| with)?)?|",
    r"makes?|does|sells?|produces?|offers?|provides?|builds?)|(?:needs?|wanted):) +",
)
_TYING = r"(?:for|of|in|to|with|on|by|from|at|and|or|that|which|who)"
_PARTNER = _pattern(
    rf"(?:(?:an?|any|some|the|one|other|several|a few|\d+) )*(?P<before>(?:(?!{_TYING} )[\w&/-]+ ){{0,4}}?)",
    rf"(?:(?P<kinds>{_KIND_LIST})|(?:business |research |technology |potential )?partners?|collaborators?|",
    rf"{_ANYONE}|whoever|experts?|specialists?|organi[sz]ations?|people|who)\b",
    r"(?=$|[,;:]| (?:that|which|who|whose|able|capable|can|could|to|for|with|in|from|outside|not|near|close|",
    r"about|around|based|located|except|excluding|other|anywhere|doing|making|working|speciali[sz]\w+|experienced|",
    r"interested|of|on|(?!be)[a-z]{3,}ing)\b)",
)
_QUALIFIED = _pattern(r" (?:that|which|who|able|capable|can|(?!be)[a-z]{3,}ing)\b")
_PLACE_NAME = _pattern(rf"(?P<place>{_PLACE})(?:-based)?(?: |$)")
_BESIDE_PARTNER = _pattern(
    rf"[,\s]*(?:(?:based|located) )?(?:(?:(?P<no>{_NOT})|(?:only )?(?:in|from|near|around)) )?",
    rf"(?P<list>{_WHERE_LIST})\b(?: only)?(?=$|[,;: ])",
)
_RELATION = _pattern(
    r"[,\s]*(?:(?:that|which|who)\b\s*)?(?:(?:can|could|is|are|has|have|does|do|would|will|be|able|capable|to|of|",
    r"for|with|in|on|help|us|me|the|experience|expertise|knowledge|good|at|knows?|about|doing|working|speciali[sz]\w+|",
    r"stud(?:y|ies|ying)|researching|researches|",
    r"experienced|interested)\s+)*",
)
_TRAILING = _pattern(rf"[,\s]+(?:but )?(?:in (?P<scope>{_SCOPE})|(?P<no>{_NOT}) (?P<list>{_LIST}))$")
_AT_END = _pattern(rf"(?P<rest>(?:(?!{_TYING} )[^\s,]+ ){{1,4}})(?:in|near|around) (?P<list>{_WHERE_LIST})")
_EXCLUDING = _pattern(rf"(?:but )?(?:{_NOT}|not|no|without) (?:any )?(?P<no>{_LIST})")
_RESTRICTING = _pattern(
    rf"(?P<only>(?:only|just|preferably|ideally) )?(?:in |from |at )?(?P<yes>{_LIST})",
    rf"(?: (?:in|from) (?P<where>{_WHERE_LIST}))?(?(only)| only)",
)
_NAMED = rf"(?:an? |the )?(?P<yes>{_LIST})(?: (?:in|from|near|around) (?P<where>{_WHERE_LIST}))?"
_AT = "(?:in|from|at|near|around|close to)"
_NAMING = _pattern(
    rf"(?P<also>also |and |or )?(?:what about |how about )?(?:{_AT} )?{_NAMED}(?P<too> too| as well)?"
)
_CLOSING = _pattern(rf"{_AT} {_NAMED}")
_DROPPING = _pattern(
    rf"(?:drop|remove|forget|clear) (?:the )?(?P<drop>{_LIST})(?P<condition> (?:filter|condition))?"
)
_CONDITIONS = r"(?:filters?|conditions?|restrictions?)"
_FORGETTING: tuple[tuple[frozenset[Aspect], re.Pattern[str]], ...] = (
    (
        FILTERING,
        _pattern(
            r"(?:show |see |give )?(?:me |us )?(?:all(?: of them)?|everything|everyone)(?: again)?|reset|",
            rf"no {_CONDITIONS}|(?:remove|clear|drop|forget) (?:all )?(?:the )?{_CONDITIONS}",
        ),
    ),
    (frozenset({Aspect.KIND}), _pattern(r"any (?:kind|type)(?: of (?:partner|organi[sz]ation))?")),
    *(
        (
            aspects,
            _pattern(
                rf"(?:(?:drop|remove|forget|clear) (?:the )?(?:{names})(?: {_CONDITIONS})?|any (?:{names}))"
            ),
        )
        for aspects, names in (
            (frozenset({Aspect.STAGE}), "(?:funding )?stage|seed|early stage|growth stage|later stage"),
            (frozenset({Aspect.AMOUNT}), "amount|sum|budget"),
            (frozenset({Aspect.URGENCY}), "deadline|urgency|time(?:frame)?"),
            (frozenset({Aspect.OFFER}), "offer|what we (?:do|make|offer)"),
            (frozenset({Aspect.PURPOSE}), "purpose"),
            (frozenset({Aspect.PLACE, Aspect.CLUSTER, Aspect.SCOPE}), "place|location|region"),
        )
    ),
)
_LEAD_IN = _pattern(
    r"(?:actually|ok(?:ay)?|well|then|now|but|and then|please|rather|instead|if possible)\b[,\s]*"
)

_SENTENCE = re.compile(r".+?(?:(?<=[A-Za-z0-9)])[.!?;]+(?=\s|$)|\n+|[?]+|$)", re.DOTALL)
_CLAUSE_JOINT = re.compile(r"(,\s+)")
_EDGE = " \t\n,.;:!?"


def read(text: str) -> Reading:
    """The content and the wishes of a message, already NFKC-normalised."""
    return _cities().read(text, _read)


def _read(text: str) -> Reading:
    return combined((_read_sentence(sentence.group()) for sentence in _SENTENCE.finditer(text)), " ")


@cache
def _cities() -> Cities:
    """Cities by their names ("Sabae", "Higashi-Osaka", "Kure City"). Made when the first message is read."""
    known = {_plainly(name): prefectures for name, prefectures in cities_en().items()}

    def prefectures(match: re.Match[str]) -> tuple[str, ...]:
        name = _plainly(match["name"])
        if not match["city"] and (name in _COMMON_WORDS or name in _PLACES or len(name) < _SHORTEST_NAME):
            return ()
        return tuple(PREFECTURES_EN[prefecture] for prefecture in known.get(name, ()))

    return Cities(
        _pattern(r"\b(?P<name>[a-z]+(?:-(?!shi\b)[a-z]+)?)(?P<city>[ -](?:city|shi)\b)?"), prefectures, " or "
    )


def _plainly(name: str) -> str:
    """How a name is compared: people write Nihonmatsu and Nihommatsu, Kita-Akita and Kitaakita."""
    return re.sub(r"m(?=[bmp])", "n", name.lower().replace("-", ""))


def _read_sentence(sentence: str) -> Reading:
    text = " ".join(_without_politeness(sentence.strip(_EDGE)).split())
    if not text:
        return Reading("")
    return (
        _GRAMMAR.retraction(text)
        or _GRAMMAR.condition(text, naming=_NAMING)
        or _read_request(text)
        or _read_asked(text)
    )


def _without_politeness(text: str) -> str:
    while match := _GREETING.match(text):
        text = text[match.end() :]
    if _INTRODUCING_ONESELF.fullmatch(text):
        return ""
    while match := _THANKS.search(text):
        text = text[: match.start()].strip(_EDGE)
    return text


def _read_request(text: str) -> Reading | None:
    """Read "We are looking for a university in Kansai that can …"; None where nobody is asked for."""
    asking = _ASKING.match(text)
    asked = text[asking.end() :] if asking else text
    if asking and (condition := _GRAMMAR.condition(asked, naming=_NAMING)):
        return replace(condition, is_request=True)
    partner = _PARTNER.match(asked)
    if not partner:
        return replace(_read_asked(asked), is_request=True) if asking else None
    rest, beside = _take_beside(asked[partner.end() :])
    if not asking and not beside and not _QUALIFIED.match(rest):
        return None
    pieces = _GRAMMAR.pieces(partner["kinds"] or "")
    before, ahead = _take_place_name(partner["before"].strip())
    rest, behind = _take_trailing(rest)
    content = _read_asked(" ".join(filter(None, (before, _RELATION.sub("", rest, count=1)))))
    return Reading(content.content, (*ahead, *pieces, *beside, *content.pieces, *behind), is_request=True)


def _read_asked(text: str) -> Reading:
    """What is asked for: "weld titanium in Osaka" is to be done there, where few words say it."""
    if match := _AT_END.fullmatch(text):
        return Reading(match["rest"].strip(), _GRAMMAR.pieces(match["list"]))
    return _GRAMMAR.clauses(text)


def _take_place_name(before: str) -> tuple[str, tuple[Piece, ...]]:
    """Take "Osaka-based" or "Kansai" before the partner."""
    match = _PLACE_NAME.match(before)
    if not match:
        return before, ()
    return before[match.end() :], _GRAMMAR.pieces(match["place"])


def _take_beside(rest: str) -> tuple[str, tuple[Piece, ...]]:
    """Take "in Kansai" or "outside Kansai" right after the partner."""
    if match := _BESIDE_PARTNER.match(rest):
        found = _GRAMMAR.pieces(match["list"])
        return rest[match.end() :], excluded_pieces(found) if match["no"] else found
    return rest, ()


def _take_trailing(rest: str) -> tuple[str, tuple[Piece, ...]]:
    """Take "…, outside Kansai" and "… in another region" at the end."""
    if match := _TRAILING.search(rest):
        found = _GRAMMAR.pieces(match["scope"] or match["list"])
        return rest[: match.start()], excluded_pieces(found) if match["no"] else found
    return rest, ()


def _pieces_of_word(word: re.Match[str]) -> Iterator[Piece]:
    said = word.group()
    if word["place"]:
        name = said.lower().removeprefix("the ")
        yield place_piece(_PLACES[next(filter(name.startswith, _PLACE_NAMES))], said)
    elif word["scope"]:
        yield scope_piece(next(scope for scope, words in _SCOPE_READ if words.fullmatch(said)), said)
    else:
        yield from kind_pieces(next(kinds for kinds, words in _KIND_READ if words.fullmatch(said)), said)


_GRAMMAR = Grammar(
    pieces_of_word=_pieces_of_word,
    word=_WORD_READ,
    lead_in=_LEAD_IN,
    excluding=_EXCLUDING,
    restricting=_RESTRICTING,
    naming=_NAMING,
    closing=_CLOSING,
    dropping=_DROPPING,
    forgetting=_FORGETTING,
    clause_joint=_CLAUSE_JOINT,
    edge=_EDGE,
)
