"""People's rights: what is kept about somebody, what was given to whom on which consent, and forgetting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from matchbot.desk.views import named
from matchbot.desk.work import Receipt, Room, Work
from matchbot.errors import NotAllowedError
from matchbot.following import Followed
from matchbot.introductions.events import ConsentGiven
from matchbot.introductions.words import Means, State
from matchbot.members import MATCHBOT, Member, MemberLeft, MemberRegistered
from matchbot.participation import ProfileViewed
from matchbot.policy import Action, Role

RELEASED: Mapping[str, tuple[str, ...]] = {
    "request-1": ("organisation", "contact-name", "mail", "phone", "address"),
    "request-2": ("organisation", "contact-name", "mail", "phone", "address"),
    "consent-1": ("organisation", "contact-name", "mail", "phone", "address"),
}
"""What the parties learn of one that agreed to a wording: codes with a text ``item-<code>`` each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Who agreed to which wording, when and by which means. ``attested_by``: who recorded it for them."""

    member_id: str
    wording: str
    given_on: date
    means: Means
    attested_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One provision to a third party: to whom, about whom, which items, on which consent.

    ``to_name`` and ``about_name``: what the two organisations are called.
    """

    case_id: str
    on: date
    to: str
    to_name: str
    about: str
    about_name: str
    items: tuple[str, ...]
    consent: Consent
    delivered_by: Means


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptText:
    """A text kept about somebody."""

    kind: str
    recorded_at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyReport:
    """Everything kept about a person: texts, and what was given to whom."""

    member_id: str
    role: Role
    organisations: tuple[str, ...]
    texts: tuple[KeptText, ...]
    disclosures: tuple[Disclosure, ...]
    n_accesses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Accesses:
    """Who looked at an unmasked profile: how often, and by name only those with whom all consented.

    ``names``: of those members and organisations, by id.
    """

    organisation_id: str
    n_accesses: int
    n_viewers: int
    known: tuple[tuple[date, str, str], ...]
    """Day, member and organisation."""
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was erased of a person."""

    member_id: str
    n_texts: int
    n_contacts: int


class Privacy(Room):
    """What a person may ask about themselves, and the log of who looked at what."""

    def privacy_report(self, member_id: str, by: Member) -> PrivacyReport:
        """Everything kept about a person. Raises UnknownRecordError, NotAllowedError."""
        with self._look(Action.PRIVACY_REPORT, by) as work:
            member = work.member(member_id)
            _require_person(work, Action.PRIVACY_REPORT, member)
            texts = work.unit.private.about(member_id)
            return PrivacyReport(
                member_id=member.id,
                role=member.role,
                organisations=member.organisations,
                texts=tuple(
                    KeptText(kind=each.kind, recorded_at=each.recorded_at, text=each.text) for each in texts
                ),
                disclosures=tuple(_disclosures(work, member)),
                n_accesses=sum(len(work.models.accesses(id)) for id in member.organisations),
            )

    def erase(self, member_id: str, *, by: Member, key: str) -> Forgotten:
        """Forgets a person: every text about them, and every text that holds their name or mail address,
        a present or a former one, also what passed in chats.

        A name of a single character is not looked for in the texts of others, of which it would take too
        many. Events and counts stay, and no restore brings a text back.

        Raises UnknownRecordError, NotAllowedError, LedgerBusyError.
        """
        with self._work(Action.ERASE, by, key) as work:
            member = work.member(member_id)
            kept = work.unit.private.about(member_id)
            words = [each.text for each in kept if each.kind in ("name", "mail") and len(each.text) > 1]
            texts = [found.ref.id for word in words for found in work.unit.private.holding(word)]
            if not member.has_left:
                work.record(f"member:{member_id}", [MemberLeft(member_id=member_id)])
        n_contacts = self._office.directory.forget(words)
        for who in dict.fromkeys(filter(None, (member_id, member.slack_id))):
            self._office.correspondence.forget(who, words)
        erasure = self._office.ledger.erase(
            about=[member_id], texts=texts, by=by.id, erased_at=self._office.clock.now()
        )
        return Forgotten(member_id=member_id, n_texts=len(erasure.texts), n_contacts=n_contacts)

    def forget_again(self) -> int:
        """Whoever was erased has left again, in a ledger of which an older state was brought back; gives how
        many that were. Who was registered anew since stays.

        Their texts are gone already: every ledger carries out what is listed when it is opened.
        """
        with self._look(Action.ERASE, MATCHBOT) as work:
            erasures = self._office.ledger.erasures()
            erased = {id: erasure.erased_at for erasure in erasures for id in erasure.about}
            back = [id for id, erased_at in erased.items() if _is_back(work, id, erased_at)]
        for id in back:
            with self._work(Action.ERASE, MATCHBOT, f"erased:{id}:{erased[id].isoformat()}") as work:
                work.record(f"member:{id}", [MemberLeft(member_id=id)])
        return len(back)

    def view_profile(self, organisation_id: str, *, by: Member, key: str, case_id: str = "") -> Receipt:
        """Puts on record that somebody looked at an unmasked profile of another organisation."""
        with self._work(Action.SEE_CASE, by, key) as work:
            if case_id:
                work.require_case(Action.SEE_CASE, work.case(case_id))
            if not (work.speaks_for(organisation_id) or work.earlier()):
                viewed = ProfileViewed(
                    organisation_id=organisation_id,
                    viewer_id=work.by.id,
                    viewer_organisation=next(iter(work.by.organisations), ""),
                    case_id=case_id,
                )
                work.record(f"organisation:{organisation_id}", [viewed])
            return Receipt(id=organisation_id)

    def accesses(self, organisation_id: str, by: Member) -> Accesses:
        """Who looked at an organisation: to its owner as counts, until all of a case have consented."""
        with self._look(Action.SEE_ACCESSES, by) as work:
            work.require_organisation(Action.SEE_ACCESSES, organisation_id)
            seen = work.models.accesses(organisation_id)
            partners = _met(work, organisation_id)
            known = tuple(access for access in seen if access[2] in partners)
            return Accesses(
                organisation_id=organisation_id,
                n_accesses=len(seen),
                n_viewers=len({viewer for _, viewer, _ in seen}),
                known=known,
                names={
                    **{id: met.name for _, _, id in known if (met := work.still_listed(id))},
                    **named(work, members=dict.fromkeys(viewer for _, viewer, _ in known)),
                },
            )


def _require_person(work: Work, action: Action, member: Member) -> None:
    """A person for themselves, their coordinator, or the programme's office."""
    if work.by.id == member.id or work.by.role in (Role.STAFF, Role.ADMINISTRATOR):
        return
    homes = {id: work.home_of(id) for id in member.organisations}
    is_theirs = any(work.answers_for_organisation(id, home) for id, home in homes.items())
    if work.by.role is not Role.COORDINATOR or not is_theirs:
        raise NotAllowedError(role=work.by.role, action=action, reason="not-yourself")


