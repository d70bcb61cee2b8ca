### 評価: 目標、第Ⅰ期の実績、委員会の意見。

## matchbot targets

cli-targets =
    目標を立て、どこまで達したかを見る

    目標は台帳に記録され、変えるには理由が要ります。達成は確定した数値だけで測ります。
cli-targets-FIGURE = 数値の番号（I10a、I09a など）
cli-targets--cluster = プロジェクト（クラスター）の ID。省くと全体の目標
cli-targets--from = 期間の初日
cli-targets--to = 期間の末日
cli-targets--fy = 年度（2026、平成18年度、R8 など）。既定は今年度
cli-targets--as-of = この時点で知られていたとおりに数える（既定は今）
cli-targets-set = 目標を立てる（すでにあるものを変えるには --reason が必要）
cli-targets-set-VALUE = 目標の値
cli-targets-set--source = 何に書かれているか
cli-targets-set--reason = 変える理由
cli-targets-lift = 誤って立てた目標を取り消す（前の記録も残る）
cli-targets-lift--reason = 理由
cli-targets-init = 制度の資料が定める目標（第Ⅱ期の新事業 40,000 件）を立てる
cli-targets-import =
    目標の一覧をファイルから取り込む

    もう一度取り込んでも、二重にはなりません。使えない行は報告します。
cli-targets-import-FILE = CSV・XLSX・JSON。指標、目標値、年度（または初日と末日）の列が必要。クラスター、出典、理由は任意
cli-targets-list =
    目標と達成、見通しを表示する

    期間を指定しなければ、立っている目標をすべて期間順に示します。
cli-targets-baselines = 第Ⅰ期の実績を、読み方の注意とともに表示する
did-target = { $id }: 目標を記録しました。
did-target-lift = { $id }: 目標を取り消しました。
targets-initialised = 資料の目標を { $n } 件記録しました。
targets-imported = { $rows }行: 新しい目標 { $recorded }件、同じもの { $known }件。
targets-of-the-programme = 経済産業省「産業クラスター施策について」（2006年11月10日）
targets-method = 見通しは、直近12～36か月（満月だけ）の件数がこのまま続くとした値と95%予測区間（負の二項分布、月ごとのばらつきで広げる）。季節線は、直近の満年の月別割合による。伸びや落ち込みは見込まない。
baselines-told = 第Ⅰ期（2001～2005年度）は定義も時点も違うので、そのまま比べられません。どの数値にも足しません。
command-set_target = 目標の設定
reason-no-target = その目標はありません

column-target = 目標
column-reached = 達成率
column-straight = 直線なら
column-seasonal = 季節線なら
column-forecast = 見通し（95%区間）
column-baseline = 第Ⅰ期（参考）
column-caveats = 読み方の注意
column-period = 期間

no-forecast-not-a-count = 積み上がる件数ではない
no-forecast-too-short = 1年分の記録がない
no-forecast-over = 期間終了
no-forecast-not-begun = 期間前

baseline-told = { $name } { $value }{ $unit }（{ $caveats }）
baseline-firms = 参画企業
baseline-universities = 参画大学（高専を含む）
baseline-new-businesses = 新事業の開始
baseline-started-business = 新事業を始めた企業の割合
baseline-second-founding = 第二創業の割合
baseline-university-ventures = 大学発ベンチャー
baseline-new-collaboration = 新たに連携が始まった企業の割合
baseline-consortium-awards = 地域新生コンソーシアム研究開発事業に占める割合
baseline-alliance-awards = 新連携支援の認定に占める割合
baseline-performance = 参画企業の経営状況（全国平均を上回るとされる）
caveat-approximate = 約
caveat-forecast = 見込み
caveat-no-base = 母数の記載なし
caveat-no-date = 時点の記載なし
caveat-estimated = 2005年12月末の参画から推計
caveat-cumulative = 累計
caveat-other-unit = 単位や範囲が違う
caveat-survivors = 5期連続の企業だけ、大企業を除き業種で補正、数値の記載なし

## 報告書の目標の節

report-targets = 目標と達成
report-progress-by-project = プロジェクト別の目標の達成
report-progress-by-project-told = 目標を立てたプロジェクトごとの、目標に対する確定値の割合（%）。縦の線は直線なら達しているはずの割合、横の細い線は期間末の見通しの95%区間。
report-progress-told = 年度末ごとの累計（確定値、証拠 A・B）と、目標までの直線。点線は期間末の見通し、帯はその95%区間。
report-progress = 目標の達成
report-in-time = 期間中
report-so-far = 累計
report-share-of-target = 目標に対する割合（%）
report-baselines = 第Ⅰ期の実績（参考）

