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
