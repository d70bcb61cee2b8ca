### 指標: 名前、定義、出力の言葉。

## 指標

indicator-I01 = 参画機関数
indicator-I01-definition = 期間の末日に、いずれかのクラスターに参画している機関。
indicator-I01-numerator = 末日に有効な参画のある機関
indicator-I01-dedupe = 機関は法人番号ごとに1つ。支社・支店は本社と同じ機関、大学は1つの機関とする。延べは参画の数。

indicator-I02 = 積極参加率
indicator-I02-definition = 末日までの12か月に、自らの行動（紹介の希望、回答、面談の報告、情報の更新）、またはコーディネーターが記録した訪問・連絡が1つ以上ある機関の割合。matchbot が行ったことは数えない。
indicator-I02-numerator = そのような行動のある機関
indicator-I02-denominator = 参画機関（I01）
indicator-I02-dedupe = 機関は1度だけ。

indicator-I03 = ニーズ登録件数
indicator-I03-definition = 企業が登録した、またはコーディネーターが代わって登録したニーズ。
indicator-I03-numerator = 登録されたニーズ
indicator-I03-dedupe = 同じ機関が7日以内にほぼ同じ文（文字3連の Jaccard 係数 .95 以上）で登録したものは1件。実数は機関数。

indicator-I04 = 提案表示回数
indicator-I04-definition = 提案された相手の表示。試験や検索品質の測定で出たものは数えない。
indicator-I04-numerator = 表示された相手
indicator-I04-dedupe = 同じニーズに同じ相手は1日1回。実数は相手の機関数。

indicator-I05 = 紹介件数
indicator-I05-definition = 必要な承認と全当事者の同意がそろい、連絡先が伝えられた案件。取り消されたものを除く。代理で記録された同意を含むものは、内訳に示します。
indicator-I05-numerator = 紹介された案件
indicator-I05-dedupe = 同じ組と同じニーズは1件。新しいニーズによる同じ組は延べに数え、実数には数えない。3者以上の案件も1件。

indicator-I06 = 実紹介ペア数
indicator-I06-definition = 紹介された機関の組。
indicator-I06-numerator = 紹介された組
indicator-I06-dedupe = 期間中、同じ組は1度だけ。

indicator-I07 = 新規連携数
indicator-I07-definition = 紹介された組のうち、それまでの36か月に、紹介・面談・契約のいずれでも結びつきがなく、それより前からの結びつきの申告もないもの（申告された結びつきは、その後も続くものとする）。
indicator-I07-numerator = 新しい組
indicator-I07-dedupe = 同じ組は最初の日だけ。

indicator-I08 = 面談件数
indicator-I08-definition = 紹介のうち、面談の行われたもの。証拠は、文書があれば A、双方の報告で B、一方の報告で C、コーディネーターのみで D。
indicator-I08-numerator = 面談した案件
indicator-I08-dedupe = 案件ごとに最初の面談の日。2度目からは延べに数える。

indicator-I09 = 成約件数
indicator-I09-definition = 合意の件数。成約（受注・契約）、共同研究・ライセンス、融資・出資を、署名した日で、分けて数える。制度のいう商談成立は成約を指す。
indicator-I09-numerator = 合意
indicator-I09-dedupe = 複数のコーディネーターやクラスターが申告しても1件。基本契約と個別契約は1件。
figure-I09a = 成約
figure-I09b = 共同研究・ライセンス
figure-I09c = 融資・出資

indicator-I10 = 新事業開始件数
indicator-I10-definition = 始まった新しい製品・サービス・工程の事業（初回の売上、または予算の承認と開始日）を、始まった日で数える。全会員のものと、紹介に由来するものを分ける。
indicator-I10-numerator = 始まった事業
indicator-I10-dedupe = 事業は計画や年度をまたいで1件。複数の会員の共同事業は全体で1件。
figure-I10a = 新事業開始件数（全会員）
figure-I10b = 新事業開始件数（紹介に由来）

indicator-I11 = 創業・第二創業・大学発ベンチャー
indicator-I11-definition = 新しい会社（登記の日）、主な事業の転換（決定の日）、大学の研究による会社（登記の日）。互いに分けて数える。
indicator-I11-numerator = 会社
indicator-I11-dedupe = 会社はそれぞれで1度だけ。
figure-I11a = 創業
figure-I11b = 第二創業
figure-I11c = 大学発ベンチャー

