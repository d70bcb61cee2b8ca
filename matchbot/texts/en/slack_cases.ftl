### Cases as they are seen in Slack: approvals, answers, notices.

## Everywhere

slack-already-handled = Case { $id } has been handled already by { $by } ({ $done }).
slack-other-side = the other side
slack-matchbot = matchbot
slack-card-over = This is over. The home tab shows how things stand now.
slack-form-missing = Please fill this in.
slack-none = None
slack-day = { DATETIME($on, dateStyle: "long") }
slack-n-cases = { $n }
slack-case-number = case { $id }
event-ClaimConfirmed = membership confirmed
event-ClaimRejected = membership not confirmed
event-OrganisationClaimed = another organisation chosen
event-MemberRegistered = registered
event-MemberLeft = left

## Approving

slack-told-approval-needed = Your approval is needed (case { $id })
slack-told-told = An introduction from another cluster (case { $id }). You can stop it until your side has answered.
slack-case-party = { $side }: *{ $name }* ({ $about })
slack-side-requester = Asks
slack-side-partner = Partner
slack-case-need = Need
slack-case-brief = What the other side will read
slack-case-fits = Why { $name } fits
slack-asked-for = { $name }: { $n }
slack-case-conflicts = Conflicts of interest
slack-case-conflict = { $member }: { $organisation } ({ $closeness })
slack-case-happened = { $done }: { $by } ({ DATETIME($on, dateStyle: "medium") })
slack-case-because = Reason: { $reason }
slack-approve = Approve
slack-return = Send back
slack-decline = Decline
slack-hand-over = Hand over
slack-stop = Stop
slack-give-reason = Approve with a reason
slack-approve_with_reason_form-title = Approve with a reason
slack-approve_with_reason_form-reason = Why it should go on all the same
slack-approve_with_reason_form-hint = Read by coordinators and the staff only.
slack-return_form-title = Send back
slack-return_form-reason = What should be improved
slack-return_form-hint = The organisation that asked reads this.
slack-decline_form-title = Decline
slack-decline_form-reason = Why it is declined
slack-decline_form-hint = Read by coordinators and the staff only. The organisation that asked is not told why.
slack-stop_form-title = Stop
slack-stop_form-reason = Why it is stopped
slack-stop_form-hint = Read by coordinators and the staff only.
slack-hand_over_form-title = Hand over
slack-hand_over_form-about = Decide who is in charge of the case. Choose yourself to take it over.
slack-hand_over_form-person = In charge from now on
slack-handed-over-to = { $member } is in charge of case { $id } now.

## Answering

slack-told-asked = Somebody would like to meet { $organisation } (case { $id })
slack-asked-purpose = Purpose: { $purpose }
slack-asked-brief = What they write
slack-asked-until = Without an answer by { DATETIME($expires_on, dateStyle: "long") } it ends on that day. Saying no has no disadvantage.
slack-asked-deferred = You are still thinking about it. Answer at any time with the buttons below.
slack-consent = Let's meet
slack-refuse = Not this time
slack-defer = Need more time
slack-take-back = Take the yes back
slack-asked-consented = You have said yes. As soon as everybody has, you will be introduced.
slack-asked-refused = You have said no. The other side is not told why.
slack-asked-introduced = You have been introduced.
slack-asked-over = This is over. Nothing is left to do.
slack-refuse_form-title = Not this time
slack-refuse_form-reason = Reason
slack-refuse_form-hint = Read by the coordinators only, never by the other side.
slack-defer_form-title = Need more time
slack-defer-until = From tomorrow until { DATETIME($latest, dateStyle: "long") }. You can answer sooner, of course.
slack-defer_form-day = By when can you answer?
slack-deferred-until = Case { $id }: the other side is told that you need until { DATETIME($until, dateStyle: "long") }.

## News

