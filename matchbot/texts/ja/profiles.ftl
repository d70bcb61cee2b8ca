### 機関が自分で出す紹介文の変更: 下書き、確認、公開。

cli-profiles = 機関が自分の紹介文を直す（下書きを確認してから公開する）
cli-profiles--for = 機関（ID または名称）。既定は、その会員が代表する機関
cli-profiles-DRAFT = 下書きの ID
cli-profiles-list = 自分にかかわる下書きを、今の文章と並べて一覧する
cli-profiles-list--all = 公開・差戻しの済んだものも表示する
cli-profiles-suggest =
    紹介文の追加・差替え・取下げを提案する

    コーディネーターが確認するまで、公開中の文章と日付は変わりません。
cli-profiles-suggest-TEXT = 新しい文章
cli-profiles-suggest--passage = 差し替える文章の ID（`matchbot org show ID --json` で分かります）
cli-profiles-suggest--withdraw = その文章を取り下げる
cli-profiles-suggest--type = 文章の種類（既定は元の文章と同じ、新しい文章は capability）
cli-profiles-suggest--title = 見出し
cli-profiles-approve = 下書きを次の段階へ進める（最後の段階が公開）
cli-profiles-approve--to = 進める先の段階。順番を飛ばすことはできません
cli-profiles-return = 下書きを差し戻す
cli-profiles-return--reason = 差し戻す理由。提案した人が読みます
cli-profiles-hints = あと一語で他機関のニーズに該当する言葉を、件数とともに示す

hints-none = あと一語で該当するニーズは、今のところありません。
hint-line = 「{ $term }」についての一文を足せば、{ $n }件のニーズに該当します。
drafts-none = 確認を待っている下書きはありません。
draft-line = { $id } { $organisation }: { $type }の{ $change }（{ $stage }、{ $member } さん、{ $day }）
draft-present = {"  "}今の文章: { $text }
draft-suggested = {"  "}提案: { $text }
draft-reason = {"  "}差戻しの理由: { $reason }
change-add = 追加
change-replace = 差替え
change-withdraw = 取下げ
review-returned = 差戻し

did-suggest = { $id }: 提案を下書きとして預かりました。コーディネーターが確認すると公開されます。
did-pass = { $id }: 進めました。
did-return-draft = { $id }: 差し戻しました。
notice-profile-published = 公開しました。紹介文は今日の日付の、その機関自身の言葉になります。検索には、次に検索データを作成したときから使われます。
notice-profile-passed = 次の段階へ進みました。公開まで、もう一度確認が必要です。
notice-profile-returned = 理由を添えて、提案した人に知らせます。

reason-no-draft = その番号の下書きはありません
reason-no-passage = その機関に、その ID の文章はありません
reason-too-long = 長すぎます。2000文字までにしてください
reason-personal-data = メールアドレスや携帯電話の番号は載せられません。消してから出し直してください

### 紹介文の期限

task-profile-notice = 紹介文の確認のお願い
slack-told-profile-notice = { $organisation } の紹介文は、しばらく確認されていません。今のままでよければ「今もそのまま」を押してください。{ $on } までに確認がないと、検索に表示されなくなります（確認すれば、すぐに戻ります）。
