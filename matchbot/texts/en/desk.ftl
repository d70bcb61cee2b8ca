### The desk on the command line: needs, cases, outcomes, members, the ledger. Help, tables and answers.

## Shared by several commands

cli--as = Member who acts.
cli--key = What is done, as a name of your own: under the same name it is done only once.

## matchbot needs

cli-needs = Keep what firms look for.
cli-needs--for = Organisation (id or name); default: the one for which the member speaks.
cli-needs-NEED = Id of the need.
cli-needs-list = List the needs of an organisation.
cli-needs-enter = Keep a need: a firm its own, a coordinator that of a firm.
cli-needs-enter-TEXT = What is looked for.
cli-needs-enter--purpose = What the partnership is for.
cli-needs-enter--alerts = Tell when a new partner appears.
cli-needs-close = Close a need: nobody looks for this any more.
cli-needs-rate = Say whether a partner fits a need.
cli-needs-rate-ORG = The partner (id, name, or the code of a masked one).
cli-needs-rate--fits = Whether it fits.

## matchbot case

cli-case =
    Take introductions from the request to what came of them.

    request or propose → approve → ask → consent → introduce → progress. Each step says where the case stands.
cli-case-CASE = Id of the case.
cli-case-ORGS = Organisations (ids or names).
cli-case--for = Organisation that speaks (id or name); default: the one for which the member speaks.
cli-case--need = Id of the need it is about.
cli-case--purpose = What the partnership is for (default: that of the need).
cli-case--brief = What the others will read.
cli-case--cluster = Cluster for which you act, where you answer for several.
cli-case--reason = Why; only coordinators read it.
cli-case--means = How it was said, for somebody outside Slack: the answer is recorded as attested by you.
cli-case--said-by = Who of the organisation said so.
cli-case--on = Day on which it was (default: today).
cli-case-outside--on = Day of the introduction.
cli-case--note = A note.
cli-case--document = What document there is (evidence A).
cli-case--form = How they met.
cli-case-list = List the open cases that concern you.
cli-case-list--all = Closed ones, too.
cli-case-quota = Show how many requests are left.
cli-case-show = Show a case: where it stands, whose turn it is, what an approver should know.
cli-case-log = Show everything that happened to a case.
cli-case-request =
    Ask for an introduction.

    A firm asks itself, and that is its consent. With --means, a coordinator enters what a firm asked for outside Slack.
cli-case-request-ORGS = Partners (ids, names, or codes of masked ones).
cli-case-request--anonymous = Be named only once all have agreed; until then by a code, kind, cluster and rough size.
cli-case-propose = Propose an introduction unasked, as a coordinator; every party has to consent.
cli-case-outside = Log an introduction made in person or by telephone.
cli-case-outside--purpose = What the partnership is for.
cli-case-approve = Approve a request.
cli-case-return = Send a request back to be improved.
cli-case-resubmit = Submit a returned request again.
cli-case-decline = Decline a request.
cli-case-stop = Stop a case that you were told of, until your party has answered.
cli-case-cancel = Call a case off.
cli-case-withdraw = Take a request back.
cli-case-letter = Write the mail to a party: before its consent a question, then who is who.
cli-case-letter--language = Language of the mail (default: MATCHBOT_LANGUAGE).
cli-case-ask = Record that you have put the case to a party outside Slack.
cli-case-consent = Say yes for a party, or record its yes.
cli-case-refuse = Say no for a party, or record its no.
cli-case-defer = Ask for time to think until a day.
cli-case-defer--until = Day until which an answer is put off.
cli-case-introduce =
    Make the introduction: contacts are released and delivered.

    Not before every party has consented. This is what counts as an introduction.
cli-case-introduce--means = How: slack is delivered by matchbot, and counts once it got there.
cli-case-introduce--letter = File with the text to send, or as it was sent (“-”: standard input).
cli-case-nda = Record that a party wants a non-disclosure agreement, or that it was signed.
cli-case-nda--signed-on = Day on which it was signed.
cli-case-nda--reason = Why a day of signing that is on record is corrected.
cli-case-attach =
    Attach a document: its text, or where it lies.

    The other side can read it once all have consented and, where an NDA was asked for, from the day it is signed.
