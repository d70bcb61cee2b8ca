### Slack で見る案件: 承認、打診への回答、お知らせ。

## どこでも

slack-already-handled = 案件 { $id } は、{ $by }が対応済みです（{ $done }）。
slack-other-side = 相手方
slack-matchbot = matchbot
slack-card-over = この件は終了しました。今の状態はホームでご確認ください。
slack-form-missing = 入力してください。
slack-none = なし
slack-day = { DATETIME($on, dateStyle: "long") }
slack-n-cases = { $n }件
slack-case-number = 案件 { $id }
event-ClaimConfirmed = 所属の確認
event-ClaimRejected = 所属の見送り
event-OrganisationClaimed = 別の機関の選択
event-MemberRegistered = 会員登録
event-MemberLeft = 退任

## 承認

slack-told-approval-needed = 承認のお願い（案件 { $id }）
slack-told-told = 他クラスターからの紹介のお知らせ（案件 { $id }）。相手の返事が出るまでは、差し止められます。
slack-case-party = { $side }: *{ $name }*（{ $about }） — { $answer }
slack-side-requester = 希望
slack-side-partner = 相手
slack-case-need = ニーズ
slack-case-brief = 相手に読んでもらう内容
slack-case-fits = { $name } が合う理由
slack-asked-for = { $name } { $n }件
slack-case-conflicts = 利害関係
slack-case-conflict = { $member }: { $organisation }（{ $closeness }）
slack-case-happened = { $done }: { $by }（{ DATETIME($on, dateStyle: "medium") }）
slack-case-because = 理由: { $reason }
slack-approve = 承認
slack-return = 差戻し
slack-decline = 見送り
slack-hand-over = 引き継ぐ
slack-stop = 差し止める
slack-give-reason = 理由を書いて承認
slack-approve_with_reason_form-title = 理由を添えて承認
slack-approve_with_reason_form-reason = それでも進める理由
slack-approve_with_reason_form-hint = コーディネーターと事務局だけが読みます。
slack-return_form-title = 差戻し
slack-return_form-reason = 直してほしいこと
slack-return_form-hint = 希望した機関の方が読みます。
slack-decline_form-title = 見送り
slack-decline_form-reason = 見送る理由
slack-decline_form-hint = コーディネーターと事務局だけが読みます。希望した機関には理由を伝えません。
slack-stop_form-title = 差止め
slack-stop_form-reason = 差し止める理由
slack-stop_form-hint = コーディネーターと事務局だけが読みます。
slack-hand_over_form-title = 引継ぎ
slack-hand_over_form-about = 案件の担当を決めます。ご自身を選ぶと、ご自身の担当になります。
slack-hand_over_form-person = 担当する人
slack-handed-over-to = 案件 { $id } の担当は { $member } になりました。

## 打診への回答

slack-told-asked = { $organisation } にお会いしたいという希望が届いています（案件 { $id }）
slack-asked-purpose = 目的: { $purpose }
slack-asked-brief = 先方からの内容
slack-asked-until = { DATETIME($expires_on, dateStyle: "long") }までにお返事がなければ、その日で終了します。見送っても不利益はありません。
slack-asked-deferred = 「検討中」と回答済みです。いつでも下のボタンで回答できます。
slack-consent = 会ってみる
slack-refuse = 見送る
slack-defer = 検討中
slack-take-back = 回答を取り消して見送る
slack-asked-consented = 「会ってみる」と回答済みです。すべての機関がそろいしだい、ご紹介します。
slack-asked-refused = 「見送る」と回答済みです。先方には理由を伝えません。
slack-asked-introduced = ご紹介しました。
slack-asked-over = この件は終了しました。ご対応は必要ありません。
slack-refuse_form-title = 見送る
slack-refuse_form-reason = 理由（なくてもかまいません）
slack-refuse_form-hint = コーディネーターだけが読みます。先方には伝わりません。
slack-defer_form-title = 検討中
slack-defer_form-day = いつまでにお返事できそうですか
slack-deferred-until = 案件 { $id }:「検討中（{ DATETIME($until, dateStyle: "long") }まで）」と先方にお伝えします。
