"""The decision card: what a coordinator should know of a case, and what they can do about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from matchbot.desk import DECISIONS, CaseView, DecisionCard, LogEntry, PartyView
from matchbot.following import PartyAnswer
from matchbot.introductions.cases import Act
from matchbot.introductions.events import ConsentGiven
from matchbot.matchmaking import Match
from matchbot.policy import Tie
from matchbot.texts import Texts
from matchbot.wording import visibility_told
from slack_app.blocks import Block, Element, actions, button, context, escaped, fields, quote, section
from slack_app.cards import reason
from slack_app.ids import Click, packed
from slack_app.limits import Posting
from slack_app.names import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """A case as those who decide for a cluster look at it.

    ``fits``: why each partner fits the need, where a search still finds it. ``ties``: how close each of
    those who may decide is to a party, by member. ``log``: everything that happened, in order.
    """

    case: CaseView
    cluster: str
    fits: Mapping[str, Match] = field(default_factory=dict)
    ties: Mapping[str, Sequence[Tie]] = field(default_factory=dict)
    log: Sequence[LogEntry] = ()

    @property
    def can_be_approved(self) -> bool:
        """Whether this cluster still has to approve."""
        return any(turn.act is Act.APPROVE and turn.cluster == self.cluster for turn in self.case.turns)

    @property
    def can_be_stopped(self) -> bool:
        """Whether this cluster can still stop it."""
        return self.cluster in self.case.stoppable_by

    @property
    def is_open(self) -> bool:
        """Whether this cluster can still do something about it."""
        return self.can_be_approved or self.can_be_stopped


def card(headline: str, deciding: Deciding, texts: Texts, names: Names) -> Posting:
    """Everything that is needed to decide; with buttons for as long as there is something to decide."""
    shown = DecisionCardWords(deciding, texts, names)
    return Posting(headline, (section(f"*{headline}*"), *shown.blocks()))


class DecisionCardWords:
    """The blocks of one card."""

    def __init__(self, deciding: Deciding, texts: Texts, names: Names) -> None:
        self._deciding = deciding
        self._case = deciding.case
        self._texts = texts
        self._names = names

    def blocks(self) -> Iterator[Block]:
        """Who and why, what should be known, what has happened, and what can be done."""
        yield section("\n".join(map(self._party, self._case.parties)))
        if self._case.card:
            yield from self._asked_for(self._case.card)
            yield fields(dict(self._facts(self._case.card)))
        yield from chain.from_iterable(map(self._fit, self._case.parties))
        happened = tuple(self._happened())
        if happened:
            yield context(*happened)
        buttons = tuple(self._buttons())
        if buttons:
            yield actions(*buttons)

    # Within

    def _party(self, party: PartyView) -> str:
        side = self._texts("slack-side-requester" if party.is_requester else "slack-side-partner")
        mark = self._texts("mark-masked") if party.is_masked else ""
        told = self._texts(
            "slack-case-party",
            side=side,
            name=self._names.party(party),
            about=f"{self._names.about(party)}{mark}",
        )
        # Who asks has agreed by that, and was not asked.
        has_asked = party.is_requester and party.answer is PartyAnswer.YES
        return told if has_asked else f"{told} — {self._texts(f'answer-{party.answer}')}"

    def _asked_for(self, known: DecisionCard) -> Iterator[Block]:
        """The need, and what the partner would read of it: once where it is the same."""
        labels: dict[str, list[str]] = {}
        for label, text in (("slack-case-need", known.need), ("slack-case-brief", known.brief)):
            labels.setdefault(text, []).append(self._texts(label))
        for text, said in labels.items():
            if text:
                yield context(self._texts("fact-separator").join(said))
                yield quote((text, False))

    def _facts(self, known: DecisionCard) -> Iterator[tuple[str, str]]:
        say, case = self._texts, self._case
        yield say("about-purpose"), say(f"purpose-{case.purpose}")
        named = {party.id: self._names.plain.name(party.name) for party in case.parties}
        told = visibility_told(say, named, known.codes, known.anonymous)
        yield say("about-visibility"), escaped("\n".join(told))
        yield say("about-expires"), say("slack-day", on=case.expires_on)
        earlier = [say("slack-case-number", id=id) for id in known.earlier_cases]
        yield say("about-earlier"), self._names.listed(earlier) if earlier else say("slack-none")
        if known.quota_left is not None:
            yield say("about-quota"), say("slack-n-cases", n=known.quota_left)
        asked = (
            say("slack-asked-for", name=self._names.party(party), n=known.n_asked_this_quarter[party.id])
            for party in case.parties
            if not party.is_requester and party.id in known.n_asked_this_quarter
        )
        yield say("about-asked"), "\n".join(asked)
        yield say("slack-case-conflicts"), "\n".join(self._closeness()) or say("slack-none")
        if case.coordinator:
            yield say("about-coordinator"), self._names.member(case.coordinator)

    def _closeness(self) -> Iterator[str]:
        called = {party.id: self._names.party(party) for party in self._case.parties}
        for member, ties in self._deciding.ties.items():
            for tie in ties:
                yield self._texts(
                    "slack-case-conflict",
                    member=self._names.member(member),
                    organisation=called.get(tie.organisation_id, escaped(tie.organisation_id)),
                    closeness=self._texts(f"closeness-{tie.closeness}"),
                )

    def _fit(self, party: PartyView) -> Iterator[Block]:
        match = self._deciding.fits.get(party.id)
        for why in match.reasons[:1] if match else ():
            yield context(self._texts("slack-case-fits", name=self._names.party(party)))
            yield from reason(why, self._texts, self._names)

    def _happened(self) -> Iterator[str]:
        """What was decided, by whom and when; with the reasons, which only coordinators read."""
        asking = {party.id for party in self._case.parties if party.is_requester}
        for entry in self._deciding.log:
            is_asking = entry.type == ConsentGiven.__name__ and entry.facts["organisation_id"] in asking
            if entry.type in DECISIONS and not is_asking:
                done, why = self._texts(f"event-{entry.type}"), entry.texts.get("reason", "")
                by = self._names.member(entry.actor)
                told = self._texts("slack-case-happened", done=done, by=by, on=entry.event_date)
                yield f"{told} {self._texts('slack-case-because', reason=escaped(why))}" if why else told

    def _buttons(self) -> Iterator[Element]:
        say, value = self._texts, packed(self._case.id, self._deciding.cluster)
        if self._deciding.can_be_approved:
            yield button(say("slack-approve"), Click.APPROVE, value, style="primary")
            yield button(say("slack-return"), Click.RETURN, value)
            yield button(say("slack-decline"), Click.DECLINE, value)
            yield button(say("slack-hand-over"), Click.HAND_OVER, value)
        if self._deciding.can_be_stopped:
            yield button(say("slack-stop"), Click.STOP, value, style="danger")