cli-case-attach-REFERENCE = Where the document lies (an address, a shelf mark …).
cli-case-attach--file = The document itself (UTF-8 text; “-”: standard input).
cli-case-open = Read an attached document; every look at the other side's is logged, also one refused.
cli-case-open-DOCUMENT = Id of the document (see case show).
cli-case-progress = Record how far the parties have come.
cli-case-progress-PROGRESS = no_contact, meeting (with --on), continuing or given_up.
cli-case-progress--on = Day of the meeting.
cli-case-follow-up = Answer how it went.
cli-case-follow-up--days = Which follow-up: days after the introduction.
cli-case-follow-up--progress = How far the parties have come.
cli-case-follow-up--met-on = Day of a meeting.
cli-case-reverse = Correct what was recorded by mistake: the introduction, or a meeting.
cli-case-reverse--meeting = Only the meeting of this day.

## matchbot queue, load, handover

cli-queue = Show what waits for you.
cli-queue--all = What waits for anybody of your clusters.
cli-load = Show how much waits for each coordinator, and their visits this fiscal year.
cli-handover =
    Hand everything of a coordinator over to another.

    All cases, organisations and clusters; what happened so far stays as it is.
cli-handover-FROM = Coordinator who leaves.
cli-handover-TO = Coordinator who takes over.

## matchbot outcomes, business

cli-outcomes = Keep what came of it: each outcome counts once, however many claim it.
cli-outcomes-OUTCOME = Id of the outcome.
cli-outcomes--for = Party that says so (id or name); default for a firm: its own.
cli-outcomes--case = Case that it came of.
cli-outcomes--on = Day of signature, start, registration or listing.
cli-outcomes--certainty = Whether it is expected or confirmed.
cli-outcomes--attribution = How much the network had to do with it.
cli-outcomes--anyway = Whether they would have met anyway.
cli-outcomes--document = What document there is (evidence A).
cli-outcomes--note = A note.
cli-outcomes-list = List outcomes.
cli-outcomes-list--for = Of this organisation only.
cli-outcomes-list--case = Of this case only.
cli-outcomes-add = Record an outcome; one that is known is claimed once more.
cli-outcomes-add-KIND = deal, joint_research, funding, new_business, founding, second_founding, university_venture or listing.
cli-outcomes-add-ORGS = Organisations it is of (ids or names).
cli-outcomes-add--subject = Id of the new business or company, where there is one.
cli-outcomes-claim = Claim an outcome that is known.
cli-outcomes-confirm = Confirm that what was expected has happened.
cli-outcomes-correct = Correct its day or certainty; what was said before stays in the log.
cli-outcomes-correct--on = The right day.
cli-outcomes-correct--certainty = The right certainty: expected or confirmed.
cli-outcomes-correct--reason = Why.
cli-outcomes-reverse = Correct: it did not happen, or was recorded twice.
cli-outcomes-reverse--reason = Why.
cli-outcomes-reverse--same-as = The outcome that counts instead.
cli-outcomes-import =
    Take in the yearly survey of members from a file.

    Taken in again, nothing counts twice. Rows that cannot be used are reported.
cli-outcomes-import-FILE = CSV, XLSX or JSON with columns kind, date and organisations (for new businesses also business, an id).
cli-outcomes-import--wave = Name of the survey, for example 2026.
cli-business = Keep new businesses of members.
cli-business-add = Record a new business, be it without any introduction.
cli-business-add-ID = Id of the business: it counts once.
cli-business-add-ORGS = Organisations it is of (ids or names).
cli-business-add--on = Day of the start.
cli-business-add--certainty = Whether it is expected or confirmed.
cli-business-add--novelty = What is new about it.
cli-business-add--start = By what it counts as started.
cli-business-add--case = Case that it came of.
cli-business-add--attribution = How much the network had to do with it.
cli-business-add--anyway = Whether it would have come about anyway.
cli-business-add--document = What document there is (evidence A).
cli-business-add--note = A note.

cli-awards = Awards of other schemes, for the share that members hold.
cli-awards-import =
    Take in a list of awards from a file.

    With those of members and of all others. Taken in again, nothing counts twice. Rows that cannot be used are reported.
cli-awards-import-FILE = CSV, XLSX or JSON with the columns winners (corporate numbers or ids), scheme, award and on.

## matchbot visit, survey

