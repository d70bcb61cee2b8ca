### エラー。error-<code> は何が起きて、どうすればよいか。reason-<code> はその理由（文の一部になる）。

error-unexpected = 思いがけない問題が起きました。
error-corpus = コーパスに問題があります。
error-indexing = 検索データに問題があります。

error-configuration = 環境変数 { $variable } の値「{ $value }」は使えません（{ $reason }）。値を直すか、設定を外してください。使える値は docs/configuration.md にあります。
error-empty-corpus = コーパス { $file } に機関がまだありません。`matchbot setup` で同梱のデータを、または `matchbot corpus import` で自分のデータを読み込んでください。

error-record = 項目 { $field } の値「{ $value }」は使えません: { $reason }。
error-unknown-organisation = 「{ $id }」という ID の機関はありません。`matchbot org find 名称` で ID を調べてください。
error-unknown-cluster = 「{ $id }」という ID のクラスターはありません。`matchbot clusters` で ID を確かめてください。
error-unreadable-file = ファイル { $file } を読み込めません: { $reason }。何も変更していません。
error-mapping = 対応表 { $file } { $place } に誤りがあります: { $reason }。書き方は docs/import.md にあります。
error-merge = { $merged } を { $kept } に統合（または解除）できません: { $reason }。
error-review-state = { $id } は「{ $state }」から「{ $wanted }」へ進めません。公開の手順に沿って一段ずつ進めてください。
error-lineage = クラスター { $id } をそのようには改編できません: { $reason }。
error-registry-busy = コーパス { $file } に別の処理が長く書き込んでいます。終わってから、もう一度実行してください。
error-several-sources = 一度に置き換えられる出典は1つだけですが、指定されたファイルの出典は { $sources } です。出典ごとに分けて実行してください。

error-case = 案件の処理に問題があります。
error-transition = { $id } は「{ $state }」なので、{ $command }はできません。今の状態と経過を確かめてください。
error-step = { $id } では{ $command }ができません: { $reason }。

error-encoder = 文ベクトルのモデル { $model } を使えません: { $reason }。名前かフォルダーを確かめるか、MATCHBOT_ENCODER=none（語句検索のみ）で作成してください。
error-snapshot = 検索データ { $snapshot } が壊れているか、形式が違います（{ $file }: { $reason }）。`matchbot index rollback` で前のものに戻すか、`matchbot index build` で作り直してください。
error-no-snapshot = 使える検索データが { $folder } にありません。`matchbot index build` で作成してください。
error-gate = 新しい検索データは採用されず、前のものが引き続き使われます。許容を超えた値: { $refused }（すべての値: { $figures }）。最近の取り込みを `matchbot corpus status` で確かめてください。正しければ `matchbot index build --force "理由"` で採用できます。許容幅は MATCHBOT_GATE_COUNTS と MATCHBOT_GATE_MEASURES で変えられます。
error-build-running = 検索データは別の処理が作成しているところです（{ $folder }）。終わってから、もう一度実行してください。
error-evaluation-set = 評価用データ { $file }{ $line ->
    [0] { "" }
   *[other] の{ $line }行目
} を読めません: { $reason }。

error-policy = ネットワークの決まりにより、この操作はできません。
error-not-allowed = この操作はできません: { $reason }。担当のコーディネーターか事務局にご相談ください。
error-conflict = この案件は承認できません: { $reason }。別のコーディネーター、いない場合は事務局が承認します。
error-reason-needed = この案件を承認するには理由が必要です: { $reason }。それでも進める理由を添えてください。
error-quota-exceeded = いまは紹介を希望できません: { $reason }（上限{ $limit }件）。次に希望できるのは{ $frees_on }からです。
error-repeated-request = 同じ相手への同じ希望が、{ $id } で進んでいます。結果をお待ちいただくか、取り下げてからもう一度お試しください。
error-repeated-text = 同じ文面での紹介希望は{ $days }日間に{ $limit }件までです。相手ごとに書き分けるか、{ $frees_on }以降にもう一度お試しください。
error-unavailable = このお相手は、いまご紹介できません。ほかの候補をお選びください。
error-paused = 紹介を希望できません: { $reason }。再開すると希望できるようになります。
error-deferral = 検討中の期日を{ $until }にはできません。明日から{ $latest }までの日を指定してください。

