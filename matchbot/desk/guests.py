"""Who writes in Slack: members by their user id, and guests until somebody knows whom they belong to."""

from collections.abc import Mapping
from typing import Literal

from matchbot.desk.messages import MessageKind
from matchbot.desk.work import Receipt, Room, Work, already_handled
from matchbot.errors import UnknownOrganisationError, UnknownRecordError
from matchbot.members import (
    MATCHBOT,
    ClaimConfirmed,
    ClaimRejected,
    LanguageChosen,
    Member,
    MemberLeft,
    MemberRegistered,
    OrganisationClaimed,
    SlackLinked,
)
from matchbot.policy import Action, Role
from matchbot.texts import LANGUAGES, Language


class Guests(Room):
    """Members as Slack knows them, and how a guest becomes one who speaks for an organisation."""

    def member_in_slack(self, slack_id: str) -> Member | None:
        """The member with this user id in Slack; None where nobody who has not left has it."""
        with self._office.ledger.read() as unit, self._office.models.read(unit.events) as models:
            return models.member_in_slack(slack_id)

    def welcome(
        self, slack_id: str, *, key: str, name: str = "", mail: str = "", link_mail: bool = False
    ) -> Member:
        """The member who writes in Slack; whoever was nobody's member before is a guest from now on.

        ``link_mail``: the one registered member with this mail address who is not in Slack yet is them.
        Only for people of the app's own workspace: elsewhere anybody may claim any address.
        """
        with self._work(Action.MANAGE_MEMBERS, MATCHBOT, f"welcome:{key}") as work:
            known = work.models.member_in_slack(slack_id)
            if known is not None:
                return known
            registered = _registered_under(work, mail) if link_mail else None
            member_id = registered.id if registered else slack_id
            if not work.earlier():
                arrived = (
                    SlackLinked(member_id=member_id, slack_id=slack_id)
                    if registered
                    else MemberRegistered(
                        member_id=slack_id,
                        role=Role.FIRM,
                        slack_id=slack_id,
                        name=work.keep_of_member(name, "name", slack_id),
                        mail=work.keep_of_member(mail, "mail", slack_id),
                    )
                )
                work.record(f"member:{member_id}", [arrived])
            return work.member(member_id)

    def choose_language(self, language: str, *, by: Member, key: str) -> Receipt:
        """Who acts is written to in this language from now on; "": in that of their Slack."""
        with self._work(Action.CHOOSE_LANGUAGE, by, key) as work:
            chosen = LanguageChosen(member_id=work.by.id, language=_as_language(language))
            if chosen.language != work.by.language:
                work.record(f"member:{work.by.id}", [chosen])
            return Receipt(id=work.by.id)

    # To whom a guest belongs

    def claim_organisation(self, organisation_id: str, *, by: Member, key: str) -> Receipt:
        """A guest says to whom they belong; who decides for the organisation's home cluster is told.

        A masked organisation is unknown to guests. Raises UnknownOrganisationError, SampleError,
        NotAllowedError for who speaks for an organisation already.
        """
        with self._work(Action.CLAIM_ORGANISATION, by, key) as work:
            if again := work.repeated():
                return again
            work.require(Action.CLAIM_ORGANISATION, work.by.is_guest, "not-a-guest")
            party = work.party(organisation_id)
            if party.is_masked:
                raise UnknownOrganisationError(id=organisation_id)
            if work.by.claims != organisation_id:
                said = OrganisationClaimed(member_id=work.by.id, organisation_id=organisation_id)
                work.record(f"member:{work.by.id}", [said])
                work.tell(
                    work.deciding_for_organisation(organisation_id, party.home_cluster),
                    MessageKind.CLAIMED,
                    member_id=work.by.id,
                    organisation_id=organisation_id,
                )
            return Receipt(id=work.by.id)

    def confirm_claim(self, member_id: str, *, by: Member, key: str, organisation_id: str = "") -> Receipt:
        """A coordinator of the organisation's home cluster, or the staff, knows the guest: they speak for it.

        ``organisation_id``: the claim that was looked at, where it may have been replaced meanwhile.
        Raises AlreadyHandledError, UnknownRecordError, NotAllowedError.
        """
        with self._work(Action.CONFIRM_CLAIM, by, key) as work:
            return _decided(work, Action.CONFIRM_CLAIM, member_id, organisation_id, ClaimConfirmed)

    def reject_claim(self, member_id: str, *, by: Member, key: str, organisation_id: str = "") -> Receipt:
        """The guest does not belong to the organisation. Raises what `confirm_claim` does."""
        with self._work(Action.REJECT_CLAIM, by, key) as work:
            return _decided(work, Action.REJECT_CLAIM, member_id, organisation_id, ClaimRejected)


_TOLD: Mapping[type, MessageKind] = {
    ClaimConfirmed: MessageKind.CLAIM_CONFIRMED,
    ClaimRejected: MessageKind.CLAIM_REJECTED,
}
_SETTLING = (MemberRegistered, MemberLeft, OrganisationClaimed, ClaimConfirmed, ClaimRejected)
"""What a claim ends with, a later claim included."""


def _decided(
    work: Work,
    action: Action,
    member_id: str,
    organisation_id: str,
    decision: type[ClaimConfirmed | ClaimRejected],
) -> Receipt:
    guest, stream = work.member(member_id), work.unit.events.read(f"member:{member_id}")
    claims = [r.event.organisation_id for r in stream if isinstance(r.event, OrganisationClaimed)]
    if not claims:
        raise UnknownRecordError(reason="no-claim", id=member_id)
    claimed = organisation_id or claims[-1]
    work.require_organisation(action, claimed)
    if again := work.repeated():
        return again
    if claimed != guest.claims:
        last = next(r for r in reversed(stream) if isinstance(r.event, _SETTLING))
        raise already_handled(work, member_id, last)
    decided = decision(member_id=member_id, organisation_id=claimed, decided_by=work.by.id)
    work.record(f"member:{member_id}", [decided])
    work.tell([member_id], _TOLD[decision], organisation_id=claimed)
    return Receipt(id=member_id)


def _registered_under(work: Work, mail: str) -> Member | None:
    """The only member with a mail address who is not in Slack yet; None where there is none, or several."""
    found = [
        member
        for member in work.models.members_outside_slack()
        if mail and work.text(member.mail).casefold() == mail.casefold()
    ]
    return found[0] if len(found) == 1 else None


def _as_language(language: str) -> Language | Literal[""]:
    for known in LANGUAGES:
        if language == known:
            return known
    if language:
        raise ValueError(f"no such language: {language}")
    return ""