indicator-I12 = 上場件数
indicator-I12-definition = 会員企業の、いずれかの市場への最初の上場。上場した日で数える。
indicator-I12-numerator = 上場した会社
indicator-I12-dedupe = 会社は1度だけ。市場の変更は数えない。

indicator-I13 = 新たに連携が始まった企業比率
indicator-I13-definition = 新規連携（I07）が1つ以上ある会員企業の割合。制度の値（17.2%）は年度のもので、母数の記載がないため、2つの母数で示す。
indicator-I13-numerator = 新規連携のある企業
indicator-I13-denominator = a: すべての会員企業、b: 期間中の調査に回答した会員企業
indicator-I13-dedupe = 企業は1度だけ。
figure-I13a = 新たに連携が始まった企業（全会員企業比）
figure-I13b = 新たに連携が始まった企業（回答企業比）

indicator-I14 = 他クラスター間比率
indicator-I14-definition = 紹介のうち、クラスターをまたぐものの割合。厳密（本籍が異なる）、緩やか（共通の参画がない）、局間（地域が異なる）の3つ。クラスターのない金融機関は別に示す。
indicator-I14-numerator = またぐ紹介
indicator-I14-denominator = 全当事者の本籍が分かる紹介（d は全紹介）
indicator-I14-dedupe = 本籍は紹介した日のもの。
figure-I14a = 他クラスター間（厳密）
figure-I14b = 他クラスター間（緩やか）
figure-I14c = 他クラスター間（局間）
figure-I14d = クラスターのない金融機関を含む紹介

indicator-I15 = 異種間比率
indicator-I15-definition = 紹介された組のうち、企業と大学、企業と金融機関・VC、企業どうし、その他の割合。
indicator-I15-numerator = その種類の組
indicator-I15-denominator = 紹介された組
indicator-I15-dedupe = 種類は紹介した日のもの。
figure-I15a = 企業と大学
figure-I15b = 企業と金融機関・VC
figure-I15c = 企業どうし
figure-I15d = その他の組

indicator-I16 = ネットワーク密度
indicator-I16-definition = 36か月の間に結びつきのあった組の数を、あり得る組の数で割ったもの。D = 2m ÷ (n(n−1))。機関が増えると下がるので、必ず n とともに読む。
indicator-I16-numerator = 結びつきのあった組 m
indicator-I16-denominator = あり得る組 n(n−1)/2。孤立した機関も n に入る
indicator-I16-dedupe = 同じ組は1度だけ。

indicator-I17 = 次数集中度
indicator-I17-definition = 結びつきが少数の機関にどれだけ集中しているか。Σ(最大次数 − 次数) ÷ ((n−1)(n−2))（Freeman）。
indicator-I17-numerator = 最大次数との差の和
indicator-I17-denominator = 星形のときの和 (n−1)(n−2)
indicator-I17-dedupe = I16 と同じネットワーク。コーディネーターは点としない。

indicator-I18 = 媒介中心性・橋渡し
indicator-I18-definition = 媒介中心性（ほかの2機関の間の最短経路すべてのうち、その機関を通るものの割合、0〜1）の最大、全機関の和のうち上位5機関が占める割合、他の2つ以上のクラスターと結びつく機関（橋渡し）の数。a・b の内訳は上位5機関の一覧。
indicator-I18-numerator = a: 最大の媒介中心性、b: 上位5機関の和、c: 橋渡しの機関
indicator-I18-denominator = a: 1、b: 全機関の和、c: —
indicator-I18-dedupe = I16 と同じネットワーク。
figure-I18a = 最大の媒介中心性
figure-I18b = 上位5機関の割合
figure-I18c = 橋渡しの機関

indicator-I19 = 小世界性
indicator-I19-definition = 全機関の平均クラスター係数 C（結びつきが1つ以下の機関は 0）、最大の連結成分の平均経路長 L とその割合、次数を保ったまま結びつきを無作為に組み替えたネットワーク（乱数の種は固定）との比 (C/C₀)÷(L/L₀)。1 より大きいほど小世界。
indicator-I19-numerator = C/C₀
indicator-I19-denominator = L/L₀
indicator-I19-dedupe = I16 と同じネットワーク。
figure-I19a = 平均クラスター係数 C
figure-I19b = 平均経路長 L
figure-I19c = 最大連結成分の割合
figure-I19d = 小世界性の比