## 値・行

reason-empty = 空です。値を入れてください
reason-bad-id = ID に使えるのは半角の英数字と . _ : - で、64文字までです
reason-wrong-length = 法人番号は13桁です
reason-not-digits = 数字だけで書いてください
reason-check-digit = 検査用数字が合いません。番号の写し間違いを確かめてください
reason-unknown-kind = 機関の種類として読めません。firm, university などの種類に直すか、対応表で読み替えてください
reason-unknown-passage-type = 文章の種類として読めません。capability, need, theme, mandate のいずれかにしてください
reason-unknown-prefecture = 都道府県名として読めません
reason-unknown-country = 国として読めません。JP のような2文字の記号にしてください
reason-unknown-cluster = そのクラスターはありません。`matchbot clusters` の ID か名称にしてください
reason-unknown-role = 参画の立場として読めません。home, member, left のいずれかにしてください
reason-unknown-member-role = 役割として読めません。会員企業、コーディネーター、事務局、評価者、管理者のいずれかにしてください
reason-not-a-slack-id = Slack の利用者 ID（U… または W…）か「はい」「いいえ」にしてください
reason-not-an-absence = 不在の初日と最終日を、その順に両方書いてください
reason-unknown-cluster-id = そのクラスターはありません。`matchbot clusters` の ID にしてください
reason-told-before = 同じ会員が上の行にもあります。1人1行にしてください
reason-unknown-outcome-kind = 成果の種類として読めません。成約、共同研究・ライセンス、融資・出資、新事業、創業、第二創業、大学発ベンチャー、上場のいずれかにしてください
reason-unknown-certainty = 見込み・確定のどちらかにしてください
reason-unknown-novelty = 新規性として読めません。製品・サービス・工程のいずれかにしてください
reason-unknown-start = 開始の根拠として読めません。初売上・予算承認のどちらかにしてください
reason-unknown-attribution = 寄与として読めません。決め手・一助・無関係のいずれかにしてください
reason-unknown-anyway = はい・いいえのどちらかにするか、空けてください
reason-not-a-date = 日付として読めません。2006-04-01 のように書いてください
reason-not-an-amount = 金額として読めません
reason-not-yes-or-no = はい・いいえとして読めません
reason-error-cell = 表計算ソフトのエラー値です。元の表を直してください
reason-bad-encoding = 読めない文字があります。ファイルの文字コードを確かめてください
reason-broken-quotes = 引用符が閉じていません
reason-long-cell = 1,000万字を超えるセルがあります。短くしてください
reason-too-many-cells = 見出しより列が多くあります
reason-not-an-object = JSON のオブジェクト（{"{"}…{"}"}）ではありません
reason-not-json = JSON として読めません

## ファイル

reason-missing = ファイルがありません
reason-not-readable = 読む権限がないか、読み出しに失敗しました
reason-unknown-type = 種類が分かりません。CSV・TSV・XLSX・JSONL・JSON を読めます
reason-not-text = 文字のファイルではありません
reason-unknown-encoding = 文字コードが UTF-8 でも CP932（Shift_JIS）でもありません
reason-no-rows = 中身がありません
reason-no-name-column = 機関の名称の列が見つかりません。`--mapping` で対応表を指定してください
reason-no-known-column = 必要な列が見つかりません。列の名前は、このコマンドの `--help` で確かめてください
reason-no-such-sheet = 対応表が指すシートがありません
reason-not-a-workbook = Excel ブックとして読めません

## 対応表

reason-not-toml = TOML として読めません
reason-unknown-mapping = その名前の対応表はありません
reason-unknown-setting = その設定はありません
reason-wrong-setting = 設定の値の形が違います
reason-bad-pattern = 正規表現として読めません
reason-bad-template = ひな形の {"{"}列名{"}"} が正しくありません
reason-no-name = 機関の名称（name）をどの列から取るかが書かれていません

## コーパスのデータベース

reason-not-a-database = matchbot のデータベースではありません
reason-newer-version = 新しい版の matchbot が作ったデータベースです。matchbot を更新してください
reason-backdated = すでに記録されている内容より前の時刻になっています。時計を確かめてください
reason-two-organisations = 同じ文章 ID が2つの機関に使われています