slack-party = *{ $name }* ({ $about })
slack-case-about = Case { $id } · { $parties } · { $state }
slack-case-decided = Case { $id } (nothing left to decide here)
slack-told-approved = Your request has been approved (case { $id }). The other side is being asked, and you hear as soon as it answers.
slack-told-declined = Case { $id } will not go on this time. It does not count against your requests.
slack-told-stopped = Case { $id } will not go on this time.
slack-told-cancelled = Case { $id } has been called off. Nothing is left to do.
slack-told-withdrawn = Case { $id } has been withdrawn. Nothing is left to do.
slack-told-refused = Case { $id } has not worked out this time.
slack-told-expired = Case { $id } ended, as not everybody had answered in time. It does not count against your requests.
slack-told-deferred = Case { $id }: the other side needs until { DATETIME($until, dateStyle: "long") }.
slack-told-returned = Your request was sent back (case { $id }). Improve it and send it again.
slack-told-reminder = Case { $id } waits for you: { $act } ({ $n } working days).
slack-told-escalation = Case { $id } has been waiting for { $n } working days: { $act }. Please step in.
slack-told-expiry-notice = Case { $id } expires on { DATETIME($expires_on, dateStyle: "long") }.
slack-told-case-handed-over = You are in charge of case { $id } now.
slack-told-handed-over = You have taken over { $cases } cases and { $organisations } organisations.
slack-told-to-do = Case { $id }: { $act }
slack-told-digest = { $n ->
    [0] { $done ->
        [0] News of today
       *[other] All done: nothing waits any more of the { $done } on your list.
    }
    [one] One waits for you today{ $done ->
        [0] {""}
       *[other] {" "}(done: { $done })
    }
   *[other] { $n } wait for you today{ $done ->
        [0] {""}
       *[other] {" "}(done: { $done })
    }
}
slack-digest-late = { $n } late
slack-digest-expiring = { $n } about to expire
slack-told-silence = { $organisation } has been paused, because it left several introductions unanswered.
slack-silent = Silent organisations: { $organisations }
slack-returned = { $organisation } takes part again.
slack-return-to = Take part again
slack-queue-empty = Nothing waits for you.
slack-queue-more = { $n } more
slack-open-card = Open
slack-waited = { $n ->
    [0] since today
    [one] one working day
   *[other] { $n } working days
}
slack-expires = until { DATETIME($on, dateStyle: "medium") }
slack-resubmit = Improve and send again
slack-resubmit_form-title = Send again
slack-resubmit_form-text = What the other side will read
slack-resubmit_form-hint = Leave out what is secret: once approved, the other side reads this.
slack-resubmitted = Case { $id } was sent again. It expires on { DATETIME($expires_on, dateStyle: "long") }.

## Parties outside Slack

slack-told-to-ask = Please ask a party that is not in Slack (case { $id })
slack-letter-to-send = The letter, ready to be mailed
slack-record-asked = Has been asked
slack-record-answer = Record the answer
slack-record_asked_form-title = Asked
slack-record_asked_form-about = By which means did you ask?
slack-record_answer_form-title = Answer
slack-means = Means
slack-answer = Answer
slack-said-on = Day of the answer
slack-said-by = Who answered
slack-until = If they need more time, until when
slack-reason = Reason (read by coordinators only)
slack-until-missing = Until when do they need? Please record the answer again, with the day.
slack-answer-recorded = Case { $id }: the answer "{ $answer }" is on record.

## Introducing

slack-told-to-introduce = Everybody has said yes (case { $id }). Please look over the letter and send it.
slack-told-undelivered = Case { $id } could not be introduced in Slack ({ $why }). It does not count yet. Introduce them by mail or telephone, and record it with "Introduced outside Slack".
slack-undelivered-invalid_user_combination = somebody of another workspace cannot be in a group with the others
slack-undelivered-unavailable = a party does not take part any more
slack-undelivered-paused = a party has paused
slack-undelivered-unsure = it is not certain whether the letter got there; please look into the group DM (the app lacks the scope mpim:history)
slack-undelivered-otherwise = Slack says: { $reason }
slack-told-delivery = The letter is on its way (case { $id })
slack-told-introduced = { $where ->
    [slack] Case { $id }: introduced in a group DM.
   *[other] Case { $id }: introduced.
}
slack-letter-ja = Letter in Japanese
slack-letter-en = Look over the letter and send it
slack-introduced-outside = Introduced outside Slack
slack-letter_form-title = Letter
slack-letter_form-text = Text, as it will arrive
slack-letter_form-hint = Change it as you like before it goes.
slack-introduced_outside_form-title = Introduced
slack-introduced_outside_form-about = By which means were they introduced outside Slack?
slack-introduction-recorded = The introduction of case { $id } is on record.
slack-group-headline = An introduction (case { $id })
slack-letter =
    Dear { $parties },

    you have all agreed to meet, so let me introduce you to each other.

    What it is about: { $brief }{ $n_contacts ->
        [0] {""}
       *[other]
            {""}
            {""}
            Contacts:
            { $contacts }
    }

    A short first talk is a good way to begin. If there is anything we can help with, write in this group at any time.

    (Case { $id })
slack-first-step = *First step*: how about half an hour on one of these days? Click on one that suits you, and everybody is told.
slack-group-hint = Case { $id }. In two weeks we will ask how it went.
slack-weekday = { $day }, { DATETIME($on, dateStyle: "long") }
slack-weekday-0 = Monday
slack-weekday-1 = Tuesday
slack-weekday-2 = Wednesday
slack-weekday-3 = Thursday
slack-weekday-4 = Friday
slack-weekday-5 = Saturday
slack-weekday-6 = Sunday

## Guests

slack-told-claimed = Does { $member } belong to { $organisation }? Once confirmed, they can ask for introductions in its name.
slack-confirm-claim = Confirm
slack-reject-claim = No
slack-claim-confirmed = Confirmed.
slack-claim-not-confirmed = Not confirmed.

## Questions

