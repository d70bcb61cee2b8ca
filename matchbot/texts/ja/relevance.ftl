# Why a partner comes sooner or later than its words alone would say.

## Ties

tie-undertaking = 以前からのつながり: 同じ「{ $name }」に名前があります
tie-met = 以前からのつながり: ご紹介したことがあります
part-ties = つながり
column-part-ties = つながり
cli-search--no-ties = 以前からのつながりを順位に使わない
cli-eval--no-ties = 以前からのつながりを順位に使わずに測る

## Words that mean the same

card-synonyms = 意味の近い語: { $words }
synonyms-added = 同義語を { $n } 組加えました。次の検索から使います。
synonyms-removed = 同義語を { $n } 組外しました。
synonyms-none = 加えた同義語はありません（同梱の専門用語はいつも使います）。
synonyms-move-nobody = 順位の変わる機関はありません。
synonyms-need-two = 同じ意味の語を2つ以上指定してください。例: matchbot synonyms add 薄膜 "thin film"
column-query = 検索
column-rank-before = 前の順位
column-rank-after = 後の順位
cli-synonyms = 同じ意味の語を登録し、検索に使う
cli-synonyms-list = 登録した同義語を表示する
cli-synonyms-add = 同じ意味の語を登録する（例: 薄膜 "thin film"）
cli-synonyms-add-WORD = 同じ意味の語（2つ以上）
cli-synonyms-preview = 登録した場合に順位が変わる機関を表示する（登録はしない）
cli-synonyms-preview-WORD = 同じ意味の語（2つ以上）
cli-synonyms-remove = その語を含む同義語の組を外す
cli-synonyms-remove-WORD = 外す語
cli-synonyms-import =
    同義語の一覧をファイルから登録する

    1行に1組、語を「|」で区切ったテキスト、または group と surface の列がある CSV（SudachiDict の同義語など）を読みます。
    広く集めた一覧は、合わない候補も増やします。登録の前後を matchbot eval --golden で比べてください。
cli-synonyms-import-FILE = 読み込むファイル
cli-synonyms-import--take-back = このファイルにある同義語を、登録から外す

## The golden set

eval-needs-one-set = 評価用データのフォルダーか --golden のどちらか一方を指定してください。
cli-eval--golden = 同梱の評価用データ（手書きの機関と相談）で測る

## What decides the order besides relevance

explain-terms = 順位の調整（それぞれの上限）: { $terms }
part-diversity = 多様性
part-exposure = 表示回数
part-newcomer = 新顔の枠
column-part-diversity = 多様性
column-part-exposure = 表示回数
column-part-newcomer = 新顔の枠
column-combined = 合計
by-relevance = 関連度だけの順
as-arranged = 調整した順
column-cards = 候補カード
column-gini = 表示回数の偏り（ジニ係数）
column-never-shown = 一度も示されない割合
column-answered-with-partners = 候補を示した割合
column-probability = 関連の確率
explain-probability = お探しの内容に関係する確率（いちばん高いもの）: { $best }（{ $least } に届かなければ候補を示しません）
explain-missing = { $place }. 紹介文に見当たらない語: { $words }
part-feedback = 利用者の反応
part-other-side = 相手側の見込み
column-part-feedback = 利用者の反応
column-part-other-side = 相手側の見込み

## What feedback does

cli-eval--feedback = 反応する利用者を模擬し、似た相談の順位への影響を測る
column-lists = 評価していない似た相談の候補
before-feedback = 反応の前
after-feedback = 反応の後
learnt = 模擬した反応 { $ratings } 件（雑音1割、上位ほど見られやすい）。動いた幅は最大 { $most }。

## Two who only together meet a need

pair-found = 1者ですべてに応えられる相手は見つかりませんでした。はじめの2者が組めば応えられます。
pair-half = 分担: { $half }
slack-request-pair = 2者まとめて紹介を希望
column-answered-with-a-pair = 2者の組を示した割合
explain-pair = 2者の組: { $halves }
explain-half = { $name }（{ $half }、確率 { $probability }）

## What else was understood

piece-stage = 段階: { $value }
piece-amount = 金額: { $value }
piece-urgency = 時期: { $value }
piece-offer = 自社でしていること: { $value }
stage-seed = シード期
stage-early = アーリー期（創業期）
stage-growth = 成長期
stage-later = レイター期
stage-loan = 融資
amount-range = { $least }〜{ $most }

## What financiers state that they fund

part-mandate = 資金の条件
column-part-mandate = 資金の条件
fit-stage = 段階: { $sought }は対象です（{ $stated }）
fit-not-stage = 段階: { $sought }は対象に挙がっていません（対象は{ $stated }）
fit-amount = 金額: { $sought }は対象の範囲内です（{ $stated }）
fit-not-amount = 金額: { $sought }は対象の範囲の外です（{ $stated }）
fit-region = 地域: { $sought }は対象です（{ $stated }）
fit-not-region = 地域: { $sought }は対象に挙がっていません（対象は{ $stated }）
fit-field = 分野: { $sought }は対象です（{ $stated }）
fit-not-field = 分野: { $sought }は対象に挙がっていません（対象は{ $stated }）
