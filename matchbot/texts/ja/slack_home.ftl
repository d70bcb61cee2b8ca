### ホーム、所属の確認、言語。

## ホーム

home-page = { $page } / { $of } ページ
home-back = 前のページ
home-next = 次のページ
home-organisation = 機関を選ぶ
home-quota-week = 今週の紹介希望: 残り{ $left }件（上限{ $limit }件）
home-quota-open = 進行中の枠: 残り{ $left }件（上限{ $limit }件）

home-cases = 自分の案件
home-no-cases = 進行中の案件はありません。探している相手をメッセージで送ると、候補をご案内します。
home-case = *案件 { $id }* { $partners }
    { $state }
home-turn = 次に動く人: { $who }（{ $act }、{ $n ->
    [0] 今日から
   *[other] { $n }営業日経過
}）
home-coordinator = { $cluster }のコーディネーター
home-expires = 期限: { DATETIME($on, dateStyle: "long") }
home-introduced = 紹介: { DATETIME($on, dateStyle: "long") }

home-present = ほかの会員の候補に表示されています。
home-pause = 休止する
home-pause-what-happens = すぐに、ほかの会員の候補に表示されなくなります。進行中の案件はそのまま続きます。
home-pause-until = いつまで（その日を含む）
home-pause-hint = 空欄にすると、再開するまで休止します。
home-paused = 休止しています。ほかの会員の候補には表示されません。
home-paused-until = 休止しています（{ DATETIME($until, dateStyle: "long") }まで）。ほかの会員の候補には表示されません。
home-resume = 再開する
home-opt-out = 参加をやめる
home-opt-out-sure = 今後、ほかの会員の候補に一切表示されません。いつでも再開できます。よろしいですか。
home-opted-out = 参加をやめています。ほかの会員の候補には表示されません。

home-needs = 登録したニーズ
home-no-needs = 登録したニーズはありません。
home-need = *{ $purpose }* （{ $id }、{ DATETIME($on, dateStyle: "long") }）
    { $text }
home-erased = （消去済み）
home-close-need = 終了する

home-never = 紹介を希望しない相手
home-never-is-secret = ここに登録した相手とは、候補にも紹介にもお互いに現れません。相手には伝わりません。
home-never-entry = { $name }（{ $kind }）
home-never-lift = 外す
home-never-add = 追加する
home-never-organisation = 相手の機関
home-never-search = 名称の一部を入力

home-profile = プロフィール
home-hint-add = 一文を足す
home-no-profile = 紹介文はまだ登録されていません。
home-seen = 詳しく見られた回数: { $n }回（{ $viewers }人）

## 事務局

home-index = 検索データ
home-corpus = 登録: { $n }機関、紹介文{ $passages }件
home-index-none = 検索データがありません。matchbot index build で作ってください。
home-index-built = 最終更新: { DATETIME($at, dateStyle: "long") }（{ $n }機関）
home-index-changed = その後に変わった機関: { $n }
home-index-of = 文ベクトル: { $encoder }　版: { $hash }

## 言語

home-language = 表示する言語
language-ja = 日本語
language-en = English
language-slack = Slackの設定どおり

## 所属の確認

guest-choose = 所属する機関を選ぶと、地元クラスターのコーディネーターが確認し、紹介を希望できるようになります。公開されている相手の検索は、今すぐできます。
guest-organisation = 所属する機関を選ぶ
guest-claimed = 「{ $organisation }」の方として、コーディネーターの確認を待っています。確認できたらDMでお知らせします。
guest-confirmed = 「{ $organisation }」の方であることを確認しました。これからは紹介を希望できます。
guest-rejected = 「{ $organisation }」の方であることを確認できませんでした。お間違えでしたら、選び直してください。

## コーディネーターのホーム

home-queue = 対応を待っているもの
home-report-outcome = 成果を報告: 案件番号や機関名
home-ticket = *相談 { $id }* { $who }（{ $n ->
    [0] 今日から
   *[other] { $n }営業日経過
}）
    { $text }

## 評価者のホーム

home-counts = 実績
home-counts-where = `/matchbot stats` と入力すると、今年度の実績が、定義と時点を添えてDMに届きます。期間や分類を選んだ集計と実績報告書は、端末の `matchbot indicators` と `matchbot report` で作れます。