cli-visit = Keep the visits of coordinators.
cli-visit--need = Id of a need it led to.
cli-visit--case = Id of a case it led to.
cli-visit-log = Log a visit, call or talk.
cli-visit-log-ORGS = Organisations (ids or names).
cli-visit-log--on = Day.
cli-visit-log--means = How.
cli-visit-log--note = A note.
cli-visit-link = Add what a visit led to.
cli-visit-link-VISIT = Id of the visit.
cli-visit-tie = Put on record that two organisations knew each other before, outside the network.
cli-visit-tie-ORG = An organisation (id or name).
cli-visit-tie-OTHER = The other one (id or name).
cli-visit-tie--since = Since when, where known.
cli-survey = Ask how satisfied members are.
cli-survey-WAVE = Name of the survey, for example 2026-spring.
cli-survey-send = Ask members, also those whose requests led nowhere.
cli-survey-send-MEMBERS = Ids of members (default: all people of firms, and all coordinators).
cli-survey-answer = Answer a survey, or record an answer on paper.
cli-survey-answer--satisfaction = 1 (not at all) to 5 (very).
cli-survey-answer--recommendation = Would you recommend it? 0 (never) to 10 (certainly).
cli-survey-answer--comment = A comment.
cli-survey-answer--for = Member whose answer on paper it is.

## matchbot members

cli-members = Keep who acts for whom, and what organisations wish for themselves.
cli-members-MEMBER = Id of the member.
cli-members-ORG = Organisation (id or name).
cli-members--for = Organisation (id or name); default: the one for which the member speaks.
cli-members-list = List the members.
cli-members-add = Register a member, or change how they act.
cli-members-add-ROLE = firm, coordinator, staff, evaluator or administrator.
cli-members-add--for = Organisation they speak for (repeatable).
cli-members-add--cluster = Cluster they answer for (repeatable).
cli-members-add--employer = Organisation that employs them.
cli-members-add--deputy = Member who stands in for them.
cli-members-add--slack = Their user id in Slack, where they can be asked there.
cli-members-add--name = Their name (can be erased).
cli-members-add--mail = Their mail address (can be erased).
cli-members-import =
    Register the members of a file.

    Columns: id, role, organisations, clusters, employer, deputy, slack (a user id, or yes where the id is that already), name, mail, absent_from and absent_through (first and last day of an absence), delegate (who decides meanwhile; else the deputy). Rows that cannot be used are reported.
cli-members-import-FILE = CSV, XLSX or JSON.
cli-members-confirm = Confirm that a guest from Slack belongs to the organisation they chose.
cli-members-reject = Say that a guest from Slack does not belong to the organisation they chose.
cli-members-remove = Let a member act no more.
cli-members-assign = Give an organisation into the care of a coordinator.
cli-members-close-to = Declare that a member is close to an organisation: approvals then need a reason.
cli-members-close-to-CLOSENESS = employed, main-bank, same-group or other-closeness.
cli-members-group = Put an organisation into a group of companies (without GROUP: into none).
cli-members-group-GROUP = The id of the group.
cli-members-absent = Announce an absence; the delegate or deputy decides meanwhile.
cli-members-absent--from = First day.
cli-members-absent--through = Last day.
cli-members-absent--delegate = Who decides meanwhile (default: the deputy).
cli-members-pause = Pause introductions of an organisation, at once.
cli-members-pause--until = Last day of the pause (default: until it resumes).
cli-members-resume = Take part again, after a pause or an opt-out.
cli-members-renew = Confirm that an organisation's profile still holds.
cli-members-opt-out = Take part no more, at once; resume undoes it.
cli-members-never-introduce = Keep somebody off who is not told; without OTHER, list whom.
cli-members-never-introduce-OTHER = Organisation (id or name), member or group.
cli-members-never-introduce--kind = What OTHER is.
cli-members-never-introduce--lift = Lift it again.
cli-members-silent = List the organisations that have left too many introductions unanswered.
cli-members-accesses = Show how often the unmasked profile was looked at.

## matchbot ledger

cli-ledger = Keep the log of everything that happened, and prove that it is whole.
cli-ledger-FOLDER = Folder of the backup.
cli-ledger-create =
    Make the ledger.

    It is for good either real or a sample. A real one takes no sample organisations.
cli-ledger-create--sample = A sample ledger: everything in it is marked as sample.
cli-ledger-verify = Check every record and text; names the first that is not as it was recorded.
cli-ledger-verify--head = A head kept elsewhere (export-head): shows whether the end was cut off.
cli-ledger-export-head = Print the head, to be kept elsewhere.
cli-ledger-rebuild = Make every read model again from the events, and compare.
cli-ledger-backup = Copy the ledger, at work, into a new folder, and verify the copy.
cli-ledger-restore =
    Make the ledger what it was at a backup.

    What was erased since stays erased.
cli-ledger-restore--lose-newer = Go on although the ledger has newer records, which are lost.
cli-ledger-restore--yes = Do not ask back.