## 統合

reason-itself = 同じ機関です
reason-already-merged = すでに統合されています
reason-chain = 統合を重ねることはできません。先に前の統合を解除してください
reason-not-merged = 統合されていません
reason-several-merged = 複数の機関が統合されています。解除する機関の ID を指定してください

## クラスターの改編

reason-wrong-shape = 改編の前後の数が合いません（改称は1→1、統合は2以上→1、分割は1→2以上、廃止は1以上→0）
reason-not-begun = その日にはまだ始まっていません
reason-ended = その日にはもう終わっています

## 検索データ

reason-hash-collision = 語の符号が衝突しました
reason-format = 形式の版が違います
reason-unreadable = 読めません
reason-size = 大きさが記録と違います
reason-checksum = 内容が記録と違います
reason-json = JSON のオブジェクトではありません
reason-columns = 質問の ID、機関の ID、評点がタブで区切られていません

## 決まり

reason-not-your-role = { $role ->
    [firm] 会員企業・研究者
    [coordinator] コーディネーター
    [staff] 事務局
    [evaluator] 評価者
    [administrator] 管理者
   *[other] { $role }
}の権限にありません
reason-not-your-organisation = ほかの機関の案件です
reason-not-your-cluster = 担当するクラスターの案件ではありません
reason-employed = 当事者である { $organisation } に所属しています
reason-approved-before = すでに一度承認しています。二つ目の承認は別の人が行います
reason-main-bank = { $organisation } の主取引銀行に関わりがあります
reason-same-group = { $organisation } と同じグループに属しています
reason-other-closeness = { $organisation } と近い関係にあります
reason-quota-week = 7日間に希望できる件数に達しています
reason-quota-open = 進行中の紹介希望が上限に達しています
reason-quota-recipient = このお相手への紹介希望が今四半期の上限に達しています
reason-own-pause = { $until }まで紹介を休止しています
reason-own-pause-open = 紹介を休止しています
reason-own-opt-out = 紹介の利用を停止しています

## 紹介と成果

reason-too-few-parties = 異なる機関が2つ以上（新事業・創業・上場などの成果では1つ以上）必要です
reason-other-parties = 当事者が記録と違います
reason-not-a-party = その機関は当事者ではありません
reason-not-requester = 取り下げられるのは申し込んだ機関だけです
reason-not-approver = そのクラスターの承認は要りません
reason-already-approved = そのクラスターはすでに承認しています
reason-same-person = 同じ人が2つのクラスターの承認を兼ねることはできません。別の人に頼んでください
reason-no-reason = 理由が要ります。理由を添えてもう一度お試しください
reason-not-told = 差し止められるのは、知らせを受けたクラスターだけです
reason-not-asked = その機関にはまだ打診していません
reason-answered = その機関の返事はもう出ています
reason-nobody = だれの返事かが分かりません
reason-no-means = 聞き取った返事には、電話・メール・訪問などの手段を付けてください
reason-not-outside = 対面・電話などの手段を選んでください
reason-not-yet = その日はまだ来ていません
reason-before-case = その日は、この案件より前です。年と月を確かめてください
reason-past-day = その日はもう過ぎています。今日か、これからの日を選んでください
reason-no-purpose = 連携の目的か、もとになるニーズが要ります
reason-no-text = 内容が書かれていません
reason-not-due = 伝えた期限がまだ過ぎていません
reason-not-in-charge = その人はこの案件の担当ではありません
reason-nda-stage = NDAの段階が合いません
reason-not-released = すべての機関が同意するまで、相手の書類は読めません
reason-nda-missing = 秘密保持契約の締結日までは、相手の書類は読めません
reason-no-document = その書類はありません
reason-no-such-meeting = その面談の記録がありません。先に日付を付けて面談を記録してください
reason-backwards = 進捗を戻すには理由が要ります
reason-already-confirmed = すでに確定しています
reason-no-subject = 新事業には、その事業のIDが要ります
reason-nothing-said = 回答が空です
reason-out-of-range = 満足度は1から5、推薦度は0から10で答えてください
