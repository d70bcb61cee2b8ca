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

## 質問

cli-case-question = 回答の前に、相手に質問する（コーディネーターにも伝わります）
cli-case-question-TEXT = 質問
cli-case-reply = 質問に答える（相手の機関、またはそのコーディネーター）
cli-case-reply-QUESTION = 質問の ID（case questions に表示）
cli-case-reply-TEXT = 答え
cli-case-questions = 案件の質問と答えを一覧する
did-question = { $id }: 質問を伝えました。
did-reply = { $id }: 答えを伝えました。
questions-none = 質問はありません。
column-question = 質問
column-answered = 回答日
act-reply = 質問への答え
text-question = 質問
text-answer = 質問への答え
command-ask_question = 質問
command-answer_question = 質問への答え
event-QuestionAsked = 質問
event-QuestionAnswered = 質問への答え
reason-no-question = その番号の質問はありません
reason-own-question = 質問した側なので、答えるのは相手です
reason-replied = その質問にはもう答えが出ています

## 担当者への相談

cli-help = 担当者に相談する（matchbot で分からないこと）
cli-help-TICKET = 相談の ID
cli-help-list = 相談を一覧する（自分の相談と、担当する相談）
cli-help-list--all = 終わった相談も表示する
cli-help-ask = 担当コーディネーター（いなければ事務局）に相談する
cli-help-ask-TEXT = 相談の内容
cli-help-ask--about = 何についてか（案件・ニーズ・機関の ID）
cli-help-take = 相談を引き受ける（ほかの担当者と本人に伝わります）
cli-help-close = 相談を終える
cli-help-close--reply = 本人への答え
did-help-ask = { $id }: 担当者に伝えました。
did-help-take = { $id }: 引き受けました。
did-help-close = { $id }: 相談を終えました。
help-none = 相談はありません。
help-state-open = 受付
help-state-taken = 対応中
help-state-closed = 対応済み
text-help = 相談
text-help-reply = 相談への答え
command-ask_for_help = 相談
reason-no-ticket = その番号の相談はありません