## matchbot comments, breaks

cli-comments = 委員会の意見と、それへの対応を記録する（PDCA）
cli-comments-FIGURE = 数値の番号（I10a、I09a など）
cli-comments--figure = この数値についてだけ
cli-comments--fy = 年度（2026、平成18年度、R8 など）
cli-comments-add = ある年度の数値について、委員会の意見を記録する
cli-comments-add-TEXT = 意見
cli-comments-add--fy = 年度（2026、平成18年度、R8 など）。既定は今年度
cli-comments-act = 意見への対応を記録する
cli-comments-act-COMMENT = 意見の ID
cli-comments-act-TEXT = 対応
cli-comments-list = 意見と対応を一覧する
cli-breaks = 時系列の断層（定義や範囲の変更）を記録する
cli-breaks--figure = この数値だけ。省くとすべての数値
cli-breaks--cluster = このクラスターだけ。省くとすべて
cli-breaks-add = ある日を境に、前の数値と比べられないことを記録する
cli-breaks-add--on = その日
cli-breaks-add--reason = 何が変わったか
cli-breaks-lift = 誤って記録した断層を取り消す（前の記録も残る）
cli-breaks-lift-BREAK = 断層の ID
cli-breaks-lift--reason = 理由
cli-breaks-list = 断層を一覧する
did-comment = { $id }: 意見を記録しました。
did-comment-act = { $id }: 対応を記録しました。
did-break = { $id }: 時系列の断層を記録しました。
did-break-lift = { $id }: 断層を取り消しました。
comments-none = 意見はありません。
breaks-none = 記録された断層はありません。
breaks-of-all = すべて
command-mark_break = 断層の記録
command-add_comment = 意見の記録
command-act_on_comment = 対応の記録
reason-no-comment = その意見はありません
reason-no-break = その断層はありません
column-fiscal-year = 年度
column-comment = 意見
column-actions = 対応
report-comments = 委員会の意見と対応
text-source = 出典
text-comment = 委員会の意見

## matchbot report export-db

cli-report-make = 報告書を書く（make は省けます）
cli-report-export-db =
    評価者が自由に調べるためのデータベースを書き出す（SQLite）

    年度ごとの数値・定義・目標・意見だけで、案件や機関、個人の行はありません。3機関に満たない数値と、それを割り出せる数値は秘匿します。隣の metadata.json とともに Datasette で開けます。
cli-report-export-db-FILE = 書き出すファイル
cli-report-export-db--fy = 最後の年度（2026、平成18年度、R8 など）。既定は今年度
cli-report-export-db--from = 期間の初日
cli-report-export-db--to = 期間の末日（その年度まで）
reason-not-an-export = そこには別のファイルがあります
export-title = 産業クラスター・マッチング 評価者のデータベース
export-told = 外に出せる数値だけです。{ $fewest } 機関に満たない数値と、それを割り出せる数値は秘匿しています。
export-table-numbers = 年度ごとの数値。breakdown が空の行は全体。is_hidden は秘匿、is_expected は見込み（確定とは足さない）
export-table-figures = 数値の定義（データ辞書）
export-table-targets = 目標と達成、見通し
export-table-baselines = 第Ⅰ期の実績（参考。そのまま比べられない）
export-table-comments = 委員会の意見と対応
export-table-breaks = 時系列の断層
query-trend = 年度ごとの推移（figure に I05 など）
query-parts = 内訳（breakdown に cluster、kind、purpose、path、pair など）
query-pairs = クラスター間の紹介
query-progress = 目標と達成
query-satisfaction = 満足度と NPS
query-hidden = 秘匿した数値の数
query-definition = 定義（figure に I05 など）

## matchbot report yearly

cli-report-yearly =
    コーディネーターの実績報告書を書く（HTML と XLSX）

    紹介から面談までの数値、成果（複数で支援したものは按分し、全体では1件）、紹介した案件の一覧、定義。本人と事務局だけが書けます。
cli-report-yearly--out = 書き出すフォルダー
cli-report-yearly--coordinator = コーディネーターの会員 ID（既定は操作する本人）
cli-report-yearly--fy = 年度（2026、平成18年度、R8 など）。既定は今年度
yearly-title = 実績報告書
yearly-work = 紹介の実績
yearly-cases = 紹介した案件
report-credits = 成果への寄与（按分）
report-credits-told = 確定した成果（証拠 A・B）を、寄与を申告したものの間で等分した値。延べは申告の数、按分の和は申告のある成果の数と同じで、二重には数えません。
reason-no-coordinator = そのコーディネーターはいません
column-claimed = 申告（延べ）
column-share = 按分
column-in-all = 全体の件数