slack-question = Ask a question
slack-erased = (erased)
slack-told-question-asked = { $asked_by } has a question (case { $id })
slack-told-question-answered = A question has been answered (case { $id }, asked by { $asked_by })
slack-replied = Answer of { $by }
slack-reply = Answer
slack-question_form-title = Ask a question
slack-question_form-text = Question
slack-question_form-hint = The other side and the coordinators read it.
slack-question-masked = The other side does not learn your name before both have agreed. Leave out what tells who you are.
slack-question-sent = Case { $id }: your question has been passed on.
slack-reply_form-title = Answer a question
slack-reply_form-text = Answer
slack-reply_form-hint = Whoever asked reads it.
slack-reply-sent = Case { $id }: your answer has been passed on.

## Meetings

slack-told-meeting-planned = Case { $id }: a meeting is planned for { DATETIME($on, dateStyle: "long") } ({ $form }). You get a sheet for it the day before.
slack-told-meeting-called-off = Case { $id }: the meeting has been called off.
slack-told-meeting-memo = Sheet for the meeting (case { $id }, { DATETIME($on, dateStyle: "long") }, { $form })
slack-planned = Case { $id }: you meet on { DATETIME($on, dateStyle: "long") } ({ $form }).
slack-plan-other = Another day
slack-call-off = Call off
slack-called-off = Case { $id }: the meeting is called off; everybody is told.
slack-plan_form-title = Plan a meeting
slack-plan_form-day = Day
slack-meeting-form = How

## What came of it

slack-told-follow-up = { $asked ->
    [progress] How does it go?
   *[met] Have you met?
} (Case { $id }, { $n } days after the introduction)
slack-follow-up-thanks = Thank you. It stands at: { $progress }
slack-not-yet = No contact yet
slack-met = We have met
slack-given-up = It came to nothing
slack-met_form-title = You have met
slack-met_form-day = Day of the meeting
slack-give_up_form-title = It came to nothing
slack-give_up_form-reason = Reason
slack-give_up_form-hint = Read by the coordinators only.
slack-fitted = It was a fit
slack-did-not-fit = Not what we meant
slack-rated = Thank you. It will make the next suggestions better.
slack-report-outcome = Report an outcome
slack-outcome_form-title = Report an outcome
slack-outcome-kind = Outcome
slack-outcome-of = Whose outcome it is
slack-outcome-day = Day (if expected, the day planned)
slack-outcome-attribution = What the introduction had to do with it
slack-outcome-anyway = Would you have met anyway?
slack-anyway-yes = Yes
slack-anyway-no = No
slack-anyway-unknown = Cannot tell
slack-outcome-subject = Name of the new business or company
slack-outcome-subject-hint = For a new business, a founding or a university venture.
slack-outcome-document = Document
slack-outcome-document-hint = Name of a contract or announcement, or where it lies. It makes the evidence A.
slack-outcome-note = Note
slack-outcome-recorded = { $known ->
    [known] "{ $kind } ({ $certainty })" was on record; your report has been added ({ $id }). It counts once.
   *[new] "{ $kind } ({ $certainty })" is on record ({ $id }).
}
slack-outcome-evidence = { $evidence ->
    [A] Evidence A: a document.
    [B] Evidence B: both parties say so. With a document it would be A.
    [C] Evidence C: one party says so. With a report of the other it would be B, with a document A.
   *[D] Evidence D: the coordinator only. With reports of both parties it would be B, with a document A.
}
slack-confirm-outcome = Confirm
slack-confirm_outcome_form-title = Confirm an outcome
slack-confirm_outcome_form-day = Day
slack-outcome-confirmed = { $id } is confirmed.

## Survey

slack-told-survey = How satisfied are you with this network? One click is all.
slack-satisfied-5 = Very satisfied
slack-satisfied-4 = Satisfied
slack-satisfied-3 = Neither
slack-satisfied-2 = Dissatisfied
slack-satisfied-1 = Very dissatisfied
slack-survey-thanks = Thank you for your answer ({ $degree }).
slack-survey-more = Add a sentence
slack-survey_form-title = One sentence
slack-survey-recommendation = Would you recommend it? (0 not at all, 10 by all means)
slack-survey-comment = Your sentence
slack-survey-added = Thank you.

## Pairs on Mondays

slack-told-pairs = Pairs that might be worth introducing this week.
slack-pair = *{ $one }* and *{ $other }*
slack-pair-wish = What they look for
slack-pair-offer = What the other one does
slack-pair-brief = { $has_wish ->
    [yes] A suggestion of your coordinator: would you like to talk about "{ $wish }"?
   *[no] A suggestion of your coordinator: you may be of use to each other. Would you like to talk?
}
slack-pair-known = The two have case { $id } already.
slack-propose = Propose
slack-proposed = Proposed as case { $id }. Both sides will be asked.

## Visits

slack-visit = Record a visit
slack-visit-whom = Organisation
slack-visit-day = Day
slack-visit-note = Note
slack-visit-note-hint = Whatever it says that they look for becomes the draft of a need.
slack-visit-logged = The visit to { $organisation } is on record ({ $id }).
slack-visit-heard = They seem to look for this:
slack-visit-need = Make it a need
slack-visit-need-known = It was entered as need { $id }.
slack-visit-need-entered = Entered as need { $id }. You are told when somebody appears who may fit.
