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
slack-case-party = { $side }: *{ $name }* （{ $about }）
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
slack-refuse_form-reason = 理由
slack-refuse_form-hint = コーディネーターだけが読みます。先方には伝わりません。
slack-defer_form-title = 検討中
slack-defer-until = 明日から{ DATETIME($latest, dateStyle: "long") }までの日を選んでください。お返事は、それより前でもできます。
slack-defer_form-day = いつまでにお返事できそうですか
slack-deferred-until = 案件 { $id }:「検討中（{ DATETIME($until, dateStyle: "long") }まで）」と先方にお伝えします。

## お知らせ

slack-party = { $name }（{ $about }）
slack-case-about = 案件 { $id }・{ $parties }・{ $state }
slack-case-decided = 案件 { $id }（こちらでの対応は済みました）
slack-told-approved = 紹介の希望が承認されました（案件 { $id }）。相手の方にお尋ねしています。お返事があればすぐにお知らせします。
slack-told-declined = 案件 { $id } は、今回は見送りとなりました。希望件数には数えません。
slack-told-stopped = 案件 { $id } は、今回は見送りとなりました。
slack-told-cancelled = 案件 { $id } は中止になりました。ご対応は必要ありません。
slack-told-withdrawn = 案件 { $id } は取り下げられました。ご対応は必要ありません。
slack-told-refused = 案件 { $id } は、今回はご縁がありませんでした。
slack-told-expired = 案件 { $id } は、期限までにお返事がそろわず終了しました。希望件数は元に戻ります。
slack-told-deferred = 案件 { $id }: 先方は「検討中（{ DATETIME($until, dateStyle: "long") }まで）」です。
slack-told-returned = 紹介の希望が差し戻されました（案件 { $id }）。内容を直して、もう一度出せます。
slack-told-reminder = 案件 { $id } の「{ $act }」をお待ちしています（{ $n }営業日）。
slack-told-escalation = 案件 { $id } の「{ $act }」が{ $n }営業日止まっています。代わりに対応をお願いします。
slack-told-expiry-notice = 案件 { $id } は、{ DATETIME($expires_on, dateStyle: "long") }に期限を迎えます。
slack-told-case-handed-over = 案件 { $id } の担当になりました。
slack-told-handed-over = 案件 { $cases }件と機関 { $organisations }を引き継ぎました。
slack-told-to-do = 案件 { $id } の「{ $act }」
slack-told-digest = { $n ->
    [0] { $done ->
        [0] 今日のお知らせ
       *[other] 今日の対応待ち { $done }件は、すべて対応済みです。
    }
   *[other] 今日の対応待ち { $n }件{ $done ->
        [0] {""}
       *[other] （ほか{ $done }件は対応済み）
    }
}
slack-digest-late = 遅れ { $n }件
slack-digest-expiring = まもなく期限 { $n }件
slack-told-silence = { $organisation } は、ご返事のない打診が続いたため、紹介を休止しました。
slack-silent = 無回答が続いている機関: { $organisations }
slack-returned = { $organisation } は、紹介に戻っています。
slack-return-to = 紹介に戻る
slack-queue-empty = 対応を待っているものはありません。
slack-queue-more = ほか { $n }件
slack-open-card = 開く
slack-waited = { $n ->
    [0] 今日から
   *[other] { $n }営業日経過
}
slack-expires = 期限 { DATETIME($on, dateStyle: "medium") }
slack-resubmit = 直して出し直す
slack-resubmit_form-title = 出し直し
slack-resubmit_form-text = 相手に読んでもらう内容
slack-resubmit_form-hint = 秘密にしたいことは書かないでください。承認されると相手の方が読みます。
slack-resubmitted = 案件 { $id } を出し直しました。期限は{ DATETIME($expires_on, dateStyle: "long") }です。

## Slack にいない機関

slack-told-to-ask = Slackにいない機関への打診をお願いします（案件 { $id }）
slack-letter-to-send = お送りする文面（そのままメールに使えます）
slack-record-asked = 打診した
slack-record-answer = 返事を記録
slack-record_asked_form-title = 打診の記録
slack-record_asked_form-about = どの手段で打診しましたか。
slack-record_answer_form-title = 返事の記録
slack-means = 手段
slack-answer = 返事
slack-said-on = 返事のあった日
slack-said-by = 答えた方
slack-until = 検討中のときは、いつまで
slack-reason = 理由（コーディネーターだけが読みます）
slack-until-missing = 「検討中」のときは、いつまでかを選んでください。もう一度「返事を記録」からお願いします。
slack-answer-recorded = 案件 { $id } の返事「{ $answer }」を記録しました。