## matchbot privacy

cli-privacy = What is kept about a person, and forgetting it.
cli-privacy-report = Show what is kept about a person, and what was given to whom on which consent.
cli-privacy-report--person = Id of the member.
cli-privacy-erase =
    Forget a person: names, mail addresses and texts are erased.

    Counts and the log stay. It cannot be undone, and no restore brings anything back.
cli-privacy-erase-MEMBER = Id of the member.
cli-privacy-erase--yes = Do not ask back.

## matchbot jobs, simulate

cli-jobs = Do what falls due.
cli-jobs-run = Reminders, expiry, escalation, follow-ups, alerts and digests; run twice, nothing is done twice.
cli-jobs-run--at = As of this time in Japan (default: now).
cli-simulate = Live through years of an invented network, in an empty sample ledger.
cli-simulate--years = How many years.
cli-simulate--seed = Seed of the random numbers.
cli-simulate--scale = Size; 1.0 is the real size.

## Answers

ledger-is-sample = [sample] This is a sample ledger: everything in it is invented.
say-for-whom = Say for which organisation, with --for: { $member } does not speak for exactly one.
absence-ends-before-it-begins = --through must not be before --from.
receipt-repeated = { $id }: done before under this key; nothing was done now.
case-stands = { $id }: { $state }
case-stands-until = { $id }: { $state } (expires on { $expires })
cases-none = There are no cases.
needs-none = There are no needs.
queue-empty = Nothing waits.
outcomes-none = There are no outcomes.
members-none = There are no members.
silent-none = Nobody has been silent too often.
barred-none = Nobody is kept off.
case-fit = Why { $name }: { $why }
case-letter = Letter: { $letter }
contact = Contact of { $id }: { $told }
turn = { $act } ({ $who })
asked-this-quarter = { $id } { $n }×
tie = { $id } ({ $closeness })
staff = programme's office
no-brief = (nothing was written)
did-request = { $id }: the introduction is asked for.
did-propose = { $id }: the introduction is proposed.
did-outside = { $id }: the introduction is logged.
did-approve = { $id }: approved.
did-return = { $id }: sent back.
did-resubmit = { $id }: submitted again.
did-decline = { $id }: declined.
did-stop = { $id }: stopped.
did-cancel = { $id }: called off.
did-withdraw = { $id }: taken back.
did-ask = { $id }: the party is asked.
did-consent = { $id }: the yes is recorded.
did-refuse = { $id }: the no is recorded.
did-defer = { $id }: the answer is put off.
did-introduce = { $id }: introduced.
did-nda = { $id }: the non-disclosure agreement is recorded.
did-attach = { $id }: the document is attached.
document-or-reference = Give either where the document lies or --file.
did-progress = { $id }: the progress is recorded.
did-follow-up = { $id }: the answer is recorded.
did-reverse = { $id }: corrected.
did-need = { $id }: the need is kept.
did-need-close = { $id }: the need is closed.
did-rate = { $id }: the rating is kept.
did-outcome = { $id }: the outcome is recorded.
did-outcome-claim = { $id }: the claim is recorded.
did-outcome-confirm = { $id }: the outcome is confirmed.
did-outcome-correct = { $id }: corrected.
did-outcome-reverse = { $id }: the outcome does not count any more.
did-business = { $id }: the new business is recorded.
did-visit = { $id }: the visit is logged.
did-visit-link = { $id }: linked.
did-tie = { $id }: on record as acquainted before.
did-survey-send = { $wave }: { $n } members are asked (asked before: { $before }).
did-survey-answer = { $id }: the answer is recorded.
did-member = { $id } is registered.
did-member-remove = { $id } may not act any more.
did-claim-confirm = { $id } speaks for the organisation from now on.
did-claim-reject = { $id } stays a guest, and is told so.
did-assign = { $id }: the coordinator is assigned.
did-close-to = { $id }: the closeness is on record.
did-group = { $id }: group recorded.
did-absent = { $id }: the absence is on record.
did-pause = { $id } is paused, as of now.
did-resume = { $id } takes part again.
did-renew = { $id }: profile confirmed.
did-opt-out = { $id } takes part no more, as of now. `matchbot members resume` undoes it.
did-never-introduce = { $id }: kept off, as of now. Nobody is told.
did-never-introduce-lift = { $id }: not kept off any more.
did-handover = Handed over: { $cases } cases, { $organisations } organisations.
did-erase = { $member } is forgotten: { $texts } texts and { $contacts } contacts were erased.
notice-repeated-pair = These parties had a case within the last months (see “earlier case” in `matchbot case show`).
notice-repeated-need = Nearly the same need was kept within the last week; that one counts.
notice-already-logged = This introduction was logged before; it counts once.
notice-unknown-deputy = The deputy is not registered yet; until they are, nobody stands in.
notice-known-outcome = This outcome is known; it counts once.
outcomes-imported = { $rows } rows: { $recorded } outcomes recorded, { $claimed } known.
awards-imported = { $rows } rows: { $recorded } awards recorded ({ $members } of members), { $known } known.
absence = { $first } to { $last }{ $delegate ->
    [none] {""}
   *[other] {" "}(in their stead { $delegate })
}
members-imported = { $rows } rows: { $added } added, { $changed } changed, { $unchanged } as before.
accesses = Looked at { $n } times, by { $viewers } people.
privacy-head = { $member } ({ $role }); the profile was looked at { $accesses } times.
consent-on-record = { $member }, { $wording }, { $on }, { $means }
confirm-erase = Everything kept about { $member } will be erased. This cannot be undone. Go on?
confirm-restore = The ledger will be made what it was at the backup { $folder }. Go on?
ledger-created = The ledger is made.
ledger-restored = The ledger is restored ({ $n } records). Run `matchbot ledger rebuild` now.
ledger-intact = { $n } records are whole, with { $texts } texts ({ $erased } erased). Head: { $head }
ledger-fault = Record { $seq } is wrong: { $reason } { $detail }
ledger-rebuilt = The read models were made again from { $n } events and are equal.
ledger-rebuilt-anew = The read models were made from { $n } events. There were none before that could be compared.
ledger-rebuilt-otherwise = The read models were made again from { $n } events; these came out otherwise: { $tables }
ledger-backed-up = Backed up and verified: { $n } records. Head: { $head }
not-a-head = “{ $head }” is no head; give what `matchbot ledger export-head` printed.
jobs-nothing = Nothing was due.
simulated = { DATETIME($first, dateStyle: "long") } to { DATETIME($last, dateStyle: "long") }: { $cases } cases, { $introductions } introductions, { $events } events.
stage-rebuild = Making the read models again
stage-rebuild-missing = There are no read models; making them from the events
stage-rebuild-other-format = The read models are of another format than this version has; making them again
stage-rebuild-other-ledger = The read models do not go with this ledger; making them again
stage-simulate = Living through the days