indicator-I20 = 双方同意率
indicator-I20-definition = 打診した案件のうち、全当事者が同意したものの割合。打診から30日に満たないものは未成熟として除き、その数を「不明」に示す。一部だけの同意は別に示す。
indicator-I20-numerator = 全当事者が同意した案件
indicator-I20-denominator = 打診から30日以上たった案件
indicator-I20-dedupe = 案件は1度だけ。
figure-I20a = 双方同意率
figure-I20b = 一部だけの同意

indicator-I21 = 提案表示の偏り
indicator-I21-definition = 末日までの90日の提案表示回数が、機関の間でどれだけ偏っているか。Gini 係数、上位10%の占める割合、1度も表示されない機関の割合、その前の90日に表示されなかった機関が表示に占める割合。
indicator-I21-numerator = 表示回数
indicator-I21-denominator = 参画機関のうち、休止・辞退していないもの。d はすべての表示
indicator-I21-dedupe = 機関は1度だけ。
figure-I21a = Gini 係数
figure-I21b = 上位10%の占める割合
figure-I21c = 1度も表示されない機関
figure-I21d = 新たに表示された機関の占める割合

indicator-I22 = 進展率
indicator-I22-definition = 紹介から90日以内の面談、面談から365日以内の成約、成約から730日以内の新事業開始。期間に達しないものは未成熟として除き、その数を「不明」に示す。
indicator-I22-numerator = 次の段階に進んだ案件
indicator-I22-denominator = 前の段階に達し、期間の過ぎた案件
indicator-I22-dedupe = 案件は最初の日だけで追う。
figure-I22a = 紹介から面談へ（90日）
figure-I22b = 面談から成約へ（365日）
figure-I22c = 成約から新事業へ（730日）

indicator-I23 = 応答時間・滞留率
indicator-I23-definition = 依頼から、人による最初の判断までの営業日数（ほかの経路で行われ、記録だけされた紹介を除く）。期限内の割合、期限を過ぎて待つものの割合。差戻しから再提出までの企業の時間は含めず、別に示す。
indicator-I23-numerator = a・b・e: 営業日数、c: 期限内の案件、d: 期限を過ぎて待つ案件
indicator-I23-denominator = 期間中に依頼された案件
indicator-I23-dedupe = 案件は1度だけ。
figure-I23a = 応答時間の中央値
figure-I23b = 応答時間の90%点
figure-I23c = 期限内の割合
figure-I23d = 期限を過ぎて待つ割合
figure-I23e = 差戻し後の企業の時間（中央値）

indicator-I24 = 顧客満足度・NPS
indicator-I24-definition = 調査への回答。満足・やや満足の割合、平均（1〜5）、NPS = 100・(9〜10の割合 − 0〜6の割合)、回答率、機関ごとの平均。見送り・期限切れ・相手のなかった人にも尋ねる。
indicator-I24-numerator = a: 4または5の回答、c: 9〜10と0〜6の差、d: 回答
indicator-I24-denominator = 答えのあった人（d は尋ねた人、e は機関）
indicator-I24-dedupe = 調査ごとに、1人の最新の回答。
figure-I24a = 満足・やや満足
figure-I24b = 満足度の平均
figure-I24c = NPS
figure-I24d = 回答率
figure-I24e = 機関ごとの満足度の平均

indicator-I25 = 証拠率・寄与
indicator-I25-definition = 成約・共同研究・融資と紹介に由来する新事業のうち、証拠が A・B のもの、決め手・一助・無関係の別、当事者が「紹介がなくても会っていた」と答えたもの。
indicator-I25-numerator = その答えのもの
indicator-I25-denominator = 確定した成果のうち、答えのあるもの
indicator-I25-dedupe = 成果は1度だけ。
figure-I25a = 証拠が A・B の割合
figure-I25b = 決め手
figure-I25c = 一助
figure-I25d = 無関係
figure-I25e = 紹介がなくても会っていた