## 引き合わせ

slack-told-to-introduce = 全員が「会ってみる」と回答しました（案件 { $id }）。紹介状を確認して送ってください。
slack-told-undelivered = 案件 { $id } は、Slackで引き合わせられませんでした（{ $why }）。まだ紹介には数えません。メールや電話で引き合わせ、「対面・電話で引き合わせた」で記録してください。
slack-undelivered-invalid_user_combination = 別の組織の方がいて、グループを作れません
slack-undelivered-unavailable = 参加していない機関があります
slack-undelivered-paused = 休止中の機関があります
slack-undelivered-unsure = 紹介状が届いたかどうか確かめられません。グループDMをご確認ください（アプリに mpim:history の権限がありません）
slack-undelivered-otherwise = Slackの返事: { $reason }
slack-told-delivery = 紹介状を届けています（案件 { $id }）
slack-told-introduced = { $where ->
    [slack] 案件 { $id }: グループDMで引き合わせました。
   *[other] 案件 { $id }: 引き合わせました。
}
slack-letter-ja = 紹介状を確認して送る
slack-letter-en = 英語の紹介状
slack-introduced-outside = 対面・電話で引き合わせた
slack-letter_form-title = 紹介状
slack-letter_form-text = 文面（このまま届きます）
slack-letter_form-hint = 送る前に、自由に直せます。
slack-introduced_outside_form-title = 引き合わせの記録
slack-introduced_outside_form-about = Slackの外で引き合わせた手段を選んでください。
slack-introduction-recorded = 案件 { $id } の紹介を記録しました。
slack-group-headline = ご紹介（案件 { $id }）
slack-letter =
    { $parties } の皆さま

    双方のご同意をいただきましたので、ご紹介申し上げます。

    内容: { $brief }{ $n_contacts ->
        [0] {""}
       *[other]
            {""}
            {""}
            連絡先:
            { $contacts }
    }

    まずは短い打ち合わせから始めてみてください。お手伝いできることがあれば、このグループでいつでもお知らせください。

    （案件番号: { $id }）
slack-first-step = *最初の一歩*: まずは30分、次の日程はいかがでしょうか。都合のよい日を押すと、皆さんに伝わります。
slack-group-hint = 案件 { $id }。2週間後に様子をお伺いします。
slack-weekday = { DATETIME($on, dateStyle: "long") }（{ $day }）
slack-weekday-0 = 月
slack-weekday-1 = 火
slack-weekday-2 = 水
slack-weekday-3 = 木
slack-weekday-4 = 金
slack-weekday-5 = 土
slack-weekday-6 = 日

## 所属の確認

slack-told-claimed = { $member } は { $organisation } の方ですか。確認すると、この機関として紹介を希望できるようになります。
slack-confirm-claim = 確認する
slack-reject-claim = 違う
slack-claim-confirmed = 確認済みです。
slack-claim-not-confirmed = 確認されませんでした。

## 質問

slack-question = 質問する
slack-erased = （消去されました）
slack-told-question-asked = { $asked_by } から質問が届いています（案件 { $id }）
slack-told-question-answered = 質問に答えが届きました（案件 { $id }、質問: { $asked_by }）
slack-replied = { $by } の答え
slack-reply = 答える
slack-question_form-title = 質問する
slack-question_form-text = 質問
slack-question_form-hint = 先方とコーディネーターが読みます。
slack-question-masked = 貴機関の名称は、双方が同意するまで先方に伝わりません。貴機関とわかることは書かないでください。
slack-question-sent = 案件 { $id }: 質問を伝えました。
slack-reply_form-title = 質問に答える
slack-reply_form-text = 答え
slack-reply_form-hint = 質問した方が読みます。
slack-reply-sent = 案件 { $id }: 答えを伝えました。

## 面談

slack-told-meeting-planned = 案件 { $id }: { DATETIME($on, dateStyle: "long") }に面談の予定です（{ $form }）。前日に面談メモをお送りします。
slack-told-meeting-called-off = 案件 { $id }: 面談の予定は取りやめになりました。
slack-told-meeting-memo = 面談メモ（案件 { $id }、{ DATETIME($on, dateStyle: "long") }、{ $form }）
slack-planned = 案件 { $id }: 面談は { DATETIME($on, dateStyle: "long") }（{ $form }）に決まりました。
slack-plan-other = 別の日
slack-call-off = 取りやめる
slack-called-off = 案件 { $id }: 面談の予定を取りやめました。皆さんに伝えます。
slack-plan_form-title = 面談の予定
slack-plan_form-day = 日付
slack-meeting-form = 方法

