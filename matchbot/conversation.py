"""One thread with somebody who looks for a partner: (state, message) → (state, step).

Pure: the step says what is to be done, and the caller does it. Partners come first; a vague need
brings one question besides, and never more than three in a thread.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.places import region_of
from corpus.records import Kind
from matchbot.matchmaking import CARDS, Matches
from matchbot.need import Asker, Aspect, Language, Need, Piece, Scope
from matchbot.understanding import language_of, understand

MOST_QUESTIONS = 3
"""Questions asked back in one thread."""


class Question(StrEnum):
    """What is asked back, in the order in which it is asked."""

    WHAT = "what"
    """What the partner should be able to do: nothing can be searched without it."""
    DETAIL = "detail"
    """Material, size, quantity, conditions."""
    PURPOSE = "purpose"
    KIND = "kind"


class Topic(StrEnum):
    """What is said without a search."""

    GREETING = "greeting"
    HELP = "help"
    THANKS = "thanks"
    OFF_TOPIC = "off-topic"
    """Not a matter of finding partners: a human can help."""
    UNCHANGED = "unchanged"
    """A question was left open, and the partners shown stay as they are."""


@dataclass(frozen=True, slots=True)
class Search:
    """Show partners from ``offset`` on, and ask ``question`` beside them."""

    need: Need
    offset: int = 0
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask back; there is nothing to search yet."""

    question: Question


@dataclass(frozen=True, slots=True)
class Say:
    """Say something that needs no search."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class Quit:
    """End the conversation."""


Step = Search | Ask | Say | Quit


@dataclass(frozen=True, slots=True)
class ToggleKinds:
    """Look for these kinds (too), or where they are looked for already, no longer."""

    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """Look in one's own clusters, the others, all, or as by default."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class More:
    """Go on behind the partners shown."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Take one understood piece away."""

    piece: Piece


@dataclass(frozen=True, slots=True)
class Exclude:
    """This partner does not fit (条件に合わない): the next one moves up in its place."""

    organisation_id: str


Choice = ToggleKinds | Within | More | Drop | Exclude
"""What can be clicked below the partners shown, or on one of them."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The state of one thread: the need so far, who was shown for it, what was asked back.

    ``unfit``: ids of the organisations that were said not to fit, for as long as the need goes on.
    ``aside``: what was said last, where that is no matter of finding partners.
    """

    need: Need | None = None
    shown: tuple[str, ...] = ()
    """Ids of the organisations shown for this need, in order."""
    asked: tuple[Question, ...] = ()
    pending: Question | None = None
    language: Language = "ja"
    unfit: tuple[str, ...] = ()
    aside: str = ""

    def remember(self, organisation_ids: Iterable[str]) -> "Conversation":
        """The state after these were shown, so that 「もっと」 goes on behind them."""
        return replace(self, shown=tuple(dict.fromkeys((*self.shown, *organisation_ids))))