def _is_back(work: Work, member_id: str, erased_at: datetime) -> bool:
    """Whether somebody who was erased may act, though nobody registered them since."""
    member = work.models.member(member_id)
    if member is None or member.has_left:
        return False
    recorded = work.unit.events.read(f"member:{member_id}")
    return all(one.recorded_at <= erased_at for one in recorded if one.type == MemberRegistered.__name__)


def _met(work: Work, organisation_id: str) -> set[str]:
    """The organisations that this one has learnt to know: every party of such a case had consented."""
    ids = work.models.case_ids(organisations=[organisation_id], with_closed=True)
    released = (case for id in ids if (case := work.case(id)).is_released)
    return {id for case in released for id in case.organisation_ids} - {organisation_id}


def _disclosures(work: Work, member: Member) -> Iterator[Disclosure]:
    """What others learnt of the organisations a person speaks for, and of those whose consent was theirs."""
    ids = work.models.case_ids(organisations=member.organisations, with_closed=True)
    for followed in map(work.followed, ids):
        if followed.case.state is State.INTRODUCED and followed.introduced_on is not None:
            yield from _disclosed_in(work, followed, followed.introduced_on, member)


def _disclosed_in(work: Work, followed: Followed, on: date, member: Member) -> Iterator[Disclosure]:
    case = followed.case
    names = {party.organisation_id: work.listed_as(party).name for party in case.parties}
    for given in case.consents:
        if given.organisation_id not in member.organisations:
            continue
        for other in case.organisation_ids:
            if other != given.organisation_id:
                yield Disclosure(
                    case_id=case.id,
                    on=on,
                    to=other,
                    to_name=names[other],
                    about=given.organisation_id,
                    about_name=names[given.organisation_id],
                    items=RELEASED.get(given.wording, ()),
                    consent=_consent(given, followed.answered_on[given.organisation_id]),
                    delivered_by=followed.delivered_by or Means.SLACK,
                )


def _consent(given: ConsentGiven, on: date) -> Consent:
    return Consent(
        member_id=given.member_id,
        wording=given.wording,
        given_on=on,
        means=given.means,
        attested_by=given.attested_by,
    )
