"""What the recognisers of all languages share: conditions beside what is sought, each in its own words."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from matchbot.need import Aspect, Piece
from matchbot.phrases.reading import Reading, excluded_pieces


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one language says conditions: patterns over its words for kinds, places and scopes.

    The patterns of conditions match whole clauses, and name what they hold: ``yes`` and ``where`` is asked
    for, ``no`` is left out, ``drop`` is taken back; ``also`` or ``too`` tell that it is added to what was
    said, ``condition`` that only the condition is taken back. ``closing`` are those of ``naming`` that at
    the end of a sentence are conditions, too. ``edge``: what may stand around a clause and says nothing.
    """

    pieces_of_word: Callable[[re.Match[str]], Iterable[Piece]]
    word: re.Pattern[str]
    lead_in: re.Pattern[str]
    excluding: re.Pattern[str]
    restricting: re.Pattern[str]
    naming: re.Pattern[str]
    closing: re.Pattern[str]
    dropping: re.Pattern[str]
    forgetting: tuple[tuple[frozenset[Aspect], re.Pattern[str]], ...]
    clause_joint: re.Pattern[str]
    edge: str

    def pieces(self, words: str) -> tuple[Piece, ...]:
        """The wishes that these words are, in order."""
        return tuple(piece for match in self.word.finditer(words) for piece in self.pieces_of_word(match))

    def without_lead_in(self, text: str) -> str:
        """The text without the words that only lead into it (「できれば」, "but")."""
        text = text.strip(self.edge)
        while match := self.lead_in.match(text):
            text = text[match.end() :]
        return text

    def retraction(self, text: str) -> Reading | None:
        """What a message takes back that says nothing else (「条件を外して」「やっぱり全部」), or None."""
        text = self.without_lead_in(text)
        for aspects, pattern in self.forgetting:
            if pattern.fullmatch(text):
                return Reading("", forgotten=aspects)
        if match := self.dropping.fullmatch(text):
            pieces = self.pieces(match["drop"])
            return Reading("", dropped=pieces if match["condition"] else excluded_pieces(pieces))
        return None

    def condition(self, clause: str, *, naming: re.Pattern[str] | None = None) -> Reading | None:
        """What a clause demands that says nothing else, or None. ``naming``: what demands by naming."""
        clause = self.without_lead_in(clause)
        for pattern in filter(None, (self.excluding, self.restricting, naming)):
            if match := pattern.fullmatch(clause):
                return self._demanded(match.groupdict(default=""))
        return None

    def clauses(self, text: str) -> Reading:
        """Content with conditions between its joints; without any, the text as it is.

        Of keywords, which blanks part, one that only names a kind or place is a condition as well, and so
        is what is led in (「…、できれば近場」).
        """
        clauses = self.clause_joint.split(text)
        joints = ["", *clauses[1::2], ""]
        content, conditions = "", list[Reading]()
        for clause, before, behind in zip(clauses[::2], joints, joints[1:], strict=False):
            naming = self._naming(clause, before, behind)
            condition = self.condition(clause, naming=naming) if before or behind else None
            if condition:
                conditions.append(condition)
            else:
                content += before + clause
        pieces = tuple(piece for condition in conditions for piece in condition.pieces)
        return Reading(content.strip(self.edge) if conditions else text, pieces)

    def _naming(self, clause: str, before: str, behind: str) -> re.Pattern[str] | None:
        """By what a clause demands that names a kind or place, between these joints."""
        if not f"{before}{behind}".strip() or self.lead_in.match(clause):
            return self.naming
        return None if behind else self.closing

    def _demanded(self, said: Mapping[str, str]) -> Reading:
        wanted = self.pieces(" ".join((said.get("yes", ""), said.get("where", ""))))
        return Reading(
            "",
            (*excluded_pieces(self.pieces(said.get("no", ""))), *wanted),
            is_addition=bool(said.get("also") or said.get("too")),
        )
