## Delivering in Slack

did-order = { $id }: to be delivered in Slack; it is an introduction once it got there.
act-deliver = delivery in Slack
command-order_delivery = the introduction in Slack
command-confirm_delivery = recording that it got there
command-report_undelivered = recording that it did not get there
command-delivery = the introduction in Slack
event-DeliveryOrdered = letter to be delivered in Slack
event-DeliveryConfirmed = letter delivered in Slack
event-DeliveryFailed = letter not delivered in Slack
reason-unconfirmed = in Slack an introduction is recorded once it got there: have it delivered in Slack
reason-ordered = it is being delivered in Slack already
reason-not-ordered = no delivery is under way
reason-outside-slack = an organisation is not in Slack: introduce them by mail or otherwise, and record how

## Questions

cli-case-question = Ask the other side something before answering; its coordinator hears of it, too.
cli-case-question-TEXT = The question.
cli-case-reply = Answer a question, as the other party or its coordinator.
cli-case-reply-QUESTION = Id of the question (see case questions).
cli-case-reply-TEXT = The answer.
cli-case-questions = List the questions of a case with their answers.
did-question = { $id }: the question is passed on.
did-reply = { $id }: the answer is passed on.
questions-none = There are no questions.
column-question = question
column-answered = answered
act-reply = answer a question
text-question = question
text-answer = answer to a question
command-ask_question = the question
command-answer_question = the answer to a question
event-QuestionAsked = question
event-QuestionAnswered = answer to a question
reason-no-question = there is no such question
reason-own-question = whoever asked cannot answer: the other side does
reason-replied = that question has been answered already

## A person's help

cli-help = Ask a person, for what matchbot does not answer.
cli-help-TICKET = Id of the call for help.
cli-help-list = List calls for help: one's own, and those one is to help with.
cli-help-list--all = Show those that are settled, too.
cli-help-ask = Ask the coordinators in charge, or the staff where there are none.
cli-help-ask-TEXT = What it is.
cli-help-ask--about = What it is about: id of a case, need or organisation.
cli-help-take = Take care of it; the others and whoever asked are told.
cli-help-close = Settle it.
cli-help-close--reply = What whoever asked is told.
did-help-ask = { $id }: passed on to a person.
did-help-take = { $id }: you take care of it.
did-help-close = { $id }: settled.
help-none = There are no calls for help.
help-state-open = open
help-state-taken = being taken care of
help-state-closed = settled
text-help = call for help
text-help-reply = answer to a call for help
command-ask_for_help = the call for help
reason-no-ticket = there is no such call for help

## Meetings to come, and the memo

cli-case-plan = Plan a meeting, or call it off.
cli-case-plan--on = Day of the meeting; it replaces an earlier plan.
cli-case-plan--call-off = Call the meeting off.
cli-case-memo = Show the memo for the meeting: who they are, what both seek, first questions.
plan-or-call-off = Give either --on (a day) or --call-off.
did-plan = { $id }: the meeting is planned, and everybody told.
did-call-off = { $id }: the meeting is called off, and everybody told.
memo-head = Memo for the meeting of { $id } on { $on } ({ $form })
memo-questions = To begin with:
form-in_person = in person
form-online = online
about-kind = kind
about-cluster = cluster
about-does = does
about-seeks = seeks
about-planned = will meet
task-meeting-memo = memo for a meeting
command-plan_meeting = the plan of a meeting
command-call_off_meeting = calling a meeting off
command-meeting_memo = the memo for a meeting
event-MeetingPlanned = meeting planned
event-MeetingCalledOff = meeting called off
reason-over = that day is over
memo-question-research-1 = What is the trouble now, and what has been tried?
memo-question-research-2 = Which conditions (material, precision, quantity, time) must be met?
memo-question-research-3 = For a small first trial, who can do what by when?
memo-question-sales-1 = Which customers use it, and for what?
memo-question-sales-2 = Which conditions of quality, time, quantity and price are settled?
memo-question-sales-3 = By when can a sample or a quotation be given?
memo-question-start_up-1 = Whose trouble does the business take away, and which?
memo-question-start_up-2 = What is missing now: people, technology, money or customers?
memo-question-start_up-3 = What can each do for the other until the next milestone?
memo-question-cross_industry-1 = Which equipment, skill or customers of the one are of use to the other?
memo-question-cross_industry-2 = What would be good for both in working together?
memo-question-cross_industry-3 = What can be tried together as a first step?
memo-question-international-1 = Which country is it for, with which standards and rules?
memo-question-international-2 = Who deals with language, contracts and intellectual property, and how?
memo-question-international-3 = When and by which means is the first exchange?
memo-question-funding-1 = What is the money for, how much and when?
memo-question-funding-2 = What has been achieved, and what is the next milestone?
memo-question-funding-3 = Which documents are needed to decide, and by when?

## Pairs that nobody has asked for

cli-case-pairs = List this week's pairs that could be proposed unasked.
pairs-none = There are no pairs to propose.
column-partner = partner
column-seeks = seeks
column-does = does
task-pairs = pairs to propose (weekly)

## From a visit to a need

cli-visit-draft = Draft a need from the note of a visit; nothing is recorded.
cli-visit-draft-VISIT = Id of the visit.
draft-head = Draft of a need from { $id } ({ $organisation })
draft-none = The note of { $id } speaks of nothing that is looked for, and of no trouble.
