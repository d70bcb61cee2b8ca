### 受付（desk）が断るときの言葉。reason-<code> は errors.ftl の文の一部になる。

error-already-handled = { $id } は{ $member ->
    [other-side] 相手方が
   *[other] { " " }{ $member } さんが
}対応済みです（{ $event ->
    [IntroductionApproved] 承認
    [IntroductionReturned] 差戻し
    [IntroductionDeclined] 見送り
    [IntroductionStopped] 中止
    [ConsentGiven] 会ってみる
    [ConsentRefused] 見送りの返事
    [QuestionAnswered] 質問への答え
    [DeliveryOrdered] Slackでの紹介の手続き
    [IntroductionMade] 引き合わせ
    [IntroductionWithdrawn] 取下げ
    [IntroductionExpired] 期限切れ
    [IntroductionCancelled] 取消し
    [HelpTaken] 引き受け
    [HelpClosed] 対応
    [ClaimConfirmed] 所属の確認
    [ClaimRejected] 所属の見送り
    [ProfileChangePublished] 公開
    [ProfileChangePassed] 次の段階への確認
    [ProfileChangeReturned] 差戻し
    [OrganisationClaimed] 別の機関を選択
    [MemberRegistered] 会員登録
    [MemberLeft] 退任
   *[other] 訂正
}）。{ $event ->
    [HelpTaken] {""}
    [HelpClosed] {""}
    [ClaimConfirmed] {""}
    [ClaimRejected] {""}
    [ProfileChangePublished] {""}
    [ProfileChangePassed] {""}
    [ProfileChangeReturned] {""}
    [OrganisationClaimed] {""}
    [MemberRegistered] {""}
    [MemberLeft] {""}
   *[other] 今の状態は `matchbot case show { $id }` で確かめてください。
}
error-slack-id-taken = Slack の利用者「{ $id }」は、すでに会員「{ $member }」として登録されています。ID を直すか、先にその会員の登録を終えてください。
error-sample = 「{ $id }」は見本の機関なので、実際の台帳には記録できません。実在の機関を選んでください。
error-unknown-record = { $reason }: { $id }。ID を確かめてください。

reason-no-case = その番号の案件はありません
reason-no-need = その番号のニーズはありません
reason-no-thread = その会話は残っていません
reason-no-outcome = その番号の成果はありません
reason-no-visit = その番号の訪問記録はありません
reason-document-erased = その書類は消去されています
reason-no-survey = その調査は、この人には送られていません
reason-no-member = そのIDの利用者はいません
reason-no-claim = この人は、まだ所属する機関を選んでいません

reason-not-registered = 利用者として登録されていないか、退任しています
reason-not-your-case = 自分がかかわる案件についてだけできます
reason-not-your-absence = 不在は本人か事務局だけが登録できます
reason-not-your-answer = 本人か事務局だけが回答を記録できます
reason-not-a-guest = すでに機関を代表している会員は、ほかの機関を選べません
reason-not-yourself = 本人・担当コーディネーター・事務局だけができます
reason-not-its-coordinator = その機関のホームクラスターのコーディネーターではありません
reason-not-a-coordinator = 引き継ぐ人はコーディネーターでなければなりません
reason-not-in-its-clusters = 引き継げるのは、この案件のクラスターを担当している人だけです
reason-switched-off = この段階は設定で使わないことになっています（MATCHBOT_RULES_NDA_STAGE）
reason-slack-id-taken = 別の利用者が Slack でその ID を使っています
reason-unknown-organisation = その機関はありません
reason-sample = 見本の機関です
