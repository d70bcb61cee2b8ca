### What the desk refuses with. reason-<code> becomes part of a sentence of errors.ftl.

error-already-handled = { $member ->
    [other-side] The other side
   *[other] { $member }
} has already handled { $id } ({ $event ->
    [IntroductionApproved] approved
    [IntroductionReturned] returned
    [IntroductionDeclined] declined
    [IntroductionStopped] stopped
    [ConsentGiven] said yes
    [ConsentRefused] said no
    [QuestionAnswered] answered
    [DeliveryOrdered] ordered to be delivered in Slack
    [IntroductionMade] introduced
    [IntroductionWithdrawn] withdrawn
    [IntroductionExpired] expired
    [IntroductionCancelled] cancelled
    [HelpTaken] taken care of
    [HelpClosed] settled
    [ClaimConfirmed] confirmed
    [ClaimRejected] not confirmed
    [ProfileChangePublished] published
    [ProfileChangePassed] passed on
    [ProfileChangeReturned] returned
    [OrganisationClaimed] another organisation was chosen
    [MemberRegistered] registered
    [MemberLeft] has left
   *[other] corrected
}).{ $event ->
    [HelpTaken] {""}
    [HelpClosed] {""}
    [ClaimConfirmed] {""}
    [ClaimRejected] {""}
    [ProfileChangePublished] {""}
    [ProfileChangePassed] {""}
    [ProfileChangeReturned] {""}
    [OrganisationClaimed] {""}
    [MemberRegistered] {""}
    [MemberLeft] {""}
   *[other] {" "}See where it stands with `matchbot case show { $id }`.
}
error-slack-id-taken = The Slack user { $id } is the member { $member } already. Correct the id, or remove that member first.
error-sample = { $id } is a sample organisation, which a real ledger does not take. Choose a real one.
error-unknown-record = { $reason }: { $id }. Check the id.

reason-no-case = there is no such case
reason-no-need = there is no such need
reason-no-thread = that conversation is no longer kept
reason-no-outcome = there is no such outcome
reason-no-visit = there is no such visit
reason-document-erased = the document was erased
reason-no-survey = this survey was not sent to them
reason-no-member = there is no such member
reason-no-claim = they have not chosen an organisation

reason-not-registered = not registered as a member, or left
reason-not-your-case = only for cases one has part in
reason-not-your-absence = an absence is announced by oneself or the staff
reason-not-your-answer = an answer is recorded by oneself or the staff
reason-not-a-guest = who speaks for an organisation already chooses no other
reason-not-yourself = only for oneself, the coordinator or the staff
reason-not-its-coordinator = not a coordinator of the organisation's home cluster
reason-not-a-coordinator = whoever takes over must be a coordinator
reason-not-in-its-clusters = only somebody who answers for a cluster of this case can take it over
reason-switched-off = this stage is switched off (MATCHBOT_RULES_NDA_STAGE)
reason-slack-id-taken = another member has that id in Slack
reason-unknown-organisation = there is no such organisation
reason-sample = it is a sample organisation