def _pattern(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


_MORE = _pattern(
    r"(?:もっと|もう少し)(?:見せて|見る|見たい|教えて|ほしい|欲しい|ください|お願いします|ありますか)*",
    r"次(?:へ|の(?:候補|ページ))?|続き",
    r"(?:他|ほか)(?:に|には|にも|の(?:候補|相手|会社|企業))?(?:は|も)?"
    r"(?:(?:あります|ありません|います|いません|い?ない|[いあ]る|おらん)(?:です)?(?:か|の|かな)?)?"
    r"(?:見せて)?",
    r"(?:show (?:me )?)?(?:some )?more|next(?: page)?|(?:any|some)(?:one|body|thing)? else",
    r"(?:any |some )?others?",
)
_QUIT = _pattern(
    r"終了(?:します|する)?|終わり(?:ます|です)?|おわり|やめ(?:ます|る)|さようなら|さよなら|またね",
    r"exit|quit|bye|good ?bye|stop",
)
_HELP = _pattern(
    r"ヘルプ|使い方(?:は|を)?(?:教えて(?:ください)?|知りたい)?",
    r"どう(?:やって)?使(?:う|えば)(?:の|いい|いいの)?(?:ですか)?|(?:あなたは)?(?:何|なに)が(?:でき|出来)(?:る|ます)(?:の|ん)?(?:です)?か?",
    r"help(?: me)?|usage|what can you do|how does (?:this|it) work|how do i use (?:this|it)",
)
_GREETING = _pattern(
    r"(?:こん(?:にち|ばん)は|おはよう(?:ございます)?|(?:初め|はじめ)まして|お世話に(?:なって(?:い|お)ります|なります)|"
    r"お疲れ(?:様|さま)です|もしもし|やあ|(?:よろしく|宜しく)お願い(?:いた)?します|"
    r"hello|hi|hey|good (?:morning|afternoon|evening)|[、。!\s])+",
)
_THANKS = _pattern(
    r"(?:(?:どうも)?(?:ありがとう|有難う)(?:ございま(?:す|した))?|助かり(?:ます|ました)|了解(?:です|しました)?|"
    r"(?:わか|分か)りました|承知(?:いた)?しました|(?:many )?thanks?(?: you)?(?: very much| so much)?|"
    r"got it|ok(?:ay)?|[、。!\s])+",
)
_NO_ANSWER = _pattern(
    r"(?:特に|とくに)?(?:ない|なし|無し|ありません)(?:です)?|いいえ|未定(?:です)?",
    r"(?:まだ)?(?:わから|分から|決まってい)(?:ない|ません)(?:です)?",
    r"no(?:ne|thing)?(?: in particular)?|(?:i )?don'?t know|not (?:sure|yet)",
)
_OFF_TOPIC = _pattern(
    r".{0,12}(?:補助金|助成金|給付金|補助制度|税金|税務|ふるさと納税|確定申告|年末調整|社会保険|保険証|求人|転職|登記|"
    r"運転免許|免許証|住民票|戸籍|パスポート|天気|ニュース|パスワード|ログイン|会費|料金|入会|退会)"
    r"(?:の?(?:制度|情報|種類|こと|やり方|申請(?:方法)?|受け方|もらい方|取り方|方法|手続き|条件|期限|予報|変更|更新|写し|"
    r"再発行))?"
    r"(?:(?:は|って|とは)$|(?:を|は|が|に|って|とは|について|に関して)?"
    r"(?:(?:教え|知り|聞き|相談し|申請し|変え|受け|取り)(?:て|た)[ぁ-ん下頂]*|何(?:です)?か?|"
    r"(?:どう|いくら|いつ)[ぁ-ん]*|どこ[でが][ぁ-ん得安]{1,8}|あり(?:ます|ません)か|ある(?:の)?か?|(?:もらえ|使え)[ぁ-ん]*|できますか))",
    # Who asks when, how often or how much wants to know something, and not to meet anybody.
    r".{1,40}(?:いつ|何(?:日|時|回|分|歳|点|曜日)|いくら|どっち|誰(?!に))(?:まで|から|ごろ|くらい|間)?"
    r"(?:(?:に|が|は|を)[ぁ-ん一-龯]{0,8}|残っ[ぁ-ん]{1,6})?(?:です|ます|でしょう|だ)?か?",
    r"(?:tell me about|what (?:is|are|about)|how (?:do|can|much|to)|where (?:do|can)|explain|"
    r"(?:can|could) you (?:tell|explain))\b.{0,24}"
    r"\b(?:subsid(?:y|ies)|grants?|tax(?:es)?|weather|news|jobs?|password|log ?in|fees?|membership)\b.{0,16}",
)
_IN_GENERAL = _pattern(
    r"(?:新し(?:い|く)|新規の?|新たな|何(?:か|ら)|なにか|事業|商売|ビジネス|仕事|経営|売(?:り)?上げ?|会社|当社|"
    r"弊社|うち|"
    r"(?:連携|協業|協力|提携|相談|検討)(?:中|し)?|(?:考え|始め|やり|広げ|進め|増やし|伸ばし|困っ|悩ん|思っ)|"
    r"こと|もの|ところ|とき|たい|[てで](?:い(?:る|ます)|おります)|よう|です|ます|から|[をがはにのでとも、。\s])+",
    r"(?:\b(?:(?:i|we)(?: are| am|'re|'m)?|thinking|considering|about|of|an?|the|our|new|some(?:thing)?|want|"
    r"to|would like|business(?:es)?|start|begin|do|have|grow|increase|sales|cooperat(?:e|ion)|work|with|"
    r"partners?|in|for)\b|[,.\s])+",
)
"""What says that something is wanted, and not a word of what."""
_EDGE = " 、。,.!?　\n\t"
_RUN_OF_CONTENT = re.compile(r"[一-龯々〆ァ-ヴー]+|[A-Za-z0-9]+")
_SHORT_CONTENT = 4


def advance(
    state: Conversation, text: str, *, asker: Asker | None = None, is_restated: bool = False
) -> tuple[Conversation, Step]:
    """The next state of a thread and what is to be done about a message.

    「もっと」 goes on behind what was remembered as shown. Any change of the need starts a new list.
    ``is_restated``: the message is the need in other words, and not a change of the one before.
    """
    state = replace(state, language=language_of(text) or state.language, aside="")
    if is_restated:
        state = replace(state, need=None, shown=(), pending=None)
    said = unicodedata.normalize("NFKC", text).strip(_EDGE)
    if _QUIT.fullmatch(said):
        return state, Quit()
    if _MORE.fullmatch(said):
        return _more(state)
    if topic := _topic(said, text, state):
        aside = text if topic is Topic.OFF_TOPIC else ""
        return replace(state, pending=None, aside=aside), Say(topic)
    need = understand(text, asker=asker, previous=state.need, is_answer=state.pending is not None)
    return _show(state, _answered(state, need))


def choose(state: Conversation, choice: Choice) -> tuple[Conversation, Step]:
    """The thread after somebody clicked below the partners shown, or on one of them."""
    if state.need is None:
        return state, Say(Topic.HELP)
    match choice:
        case More():
            return _more(state)
        case ToggleKinds(kinds):
            return _show(state, _toggled(state.need, frozenset(kinds)))
        case Within(scope):
            return _show(state, _within(state.need, scope))
        case Drop(piece):
            return _show(state, state.need.without(piece))
        case Exclude(organisation_id):
            return _without(state, state.need, organisation_id)


def crowded_region(matches: Matches) -> str:
    """The region of the programme that most of the partners shown are in: a list without it is another one.
    "" where none is known, or a place was asked for."""
    if matches.need.prefectures:
        return ""
    told = (region_of(match.hit.organisation.prefecture) for match in matches.items)
    return next((region for region, _ in Counter(filter(None, told)).most_common(1)), "")


def piece_to_drop(need: Need) -> Piece | None:
    """A piece that can be taken back by naming it (「関西の条件を外して」); None where there is none."""
    named = (Aspect.PLACE, Aspect.KIND)
    return next((piece for piece in need.pieces if piece.aspect in named and not piece.is_excluded), None)


def need_text(
    before: Conversation, after: Conversation, so_far: str, said: str, *, is_restated: bool = False
) -> str:
    """All that was said of the present need, a line each: ``so_far``, and what was ``said`` now if that
    changed it; a need that begins anew, or is restated, begins with its own words."""
    if after.need is None or after.need == before.need:
        return so_far
    if is_restated:
        return said
    return f"{so_far}\n{said}" if _goes_on(before.need, after.need) else said


def _goes_on(former: Need | None, need: Need) -> bool:
    """Whether a need is the former one with something more or less, rather than another."""
    if former is None or not former.query:
        return False
    return former.query in need.query or need.query in former.query


def _topic(said: str, text: str, state: Conversation) -> Topic | None:
    if _HELP.fullmatch(said or text.strip()):
        return Topic.HELP
    if not said:
        return Topic.HELP if not state.need else Topic.UNCHANGED
    if state.pending and _NO_ANSWER.fullmatch(said):
        return Topic.UNCHANGED if state.need and state.need.query else Topic.HELP
    topics = ((_GREETING, Topic.GREETING), (_THANKS, Topic.THANKS), (_OFF_TOPIC, Topic.OFF_TOPIC))
    return next((topic for pattern, topic in topics if pattern.fullmatch(said)), None)


def _more(state: Conversation) -> tuple[Conversation, Step]:
    if state.need and state.need.query:
        return replace(state, pending=None), Search(state.need, offset=len(state.shown))
    return _ask_what(state)


def _answered(state: Conversation, need: Need) -> Need:
    """A purpose that was asked for is a piece of the need, not a further word to search."""
    if state.pending is Question.PURPOSE and state.need and need.purpose is not state.need.purpose:
        return replace(need, query=state.need.query)
    return need


def _show(state: Conversation, need: Need) -> tuple[Conversation, Step]:
    if _IN_GENERAL.fullmatch(need.query):
        need = replace(need, query="")
    is_same = state.need and (need.query, need.pieces) == (state.need.query, state.need.pieces)
    unfit = state.unfit if _goes_on(state.need, need) else ()
    state = replace(state, need=need, shown=state.shown if is_same else (), unfit=unfit, pending=None)
    if not need.query:
        return _ask_what(state)
    question = _question(need, state.asked)
    return _asking(state, question), Search(need, question=question)


def _without(state: Conversation, need: Need, organisation_id: str) -> tuple[Conversation, Step]:
    """The page on which the partner stood, without it."""
    place = state.shown.index(organisation_id) if organisation_id in state.shown else len(state.shown) - 1
    shown = tuple(id for id in state.shown if id != organisation_id)
    unfit = tuple(dict.fromkeys((*state.unfit, organisation_id)))
    offset = max(place, 0) // CARDS * CARDS
    return replace(state, shown=shown, unfit=unfit), Search(need, offset=offset)


def _toggled(need: Need, kinds: frozenset[Kind]) -> Need:
    wanted = need.kinds - kinds if kinds <= need.kinds else need.kinds | kinds
    asked_for = tuple(kind.value for kind in Kind if kind in wanted)
    if asked_for:
        return need.with_pieces([Piece(Aspect.KIND, asked_for)])
    others = (piece for piece in need.pieces if piece.aspect is not Aspect.KIND or piece.is_excluded)
    return replace(need, pieces=tuple(others))


def _within(need: Need, scope: Scope) -> Need:
    if scope is not Scope.MIXED:
        return need.with_pieces([Piece(Aspect.SCOPE, (scope.value,))])
    return replace(need, pieces=tuple(piece for piece in need.pieces if piece.aspect is not Aspect.SCOPE))


def _ask_what(state: Conversation) -> tuple[Conversation, Step]:
    if len(state.asked) >= MOST_QUESTIONS:
        return replace(state, pending=Question.WHAT), Say(Topic.HELP)
    return _asking(state, Question.WHAT), Ask(Question.WHAT)


def _asking(state: Conversation, question: Question | None) -> Conversation:
    return replace(state, asked=(*state.asked, question), pending=question) if question else state


def _question(need: Need, asked: tuple[Question, ...]) -> Question | None:
    """What to ask beside the partners of a vague need, each thing once."""
    if len(asked) >= MOST_QUESTIONS or not _is_vague(need):
        return None
    is_open = {
        Question.DETAIL: True,
        Question.PURPOSE: need.purpose is None,
        Question.KIND: not need.kinds,
    }
    return next((question for question in is_open if is_open[question] and question not in asked), None)


def _is_vague(need: Need) -> bool:
    """Whether hardly a word says what is needed: 「検査」「めっき」, "glass"."""
    runs = _RUN_OF_CONTENT.findall(need.query)
    if need.exact_terms or len(runs) > 1:
        return False
    return need.language == "en" or sum(map(len, runs)) <= _SHORT_CONTENT