## matchbot performance

cli-performance = 会員企業の年次の数値を取り込み、全国平均と比べる
cli-performance-import =
    会員企業の年次の数値（または全国平均）をファイルから取り込む

    もう一度取り込んでも、二重にはなりません。前と違う数値には理由の列が要ります。使えない行は報告します。
cli-performance-import-FILE = CSV・XLSX・JSON。年度、法人番号（または機関の ID）と、売上高・従業員数・付加価値額のいずれかの列が必要。大企業（はい・いいえ）、業種、理由は任意
cli-performance-import--average = 全国平均の一覧として取り込む（機関は不要、業種・出典は任意）
cli-performance-index = 5年連続の企業の指数を、全国平均とともに表示する
cli-performance-index--by = クラスターごと、業種ごとにも示す
cli-performance-index--fy = 5年の最後の年度（2026、平成18年度、R8 など）。既定は今年度
cli-performance-index--as-of = この時点で知られていたとおりに数える（既定は今）
performance-imported = { $rows }行: 新しい年次の数値 { $recorded }件、同じもの { $known }件。
performance-none = 年次の数値はありません。
performance-told = { $account }: 5年連続の企業 { $n } 社（途中で報告をやめた { $dropped } 社と大企業 { $large } 社を除く）
performance-bias = 指数は最初の年を100とし、5年とも報告した企業の合計から出します。報告をやめた企業は入らないので、実際より良く見えます（生き残りの偏り）。
report-performance = 会員企業の経営状況（全国平均との比較）
report-performance-told = 最初の年を100とした指数。5年とも報告した企業だけの合計で、大企業と、途中で報告をやめた企業を除くので、実際より良く見える（生き残りの偏り）。
account-sales = 売上高
account-employees = 従業員数
account-value_added = 付加価値額
column-members-index = 会員企業（指数）
column-average-index = 全国平均（指数）
column-reporting = 報告した企業

## matchbot story

cli-story =
    成果の事例（紹介から生まれたこと）を書き、両者の同意を得て公開する

    matchbot story CASE で下書きができます。同意はその文面に対するもので、書き直すと取り直しになります。
cli-story-CASE = 案件の ID
cli-story--for = 機関（ID または名称）。既定は、その会員が代表する機関
cli-story-draft = 記録から下書きを作る（--text で手直しした文面に差し替える）
cli-story-draft--text = 文面のファイル（「-」は標準入力）
cli-story-show = 文面と、まだ同意していない機関を表示する
cli-story-consent = 今の文面での公開に同意する、または聞いた同意を記録する
cli-story-consent--means = Slack の外で聞いた手段
cli-story-withdraw = 公開に同意しない、または同意を取り下げる（公開中なら取り下げ）
cli-story-changes = どこを直してほしいかを伝える（直った文面に、あらためて同意します）
cli-story-changes-TEXT = 直してほしいところ
cli-story-publish = 公開する（すべての機関の同意が必要）
cli-story-list = 公開中の事例を一覧する
did-story-consent = { $id }: 公開への同意を記録しました。
did-story-withdraw = { $id }: 公開に同意しないことを記録しました。
did-story-changes = { $id }: 直してほしいところを記録しました。下書きした人に伝わります。
did-story-publish = { $id }: 公開しました。
story-title = 事例: { $parties }
story-sought = 探していたもの（{ $purpose }）: { $sought }
story-met = 紹介（{ $on }）: { $parties }
story-party = { $name }（{ $cluster }）
story-meetings = 面談: { $days }
story-results = 生まれたこと:
story-result = ・{ $kind }（{ $on }、{ $certainty }、根拠 { $evidence }）
story-no-results = 生まれたこと: まだ記録がありません。
story-answered = { $organisation }: { $answer }
story-wished = { $organisation }: { $answer }「{ $wish }」
story-answer-yes = 同意
story-answer-no = 同意しない
story-answer-changes = 修正を希望
story-is-published = 公開中です。
story-missing = まだ公開できません。今の文面に同意していない機関: { $parties }
story-ready = すべての機関が同意しました。matchbot story publish { $id } で公開できます。
stories-none = 公開中の事例はありません。
report-stories = 成果の事例
text-story = 成果の事例
command-draft_story = 事例の下書き
command-consent_to_story = 公開への同意
command-publish_story = 事例の公開
reason-not-all-consented = この文面に、まだ同意していない機関があります
reason-rewritten = 文面が、その後書き直されています。今の文面をご覧ください
reason-story-too-long = 1つのメッセージで読める長さ（8,000字）を超えています
text-story-wish = 事例への修正の希望
reason-no-story = その案件の事例はまだ書かれていません
