## Delivering in Slack

did-order = { $id }: to be delivered in Slack; it is an introduction once it got there.
act-deliver = introduce (being delivered in Slack)
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
