"""What goes on in a conversation, and in the threads that keep one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from corpus.places import distance_km
from matchbot.conversation import Choice, Conversation, Search, Step, advance, choose, need_text
from matchbot.correspondence import Thread
from matchbot.details import further_reasons, wants
from matchbot.errors import UnknownOrganisationError, UnknownRecordError
from matchbot.finding import Answer
from matchbot.happenings import part_of
from matchbot.masking import code_of
from matchbot.matchmaking import CARDS, Match
from matchbot.members import MATCHBOT, Member
from matchbot.need import Asker, Language, Need
from matchbot.policy import Action, Role, may
from matchbot.reasons import Reason
from matchbot.service.searching import Searching

if TYPE_CHECKING:
    from matchbot.desk import OtherSide

_PARTNERS_COME_SINCE = 20
"""How far a partner may have moved down, since it was shown, and is still found again."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What matchbot answers to a message: the conversation afterwards, what is done, and whom that found.

    ``number``: which turn of its thread it is, from 1; 0 outside threads.
    """

    conversation: Conversation
    step: Step
    answer: Answer | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Details:
    """A closer look at a partner: what speaks for it, and apart from that, whether it might say yes.

    ``side``: how much it is asked, and how often it said yes; None to who may not know. ``further``: what
    else speaks for it; ``wants``: what it looks for that the asker does; ``distance_km``: between the two,
    None where unknown. Of a masked partner the last three are empty.
    """

    match: Match
    side: "OtherSide | None"
    further: tuple[Reason, ...] = ()
    wants: tuple[Reason, ...] = ()
    distance_km: int | None = None


class Conversing(Searching):
    """Conversations and threads."""

    def converse(self, conversation: Conversation, text: str, *, asker: Asker | None = None) -> Reply:
        """The reply to a message. Raises NoSnapshotError, SnapshotError."""
        return self._reply(*advance(conversation, text, asker=asker), asker)

    def _reply(self, conversation: Conversation, step: Step, asker: Asker | None) -> Reply:
        """The reply in which a step is done."""
        if not isinstance(step, Search):
            return Reply(conversation, step)
        answer = self._finder.find(
            step.need,
            asker,
            limit=CARDS,
            before=conversation.shown[: step.offset],
            kept=conversation.shown[step.offset :],
            without=conversation.unfit,
        )
        shown = (match.organisation_id for match in answer.matches.items)
        return Reply(conversation.remember(shown), step, answer)

    def put_on_record(self, answer: Answer, *, asker: Asker | None, key: str, by: Member = MATCHBOT) -> None:
        """Puts on record which partners were shown, where there is a ledger and it is to know."""
        if self._ledgers.exists() and may(by.role, Action.SHOW_PARTNERS):
            shown = [match.organisation_id for match in answer.matches.items]
            asked_for = asker.organisation_id if asker else ""
            self.desk.show_partners("", asked_for, shown, by=by, key=key)

    def say(
        self,
        thread_id: str,
        text: str,
        *,
        by: Member,
        key: str,
        language: Language,
        organisation_id: str = "",
        continues: Sequence[str] = (),
        is_restated: bool = False,
    ) -> Reply:
        """The reply to a message of a thread; the thread is kept, and whom was shown put on record.

        The same ``key`` again gives the same reply again, and the thread stays where it is. ``language``:
        that of a new thread. ``organisation_id``: on whose behalf, where it is not the first of those that
        ``by`` speaks for. ``continues``: the threads from which a new one goes on: the first that there is.
        ``is_restated``: the message says the need anew, and changes nothing that was said before.

        Raises NoSnapshotError, SnapshotError, UnknownOrganisationError, LedgerBusyError.
        """
        text = text.encode(errors="replace").decode()
        asker = self._asker_for(by, organisation_id)
        new = Thread(
            thread_id, by.id, Conversation(), Conversation(language=language), asker=asker, n_turns=0
        )
        former = next(filter(None, map(self.correspondence.thread, continues)), None)
        start = replace(new, state=former.state, need_text=former.need_text) if former else new
        take = partial(advance, text=text, asker=asker, is_restated=is_restated)
        return self._next_turn(start, take, by=by, key=key, said=text, is_restated=is_restated)

    def choose(self, thread_id: str, choice: Choice, *, by: Member, key: str) -> Reply:
        """The reply to a click below the partners shown; otherwise as `say`.

        Raises UnknownRecordError where there is no such thread.
        """
        thread = self._thread(thread_id)
        start = replace(thread, asker=self._asker_for(by, thread.asker.organisation_id))
        return self._next_turn(start, partial(choose, choice=choice), by=by, key=key)

    def begin(self, thread_id: str, *, by: Member, language: Language) -> None:
        """A new thread that goes on from nothing; one that there is stays as it is."""
        start = Conversation(language=language)
        asker = self._asker_for(by, "")
        self.correspondence.put_thread(Thread(thread_id, by.id, start, start, asker=asker), self._clock.now())

    def branch(self, thread_id: str, new_id: str) -> None:
        """Has a thread go on from where another one is: what was posted keeps the need that it shows, and
        who clicks on it or replies to it is understood by that, whatever was said elsewhere since."""
        self.correspondence.branch_thread(thread_id, new_id, self._clock.now())

    def need_of(self, thread_id: str) -> Need:
        """What a thread looks for; its ``text`` is all that was said of it. Raises UnknownRecordError."""
        thread = self._thread(thread_id)
        if thread.state.need is None:
            raise UnknownRecordError(reason="no-need", id=thread_id)
        return replace(thread.state.need, text=thread.need_text)

    def matter_of(self, thread_id: str) -> str:
        """What a person who helps should read of a thread: what was said aside, or else what is looked for;
        "" where there is neither, or no such thread any more."""
        thread = self.correspondence.thread(thread_id)
        return (thread.state.aside or thread.need_text) if thread else ""

    def match(self, thread_id: str, partner_id: str) -> Match:
        """A partner that was shown in a thread, with all that can be told of it; a masked one by its code.

        Raises UnknownRecordError, NoSnapshotError, SnapshotError; UnknownOrganisationError for one that was
        not shown for the present need, or may be shown no longer.
        """
        thread, need = self._thread(thread_id), self.need_of(thread_id)
        shown = thread.state.shown
        told = {code_of(id, self._mask_key): id for id in shown}
        id = told.get(partner_id, partner_id)
        found = (
            self._finder.find(
                need, thread.asker, limit=len(shown) + _PARTNERS_COME_SINCE, without=thread.state.unfit
            )
            if id in shown
            else None
        )
        matches = found.matches.items if found else ()
        match = next((match for match in matches if match.organisation_id == id), None)
        if match is None:
            raise UnknownOrganisationError(id=partner_id)
        return match

    def details(self, thread_id: str, partner_id: str, by: Member) -> Details:
        """A closer look at a partner that was shown in a thread. Raises what `match` does."""
        match, thread = self.match(thread_id, partner_id), self._thread(thread_id)
        side = (
            self.desk.other_side(match.organisation_id, by) if may(by.role, Action.SEE_OTHER_SIDE) else None
        )
        if match.hit.organisation.is_masked:
            return Details(match, side)
        asking = thread.asker.organisation_id
        with self._open_registry() as registry:
            partner = registry.profile(match.organisation_id)
            asker = registry.profile(asking) if asking else None
        return Details(
            match,
            side,
            further_reasons(partner, self.need_of(thread_id), match.reasons),
            wants(partner, asker) if asker else (),
            distance_km(thread.asker.prefecture, match.hit.organisation.prefecture),
        )

    def _thread(self, id: str) -> Thread:
        thread = self.correspondence.thread(id)
        if thread is None:
            raise UnknownRecordError(reason="no-thread", id=id)
        return thread

    def _next_turn(
        self,
        start: Thread,
        take: Callable[[Conversation], tuple[Conversation, Step]],
        *,
        by: Member,
        key: str,
        said: str = "",
        is_restated: bool = False,
    ) -> Reply:
        """The reply that ``take`` makes of the thread as it stands, or of ``start`` where it is new."""
        while True:
            thread = self.correspondence.thread(start.id) or start
            is_repeated = thread.n_turns > 0 and thread.last_key == key
            before = thread.before if is_repeated else thread.state
            reply = self._reply(*take(before), start.asker)
            if is_repeated:
                break
            text = need_text(before, reply.conversation, thread.need_text, said, is_restated=is_restated)
            if self._kept(thread, before, reply, start.asker, by=by, key=key, text=text):
                break
        if reply.answer:
            self.put_on_record(reply.answer, asker=start.asker, key=part_of(key, "shown"), by=by)
        return replace(reply, number=thread.n_turns if is_repeated else thread.n_turns + 1)

    def _kept(
        self,
        thread: Thread,
        before: Conversation,
        reply: Reply,
        asker: Asker,
        *,
        by: Member,
        key: str,
        text: str,
    ) -> bool:
        """Keeps a thread after a reply; False where somebody else has taken one meanwhile."""
        after = Thread(
            id=thread.id,
            who=" ".join(dict.fromkeys((*thread.who.split(), by.id))),
            before=before,
            state=reply.conversation,
            last_key=key,
            need_text=text,
            n_turns=thread.n_turns + 1,
            asker=asker,
        )
        return self.correspondence.put_thread(after, self._clock.now())

    def _asker_for(self, by: Member, organisation_id: str) -> Asker:
        """On whose behalf a member asks. Masked organisations are found by who takes part in the network;
        a guest is taken for one of the clusters of the organisation they claim, and for nobody more."""
        organisation_id = organisation_id or next(iter(by.organisations), "")
        if organisation_id:
            return replace(self.asker(organisation_id), sees_masked=not by.is_guest)
        if by.role in (Role.COORDINATOR, Role.STAFF):
            return Asker(clusters=by.clusters)
        claimed = self.asker(by.claims) if by.claims else Asker()
        return replace(claimed, organisation_id="", sees_masked=False)
