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