## その後

slack-told-follow-up = { $asked ->
    [progress] その後、いかがですか
   *[met] 会えましたか
}（案件 { $id }、紹介から{ $n }日）
slack-follow-up-thanks = ありがとうございます。今の状態: { $progress }
slack-not-yet = まだ連絡がない
slack-met = 会えた
slack-given-up = 見送りになった
slack-met_form-title = 面談の記録
slack-met_form-day = 会った日
slack-give_up_form-title = 見送り
slack-give_up_form-reason = 理由
slack-give_up_form-hint = コーディネーターだけが読みます。
slack-fitted = 条件に合っていた
slack-did-not-fit = 条件に合わない
slack-rated = ありがとうございます。次の提案に生かします。
slack-report-outcome = 成果を報告
slack-outcome_form-title = 成果の報告
slack-outcome-kind = 成果
slack-outcome-of = 成果をあげた機関
slack-outcome-day = 成立した日（見込みのときは予定日）
slack-outcome-attribution = この紹介の役割
slack-outcome-anyway = 紹介がなくても出会っていましたか
slack-anyway-yes = はい
slack-anyway-no = いいえ
slack-anyway-unknown = 分からない
slack-outcome-subject = 新事業・新会社の名前
slack-outcome-subject-hint = 新事業・創業・大学発ベンチャーのときに書いてください。
slack-outcome-document = 根拠となる書類
slack-outcome-document-hint = 契約書や発表資料の名前、または置き場所。あると証拠Aになります。
slack-outcome-note = 覚え書き
slack-outcome-recorded = { $known ->
    [known] 「{ $kind }（{ $certainty }）」はすでに記録があり、報告を加えました（{ $id }）。1件と数えます。
   *[new] 「{ $kind }（{ $certainty }）」を記録しました（{ $id }）。
}
slack-outcome-evidence = { $evidence ->
    [A] 証拠A（書類）です。
    [B] 証拠B（双方の報告）です。書類があれば A になります。
    [C] 証拠C（一方の報告）です。もう一方の報告で B、書類で A になります。
   *[D] 証拠D（コーディネーターのみ）です。双方の報告で B、書類で A になります。
}
slack-confirm-outcome = 確定にする
slack-confirm_outcome_form-title = 成果の確定
slack-confirm_outcome_form-day = 確定した日
slack-outcome-confirmed = { $id } を確定にしました。

## アンケート

slack-told-survey = このネットワークに、どのくらい満足していますか。1つ押すだけで終わります。
slack-satisfied-5 = とても満足
slack-satisfied-4 = 満足
slack-satisfied-3 = ふつう
slack-satisfied-2 = 不満
slack-satisfied-1 = とても不満
slack-survey-thanks = ご回答ありがとうございました（{ $degree }）。
slack-survey-more = ひとこと添える
slack-survey_form-title = ひとこと
slack-survey-recommendation = ほかの方にすすめますか（0 まったく、10 ぜひ）
slack-survey-comment = ひとこと
slack-survey-added = ありがとうございました。

## 月曜日の組み合わせ

slack-told-pairs = 今週、引き合わせるとよさそうな組み合わせです。
slack-pair = *{ $one }* と *{ $other }*
slack-pair-wish = 求めていること
slack-pair-offer = 相手の得意なこと
slack-pair-brief = { $has_wish ->
    [yes] コーディネーターからのご提案です。「{ $wish }」について、お話しになってみませんか。
   *[no] コーディネーターからのご提案です。お互いのお役に立てそうですので、お話しになってみませんか。
}
slack-pair-known = この組み合わせには、すでに案件 { $id } があります。
slack-propose = 提案する
slack-proposed = 案件 { $id } として提案しました。双方にお尋ねします。

## 訪問

slack-visit = 訪問を記録
slack-visit-whom = 機関
slack-visit-day = 日付
slack-visit-note = 覚え書き
slack-visit-note-hint = 探していることが書かれていれば、ニーズの下書きにします。
slack-visit-logged = { $organisation } への訪問を記録しました（{ $id }）。
slack-visit-heard = 次のことを探しているようです。
slack-visit-need = ニーズにする
slack-visit-need-known = ニーズ { $id } として登録済みです。
slack-visit-need-entered = ニーズ { $id } として登録しました。合いそうな相手が現れたらお知らせします。