indicator-I26 = 検索データの鮮度・検索品質
indicator-I26-definition = a: 末日までの12か月に、自らの情報を確かめた、または改めた参画機関の割合。b・c: 末日に使われていた検索データが、固定の質問集（日本語・英語）にどれだけよく答えるか。1件目から10件目までの順位の良さ（nDCG@10）と、50件目までに見つかる正解の割合（Recall@50）の平均。d: 検索データが最後に正しく作られた、または今のままで正しいと確かめられた時から、末日の終わり（末日より前の時点ならその時点）までの時間。台帳に記録のある構築だけを数える。
indicator-I26-numerator = a: 情報を確かめた、または改めた機関、b・c: 質問ごとの値の和、d: 時間
indicator-I26-denominator = a: 参画機関（I01）、b・c: 登録データに正解のある質問、d: —
indicator-I26-dedupe = 機関と質問は1度だけ。
figure-I26a = 自らの情報を確かめた機関
figure-I26b = 検索品質 nDCG@10
figure-I26c = 検索品質 Recall@50
figure-I26d = 最後の正常な構築からの時間

indicator-I27 = 他制度の採択・認定に占める会員の割合
indicator-I27-definition = 取り込んだ一覧にある、ほかの制度の採択・認定のうち、その日にいずれかのクラスターに参画している機関が受けたものの割合。
indicator-I27-numerator = 会員が（1機関でも）受けた採択・認定
indicator-I27-denominator = 一覧にある採択・認定（会員でないものも含む）
indicator-I27-dedupe = 制度と採択番号ごとに1件。共同のものも1件。

indicator-I28 = 相互性
indicator-I28-definition = 36か月の間の紹介を、希望した側から相手への向きのある結びつきと見て、逆向きもあるものの割合。
indicator-I28-numerator = 逆向きもある結びつき
indicator-I28-denominator = 向きのある結びつき
indicator-I28-dedupe = 同じ向きの組は1度だけ。実数は組。

indicator-I29 = 訪問・連絡
indicator-I29-definition = コーディネーターが機関を訪ね、または連絡した記録。b は、記録された案件またはニーズが紹介につながったものの割合。
indicator-I29-numerator = 訪問・連絡（b: 紹介につながったもの）
indicator-I29-denominator = b: 期間中の訪問・連絡
indicator-I29-dedupe = 1度に複数の機関を訪ねたときは機関ごとに1件。実数は機関。
figure-I29a = 訪問・連絡の件数
figure-I29b = 紹介につながった割合

## 単位など

unit-organisation = 機関
unit-need = 件
unit-card = 回
unit-case = 件
unit-pair = 組
unit-agreement = 件
unit-business = 件
unit-company = 社
unit-percent = %
unit-ratio = 比（0〜1）
unit-working-day = 営業日
unit-hour = 時間
unit-point = 点
unit-step = 段
unit-times = 倍

basis-stock = 末日現在
basis-period = 期間中の日付
basis-cohort = 期間中に始まったものを追う
basis-rolling-year = 末日までの12か月
basis-rolling-90-days = 末日までの90日
basis-rolling-36-months = 末日までの36か月

breakdown-cluster = クラスター（当日）
breakdown-cluster-today = クラスター（今日）
breakdown-kind = 機関の種別
breakdown-purpose = 目的
breakdown-path = 経路
breakdown-pair = クラスターの組
breakdown-coordinator = コーディネーター
breakdown-role = 役割
breakdown-side = 立場
breakdown-novelty = 新事業の新しさ
breakdown-start = 新事業の開始の根拠
breakdown-scheme = 制度
breakdown-evidence = 証拠の水準

evidence-A = A（文書）
evidence-B = B（双方）
evidence-C = C（一方）
evidence-D = D（コーディネーターのみ）

flag-expected = 見込み
flag-confirmed = 確定
flag-series-break = 時系列の断層
flag-few-answers = 回答が少数
flag-sampled-paths = 経路は標本から
flag-before-members = 名簿の記録前
opened-attested = 同意は代理の記録
flag-hidden = 秘匿
flag-sample = 見本

set-programme = 制度の指標
set-network = ネットワークの指標
set-operations = 運営の指標

side-requester = 希望した側
side-counterpart = 希望された側
side-both = 双方
side-neither = 紹介なし

## matchbot indicators

cli-indicators =
    指標を数える

    どの数値にも、定義と版、延べと実数、分母、不明、時点がつきます。見込みと確定は足しません。見出しの数値は証拠 A・B によるもので、C・D は隣に示します。
