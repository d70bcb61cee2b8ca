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
slack-case-party = { $side }: *{ $name }* ({ $about }) — { $answer }
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
slack-refuse_form-reason = Reason (may be left empty)
slack-refuse_form-hint = Read by the coordinators only, never by the other side.
slack-defer_form-title = Need more time
slack-defer_form-day = By when can you answer?
slack-deferred-until = Case { $id }: the other side is told that you need until { DATETIME($until, dateStyle: "long") }.
