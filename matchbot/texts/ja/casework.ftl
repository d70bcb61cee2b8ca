## Slackで届ける

did-order = { $id }: Slackで届けます。届いたときに紹介になります。
act-deliver = 紹介（Slackで届けている途中）
command-order_delivery = Slackでの紹介
command-confirm_delivery = 届いたことの記録
command-report_undelivered = 届かなかったことの記録
command-delivery = Slackでの紹介
event-DeliveryOrdered = 紹介状の手配（Slack）
event-DeliveryConfirmed = 紹介状が届いた（Slack）
event-DeliveryFailed = 紹介状が届かなかった（Slack）
reason-unconfirmed = Slackでの紹介は、届いたときに記録されます。Slackで届ける手続きをしてください
reason-ordered = すでにSlackで届けるところです
reason-not-ordered = 届ける手配がされていません
reason-outside-slack = Slackにいない機関があります。メールなどで引き合わせ、その手段を記録してください