## Letters

letter-question =
    To { $kind ->
        [university] the industry liaison office of { $organisation }
       *[other] { $organisation }
    }

    A member of the network would like to meet you. Would you be willing to?

    Partner: { $partners }
    What it is about: { $brief }

    { $wording }

    Please answer by { DATETIME($expires_on, dateStyle: "long") }: yes, no, or until when you need time to think. No reason is needed, and it has no drawbacks to decline. If you do not answer, the request ends on that day.

    (Our reference: { $id })
letter-introduction =
    To { $organisation }

    All sides have agreed, and we are glad to introduce you to each other.

    Partner: { $partners }
    What it is about: { $brief }

    Please arrange the first meeting with each other. We will ask you in two weeks how it went; tell us any time if we can help.

    (Our reference: { $id })
wording-request-1 = By asking, you agree that the name and contact of your organisation are given to the other parties once all have agreed, for this introduction only. You can take it back until then.
wording-request-2 = By asking, you agree that for this introduction only the other parties are given the name of your organisation as you chose, and its contact once all have agreed. You can take it back until then.
wording-consent-1 = If you say yes, the name and contact of your organisation are given to the other parties once all have agreed, for this introduction only. Until then nobody learns them, and you can take it back.

## Headers and labels

column-case = case
column-state = state
column-days-waited = waited
column-expires = expires
column-turn = whose turn
column-parties = parties
column-concerning = about
column-cluster = cluster
column-answer = answer
column-seq = no.
column-recorded = recorded
column-actor = by
column-event = what happened
column-texts = text
column-need = need
column-document = document
column-readable = readable
column-purpose = purpose
column-act = to do
column-members = who
column-organisation = organisation
column-tasks = waiting
column-cases = cases
column-oldest = since
column-median-days = median days
column-visits = visits (this FY)
column-member = member
column-outcome = outcome
column-certainty = certainty
column-evidence = evidence
column-attribution = attribution
column-role = role
column-acts-for = acts for
column-deputy = deputy
column-absent = away
column-person = name
column-about = about
column-given-to = given to
column-items = what
column-consent = consent (who, wording, day, means)
column-refusal = refused by rule
column-n-times = times
column-task = done
column-left = left
column-limit = limit
column-frees-on = next on
column-quota = of
column-silence = what follows
about-purpose = Purpose
about-path = Path
about-need = Need
about-coordinator = Coordinator
about-opened = Opened
about-expires = Expires
about-turns = Whose turn
about-introduced = Introduced
about-closed = Closed
about-progress = Progress
about-meetings = Meetings
about-nda = NDA
about-outcomes = Outcomes
about-need-text = Need in words
about-brief = Request
about-earlier = Earlier cases of these parties
about-repeats = Earlier case of these parties
about-quota = Requests left
about-asked = Asked for this quarter
about-ties = Your own ties
about-visibility = Who may see it
visibility-named = All parties are named from the start
visibility-chosen = { $name } is known as { $code } until all have agreed, as it wanted
visibility-masked = { $name } is known as { $code } until all have agreed
mark-requester = [asked]
mark-attested = [attested]
mark-alerts = [alerts]
mark-closed = [closed]
mark-slack = [Slack]
mark-left = [left]