cli-indicators--set = どの指標か（制度・ネットワーク・運営）  [既定: all]
cli-indicators--only = この指標や数値だけ（I09、I09a など。何度でも指定できます）
cli-indicators--from = 期間の初日
cli-indicators--to = 期間の末日
cli-indicators--fy = 年度（2026、平成18年度、R8 など）。既定は今年度
cli-indicators--by = 内訳（何度でも指定できます）。cluster クラスター、kind 機関の種別、purpose 目的、path 経路、pair クラスターの組、coordinator コーディネーター、role 役割、side 立場、novelty 新事業の新しさ、start 新事業の開始の根拠、scheme 制度、evidence 証拠の水準
cli-indicators--as-of = この時点で知られていたとおりに数える（既定は今）
cli-indicators--evidence = AB は証拠 A・B だけ、all はすべてを見出しの数値に入れる
cli-indicators--format = 出力の形式
cli-indicators--out = 書き出すファイル（xlsx では必要）
cli-indicators--external = 外に出す表: 3機関に満たない数値と、それを割り出せる数値を秘匿する
cli-indicators--open = この数値（I05、I09a など）の内訳となる案件などを一覧する
cli-indicators--part = --open と --by の内訳のうち、この部分だけ（ID か、表にある名前）
indicators-header = { $period }（{ $from }～{ $to }）、{ $as_of } に知られていたとおり。台帳 { $head }
indicators-before-members = どの機関がどのクラスターにいるかは、{ $since } から記録されています。この時点ではまだ記録がなかったため、参画機関をもとにした数値（目印「名簿の記録前」）は 0 や空になります。
indicators-without-members = どの機関がどのクラスターにいるかは、まだ何も記録されていません。参画機関をもとにした数値（目印「名簿の記録前」）は 0 や空になります。
indicators-fiscal-year = { $era }（{ $year }年度）
indicators-period = 期間
indicators-part-unknown = 不明
indicators-opened = { $figure } { $name }: { $n } 行
indicators-written = { $file } に書きました。
stage-count = 指標を数えています
stage-pages = 報告書のページを書いています
column-figure = 番号
column-part = 内訳
column-figure-value = 値
column-unit = 単位
column-events = 延べ
column-distinct = 実数
column-denominator = 分母
column-missing = 不明
column-weaker = C・D
column-interval = 95%区間
column-flags = 目印
column-thing = 対象
column-behind = 機関
column-measure = 値
column-breakdown = 内訳の別
column-version = 版
column-definition = 定義
column-numerator = 分子
column-dedupe = 重複の扱い
column-basis = 時点
column-known-at = 時点（知られていたとおり）
column-ledger = 台帳
sheet-dictionary = データ辞書

## matchbot report

cli-report =
    評価者向けの報告書を書く（日本語と英語の HTML）

    ほかに何も要らない1つのページと、その隣に一覧の CSV、表の XLSX、図の SVG・PNG を書きます。
cli-report--out = 書き出すフォルダー
cli-report--from = 期間の初日
cli-report--to = 期間の末日
cli-report--fy = 年度（2026、平成18年度、R8 など）。既定は今年度
cli-report--as-of = この時点で知られていたとおりに数える（既定は今）
report-title = 産業クラスター・マッチング 実績の報告
report-about = { $as_of } に知られていたとおり。台帳 { $head }。数値の定義はこのページの終わりにあります。
report-contents = 目次
report-headlines = 主な数値
report-projects = プロジェクト別の主な数値
report-projects-told = 紹介などは、当事者それぞれの本拠のプロジェクトに数えます。このため、足し上げると合計を超えることがあります。合計は足し上げではありません。確定した数値、証拠 A・B によります。
report-beside = 延べ { $n }、実数 { $distinct }、証拠 C・D { $weaker }
report-trend = 年度ごとの推移
report-trend-told = 年度ごとの主な数値。点線は時系列の断層（クラスターの改編など）。
report-funnel = 進み方（経路別）
report-funnel-told = 期間中に申し込まれた案件が、どこまで進んだか。未成熟は、まだ次の段階に進み得る案件。
report-matrix = クラスター間の紹介
report-matrix-told = 紹介がどのクラスターとどのクラスターを結んだか。資料で合計だけが示された計画は隣り合わせ。
report-map = クラスターの地図
report-map-told = 円の大きさは紹介の数、線の太さはクラスターの間の紹介の数。
report-exposure = 提案表示の偏り
report-exposure-told = 表示の少ない機関から順に並べたとき、表示全体のどれだけを占めるか。点線は全機関が等しい場合。
report-organisations = 機関（%）
report-cards = 提案表示（%）
report-reached = 達した案件
report-immature = 未成熟
report-step = 段階
report-table = 表で見る
report-lists = 数値の内訳
report-lists-told = 非公開の機関は符号で示します。ページには最初の200行、隣の CSV にはすべての行があります。
report-rows = { $n } 行のうち { $shown } 行を表示。すべて:
report-open-list = 一覧を開く
report-not-printed = 印刷では、短い表だけを載せています。内訳のすべての表は、このページの画面と、隣の { $file } にあります。
report-list-not-printed = 一覧は印刷しません。すべての行（{ $n } 行）は、隣の { $file } にあります。
report-filter = 絞り込み
report-definitions = 定義
step-requested = 申込み
step-approved = 承認
step-consented = 同意
step-introduced = 紹介
step-met = 面談
step-agreed = 成約など
step-business = 新事業

