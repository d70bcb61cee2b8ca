## Slackで届ける

did-order = { $id }: Slackで届けます。届いたときに紹介になります。
act-deliver = Slackでの紹介の配達
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

## 面談の予定とメモ

cli-case-plan = 面談の予定を立てる、または取りやめる
cli-case-plan--on = 面談の日付（前の予定と置き換わります）
cli-case-plan--call-off = 予定を取りやめる
cli-case-memo = 面談メモを表示する（相手、双方が求めること、最初の質問）
plan-or-call-off = --on（日付）か --call-off のどちらか一方を指定してください。
did-plan = { $id }: 面談の予定を記録し、皆さんに伝えました。
did-call-off = { $id }: 面談の予定を取りやめ、皆さんに伝えました。
memo-head = 面談メモ　{ $id }　{ $on }（{ $form }）
memo-questions = はじめに話したいこと
form-in_person = 対面
form-online = オンライン
about-kind = 種別
about-cluster = クラスター
about-does = していること
about-seeks = 求めていること
about-planned = 面談の予定
task-meeting-memo = 面談メモ
command-plan_meeting = 面談の予定
command-call_off_meeting = 面談の予定の取りやめ
command-meeting_memo = 面談メモ
event-MeetingPlanned = 面談の予定
event-MeetingCalledOff = 面談の予定の取りやめ
reason-over = その日はもう過ぎています
memo-question-research-1 = いま困っている点と、これまでに試したことは何ですか
memo-question-research-2 = どんな条件（材料・精度・量・時期）を満たせば使えますか
memo-question-research-3 = まず小さく試すとしたら、だれが何をいつまでにできますか
memo-question-sales-1 = どんなお客様の、どの用途に使われていますか
memo-question-sales-2 = 品質・納期・数量・価格の条件はどこまで決まっていますか
memo-question-sales-3 = 見本や見積りは、いつまでにお渡しできますか
memo-question-start_up-1 = だれの、どんな困りごとを解く事業ですか
memo-question-start_up-2 = いま足りないものは、人・技術・資金・販路のどれですか
memo-question-start_up-3 = 次の節目までに、お互いに何ができますか
memo-question-cross_industry-1 = お互いの設備・技術・お客様で、相手に役立ちそうなものは何ですか
memo-question-cross_industry-2 = 一緒に取り組むと、どちらにもよいことは何ですか
memo-question-cross_industry-3 = 最初の一歩として、何を一緒に試せますか
memo-question-international-1 = 対象の国と、そこでの規格・規制は何ですか
memo-question-international-2 = 言葉・契約・知的財産は、だれがどう扱いますか
memo-question-international-3 = 最初のやり取りは、いつ、どの手段で行いますか
memo-question-funding-1 = 資金の使いみちと、必要な額・時期はどうなっていますか
memo-question-funding-2 = これまでの実績と、次の節目は何ですか
memo-question-funding-3 = 判断に必要な資料と、その期限は何ですか

## 希望されていない組合せ

cli-case-pairs = 今週の提案候補を一覧する（まだ希望されていない組合せ）
pairs-none = 提案候補はありません。
column-partner = 相手
column-seeks = 求めていること
column-does = していること
task-pairs = 提案候補の案内（週に1度）

## 訪問からニーズへ

cli-visit-draft = 訪問の覚え書きから、ニーズの下書きを作る（登録はしません）
cli-visit-draft-VISIT = 訪問の ID
draft-head = { $id }（{ $organisation }）のニーズの下書き
draft-none = { $id } の覚え書きには、探しているものや困りごとが見当たりません。