## Words

act-approve = approve
act-resubmit = submit again
act-ask = ask
act-answer = answer
act-introduce = introduce
path-bot = asked for by a firm
path-coordinator = through a coordinator
path-outside = in person or by telephone
means-slack = Slack
means-phone = telephone
means-mail = mail
means-visit = visit
means-fair = fair
answer-not_asked = not asked
answer-asked = awaited
answer-deferred = thinking about it
answer-yes = yes
answer-no = no
nda-requested = asked for
nda-signed = signed
document-open = yes
document-closed = not yet
progress-no_contact = no contact
progress-meeting = met
progress-continuing = talks go on
progress-given_up = given up
outcome-deal = Deal
outcome-joint_research = Joint research or licence
outcome-funding = Loan or investment
outcome-new_business = New business
outcome-founding = Founding
outcome-second_founding = Second founding
outcome-university_venture = University venture
outcome-listing = Listing
certainty-expected = expected
certainty-confirmed = confirmed
attribution-decisive = main cause
attribution-contributing = partial cause
attribution-unrelated = unrelated
closeness-employed = employed
closeness-main-bank = main bank
closeness-same-group = same group
closeness-other-closeness = close otherwise
barred-organisation = Organisation
barred-person = Person
barred-group = Group
member-role-firm = Member firm
member-role-coordinator = Coordinator
member-role-staff = Programme's office
member-role-evaluator = Evaluator
member-role-administrator = Administrator
text-name = name
text-mail = mail address
text-need = need
text-brief = request
text-reason = reason
text-said-by = who said so
text-note = note
text-document = document
text-letter = letter
text-survey = survey
silence-listed = listed
silence-paused = paused
left-quota-week = requests in any 7 days
left-quota-open = open requests
item-organisation = name of the organisation
item-contact-name = name of the contact
item-mail = mail address
item-phone = telephone
item-address = address
task-expiry = expired
task-expiry-notice = told of an expiry
task-reminder = reminded
task-escalation = passed to a deputy
task-unanswered = follow-up not answered
task-follow-up = asked how it went
task-alert = told of a new partner
task-digest = daily digest
task-silence = listed or paused after silences
event-told = { $event } ({ $told })
event-IntroductionRequested = introduction asked for
event-IntroductionProposed = introduction proposed
event-OutsideIntroductionLogged = introduction outside logged
event-IntroductionApproved = approved
event-IntroductionReturned = sent back
event-IntroductionResubmitted = submitted again
event-IntroductionDeclined = declined by a coordinator
event-IntroductionStopped = stopped
event-PartyAsked = party asked
event-ConsentGiven = consent given
event-ConsentRefused = declined by a party
event-AnswerDeferred = answer put off
event-IntroductionMade = introduced
event-IntroductionWithdrawn = taken back
event-IntroductionExpired = expired
event-IntroductionCancelled = called off
event-IntroductionReversed = introduction corrected
event-CaseHandedOver = handed over
event-NdaRequested = NDA asked for
event-NdaSigned = NDA signed
event-DocumentAttached = document attached
event-DocumentOpened = document read
event-DocumentRefused = document refused
event-MeetingReported = meeting reported
event-MeetingReversed = meeting corrected
event-ProgressRecorded = progress recorded
event-FollowUpAsked = asked how it went
event-FollowUpAnswered = follow-up answered
event-FollowUpUnanswered = follow-up not answered