## matchbot freeze

cli-freeze =
    評価の数値を固定し、後で確かめる

    matchbot freeze mid-term のように名前をつけて固定します。固定したものは外に出るので、3機関に満たない数値は秘匿します。
cli-freeze-NAME = 固定したものの名前（mid-term、ex-post など）
cli-freeze-make = 数値・定義・進行中の案件を固定する
cli-freeze--from = 期間の初日
cli-freeze--to = 期間の末日
cli-freeze--fy = 年度（2026、平成18年度、R8 など）。既定は今年度
cli-freeze--as-of = この時点で知られていたとおりに数える（既定は今）
cli-freeze-verify = 固定した数値を数え直し、同じであることを確かめる
cli-freeze-compare = 固定した2つを比べ、違いの理由を示す
cli-freeze-compare-EARLIER = 前のものの名前
cli-freeze-compare-LATER = 後のものの名前
cli-freeze-sample = 監査のための案件を、再現できるように選ぶ
cli-freeze-sample--n = 案件の数
cli-freeze-sample--seed = 乱数の種
freeze-same = 固定したときと同じです。
freeze-file-changed = { $file } は固定した後で変えられています。
freeze-number-differs = { $number } は数え直すと違う値になります。
freeze-ledger-damaged = 台帳は固定したときのものではありません。matchbot ledger verify で確かめてください。
freeze-no-difference = 2つの数値に違いはありません。
freeze-no-cases = この期間に紹介が成立した案件はありません。期間は固定するときに --fy または --from、--to で指定します。
freeze-redefined = 定義の版が違う
freeze-why =
    新規＝前の固定の後に起きたこと、追録＝前からあり後で記録・訂正されたもの、取消＝取り消し・訂正で数えなくなったもの、
    期間外＝後の期間に入らないもの、変化＝同じ案件などの測った値が変わったもの。どれかは --json で一覧になります。
column-since = 新規
column-late = 追録
column-taken-back = 取消
column-outside-period = 期間外
column-measured-otherwise = 変化
column-earlier = 前
column-later = 後
column-path = 経路
error-pack = { $folder } は使えません: { $reason }。別の名前を使うか、名前を確かめてください。
reason-pack-exists = その名前で固定したものがすでにあります
reason-no-pack = その名前で固定したものはありません
reason-no-figure = その番号の数値はありません（I05、I09a のように、matchbot indicators の表にある番号を書きます）
reason-not-of-coordinators = コーディネーター別の数値は、事務局と本人だけが見られます
not-a-fiscal-year = 「{ $written }」は年度として読めません。2026、平成18年度、R8 のように書いてください。
period-in-two-ways = 期間は --fy か、--from と --to のどちらかで指定してください。
figure-of-another-set = { $figure } は「{ $set }」にはありません（{ $own }です）。--set を外すか、合わせてください。
part-of-nothing = --part は、--open と、1つの --by とともに使います。
no-such-part = 「{ $part }」という部分はありません。ある部分: { $parts }
no-such-breakdown = 「{ $by }」の内訳はありません（そのように分けられる数値が、この中にないか、期間中に1つもありません）。
period-backwards = 期間の末日が初日より前です。
xlsx-needs-a-file = XLSX は画面に出せません。--out でファイルを指定してください。
