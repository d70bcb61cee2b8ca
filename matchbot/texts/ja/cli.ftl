### コマンドラインの言葉。cli-<コマンド>、cli-<コマンド>--<オプション>、cli-<コマンド>-<引数> は使い方の説明で、
### 説明の1行目がコマンド一覧に出る要約になる。

## matchbot

cli =
    地域産業クラスターの企業・大学・公設試・金融機関の中から、相談に合う相手を理由つきで探します

    初めてのときは `matchbot setup` のあと `matchbot chat` を実行してください。

    選択肢は日本語でも書けます（`--means phone` は `--means 電話` でも同じ）。
cli--help = 使い方を表示して終わる
cli--version = 版を表示して終わる
cli--json = 結果を JSON で出力する

## matchbot setup

cli-setup =
    はじめの準備をする（同梱データと見本、検索データの作成）

    済んでいることは繰り返しません。
cli-setup--sample-scale = 見本の規模。1.0 が実際の規模、0 は見本なし
cli-setup--seed = 見本を作る乱数の種

## matchbot chat

cli-chat =
    相談しながら相手を探す

    標準入力が端末でないときは、1行ずつ読んで答え、終わりまで読むと終了します。
cli-chat--as = 相談する機関（ID または名称）。所属クラスターと所在地を考えに入れます
cli-chat--language = 会話の言語（既定は MATCHBOT_LANGUAGE）

## matchbot search

cli-search = 一度だけ探して、結果を表示する
cli-search-TEXT = 探したい相手・技術・課題
cli-search--kind = 機関の種類（複数指定できる）: firm 企業、 university 大学・高専、 public_institute 公設試、 financier 金融機関・VC、 trading_house 商社、 support_body 支援機関、 association 団体、 other その他
cli-search--cluster = クラスターの ID（複数指定できる）
cli-search--scope = 範囲。own は自クラスター、other は他クラスター、all はすべて
cli-search--prefecture = 都道府県（複数指定できる）
cli-search--as = 探す機関（ID または名称）。その機関自身は結果に出ません
cli-search--limit = 表示する件数
cli-search--explain = 語句・意味・統合の順位、得点と重みを表示する

## matchbot org

cli-org = 機関を調べ、統合・休止する
cli-org-show = 1つの機関について分かっていることを表示する
cli-org-show-ID = 機関の ID
cli-org-show--fields = 項目ごとに出典と日付を表示する
cli-org-find = 名称から機関を探す
cli-org-find-NAME = 名称、またはその一部。株式会社・(株)などの違いは問いません
cli-org-find--limit = 表示する件数
cli-org-candidates = 同じ機関かもしれない組を表示する
cli-org-candidates--limit = 表示する件数
cli-org-merge = 2つの機関を同じ機関として統合する
cli-org-merge-KEPT = 残す機関の ID
cli-org-merge-MERGED = 統合される機関の ID
cli-org-merge--reason = 理由
cli-org-unmerge = 統合を解除する
cli-org-unmerge-MERGED = 統合された機関の ID
cli-org-withdraw =
    機関を検索の対象から外す

    すぐに効き、検索データを作り直す必要はありません。
cli-org-withdraw-ID = 機関の ID
cli-org-withdraw--reason = 理由
cli-org-reinstate = 検索の対象に戻す
cli-org-reinstate-ID = 機関の ID
cli-org-review =
    公開の審査を一段進める、または初めの段階に戻す

    段階は MATCHBOT_RULES_REVIEW_STAGES の順です。最後の段階の機関だけが、次に作る検索データに入ります。すぐに検索から外すには withdraw を使います。
cli-org-review-ID = 機関の ID
cli-org-review-STATE = 移る段階（既定では draft か published）

## matchbot clusters

cli-clusters =
    クラスター（地域のプロジェクト）の一覧、改称・統合・分割・廃止

    改編しても、それまでの参画はその日のクラスターのまま残ります。
cli-clusters--on = この日の状態（既定は今日）
cli-clusters-lineage = 改編の記録を表示する
cli-clusters-rename = クラスターを改称する
cli-clusters-rename-ID = 改称するクラスターの ID
cli-clusters-merge = 複数のクラスターを1つに統合する
cli-clusters-merge-IDS = 統合するクラスターの ID（2つ以上）
cli-clusters-split = クラスターを分割する
cli-clusters-split-ID = 分割するクラスターの ID
cli-clusters-abolish = クラスターを廃止する
cli-clusters-abolish-ID = 廃止するクラスターの ID
cli-clusters--into = 後のクラスター。新しいものは「ID=名称」または「ID=名称=英語名」、すでにあるものは ID だけ
cli-clusters-rename--on = 改編の日（既定は今日）
cli-clusters-merge--on = 改編の日（既定は今日）
cli-clusters-split--on = 改編の日（既定は今日）
cli-clusters-abolish--on = 改編の日（既定は今日）
cli-clusters--reason = 理由

## matchbot corpus

cli-corpus = コーパス（機関のデータ）を読み込み、状態を見る
cli-corpus-init = 同梱の17プロジェクトと機関を読み込む
cli-corpus-import =
    ファイルから機関を読み込む

    CSV（UTF-8・CP932）、XLSX、JSONL、JSON を読めます。使えない行は理由とともに報告し、ほかの行は読み込みます。読めないファイルが1つでもあれば、何も変更しません。
cli-corpus-import-FILES = 読み込むファイル（複数指定できる）
cli-corpus-import--mapping = 列の対応表（同梱の名前、またはファイル）。docs/import.md を参照
cli-corpus-import--dry-run = 変更せずに、何が変わるかだけを表示する
cli-corpus-import--complete = 出典の全件とみなし、今回のファイルにないものを削除する
cli-corpus-sample =
    見本のネットワークを読み込む（前の見本と入れ替える）

    同じ規模・種・日付なら、いつも同じ見本になります。
cli-corpus-sample--scale = 規模。1.0 が実際の規模
cli-corpus-sample--seed = 乱数の種
cli-corpus-sample--as-of = 見本の日付（既定は施策資料の日付）
cli-corpus-status = コーパスの内容と件数を表示する

## matchbot index

cli-index = 検索データを作成・点検し、前のものに戻す
cli-index-build =
    コーパスから検索データを作り、切り替える

    できあがるまでは前の検索データが使われます。失敗しても前のものが残ります。前回から変わらない文章は解析し直しません。学習後に文章の1割超が変わると、モデルを学習し直します。
cli-index-build--encoder = 文ベクトルの作り方（既定は MATCHBOT_ENCODER）
cli-index-build--retrain = 変更が少なくても、モデルを学習し直す
cli-index-build--force = 前のものより大きく劣っていても採用し、その理由を残す
cli-index-build--whole = モデルはそのままで、すべての文章を解析し直す
cli-index-status = 使われている検索データと、その後の変更を表示する
cli-index-list = 残っている検索データの一覧
cli-index-rollback = 前の検索データに戻す（壊れているものは飛ばす）
cli-index-verify = 検索データが壊れていないか点検する
cli-index-verify-NAME = 検索データの名前（既定は使われているもの）

## matchbot eval

cli-eval =
    評価用データで検索の質を測る

    フォルダーの corpus.jsonl から一時的な検索データを作り、queries.jsonl の質問を実際の検索と同じ手順で実行します。
cli-eval-DIR = corpus.jsonl、queries.jsonl などのあるフォルダー
cli-eval--lexical-only = 語句検索だけで測る
cli-eval--dense-only = 意味検索だけで測る
cli-eval--full = 提案と同じく、しきい値や多様性まで含めて測る

## 実行中の表示

stage-import = ファイルを読み込んでいます
stage-sample = 見本を読み込んでいます
stage-read = 機関を読み出しています
stage-train = 文ベクトルのモデルを学習しています
stage-encode = 文ベクトルを計算しています
stage-tune = 検索の重みを選んでいます
stage-ask = 質問を検索しています
stage-write = 検索データを書き込んでいます
interrupted = 中断しました。

## 表の見出し

column-id = ID
column-name = 名称
column-kind = 種類
column-prefecture = 都道府県
column-marks = 区分
column-region = 地域
column-fields = 分野
column-firms-stated = 企業(資料)
column-universities-stated = 大学(資料)
column-firms = 企業(登録)
column-universities = 大学(登録)
column-record = 内容
column-added = 追加
column-changed = 変更
column-removed = 削除
column-unchanged = 変更なし
column-organisations = 機関数
column-passages = 文章数
column-passage = 文章の種類
column-source = 出典
column-as-of = 日付
column-url = URL
column-field = 項目
column-value = 内容
column-kept = 残す
column-merged = 統合する
column-reason = 理由
column-day = 日付
column-change = 改編
column-before = 前
column-after = 後
column-built = 作成日時
column-encoder = 文ベクトル

## 言葉

total = 合計
no-value = －
list-separator = 、
whole-row = 行全体
mark-sample = 【見本】
mark-masked = 【非公開】
mark-draft = 【下書き】
mark-withdrawn = 【休止】
mark-international = 【海外】
mark-live = 使用中
said-by = 出典: { $source }（{ $as_of }）

kind-firm = 企業
kind-university = 大学・高専
kind-public_institute = 公設試
kind-financier = 金融機関・VC
kind-trading_house = 商社
kind-support_body = 支援機関
kind-association = 団体
kind-other = その他

passage-capability = 技術・製品
passage-need = ニーズ
passage-theme = シーズ
passage-mandate = 投融資・取扱方針

record-organisations = 機関
record-passages = 文章
record-memberships = 参画
record-contacts = 連絡先

field-id = ID
field-name = 名称
field-name_en = 英語名
field-aliases = 別名
field-kind = 種類
field-corporate_number = 法人番号
field-country = 国
field-prefecture = 都道府県
field-city = 市区町村
field-website = ウェブサイト
field-industry = 業種
field-fields = 分野
field-size_band = 規模
field-mandate = 投融資の条件
field-membership = クラスター

review-draft = 下書き
review-published = 公開

mandate-ticket = { $least }～{ $most }円

role-home = 本籍
role-member = 参画
role-left = 退会

lineage-renamed = 改称
lineage-merged = 統合
lineage-split = 分割
lineage-abolished = 廃止

candidate-corporate-number = 法人番号が同じ
candidate-name = 名称が同じ

flag-personal-mail = 個人のメールアドレス（検索の対象にしません）
flag-role-mail = 代表メールアドレス（検索の対象にしません）
flag-mobile-number = 携帯電話番号（検索の対象にしません）
flag-corporate-number-dropped = 法人番号が正しくないため、番号なしで登録
flag-website-dropped = URL が正しくないため、URL なしで登録
flag-column-not-read = この列は読み込んでいません（見出しを直すか、--mapping で対応表を指定してください）

## matchbot setup

setup-ready = 準備ができました（検索できる機関 { $organisations }）。`matchbot chat` で相談を始められます。Slack での様子は `matchbot slack demo` で試せます。

## matchbot corpus

difference-none = 変更はありません。
import-did = { $rows }行のうち{ $taken }行を読み込みました。
import-would = { $rows }行のうち{ $taken }行を読み込めます（確認のみで、何も変更していません）。
import-changed = 変更した機関 { $n }: { $ids }{ $more ->
    [0] { "" }
   *[other] {" "}ほか{ $more }
}
import-removed = 削除した機関 { $n }: { $ids }{ $more ->
    [0] { "" }
   *[other] {" "}ほか{ $more }
}
import-rejections = 読み込めなかった行: { $n }
import-rejection = {"  "}{ $file } { $row }行目 { $field }「{ $value }」: { $reason }
import-flags = 確認してください: { $n }件
import-flag = {"  "}{ $file } { $row }行目 { $field }「{ $value }」: { $flag }
import-more = {"  "}ほか{ $n }件（--json で全件を出力）
import-then-build = 検索に反映するには `matchbot index build` を実行してください。
corpus-status = クラスター { $clusters }、うち見本の機関 { $samples }、未公開 { $unpublished }、休止 { $withdrawn }、統合済み { $merged }、文章のない機関 { $without }、連絡先 { $contacts }
corpus-is-indexed = 検索データは、この内容から作られています。
corpus-is-not-indexed = 検索データはまだこの内容になっていません。`matchbot index build` で作成してください。

## matchbot org

org-none-found = 見つかりませんでした。
org-membership = {"  "}クラスター: { $cluster }（{ $since }から）
org-decision = {"  "}{ $day } { $action }: { $about }
decision-merged = 統合
decision-unmerged = 統合の解除
decision-withdrawn = 休止
decision-reinstated = 再開
decision-reviewed = 審査
org-merged = { $merged } を { $kept } に統合しました。検索には次の `matchbot index build` から反映されます。元に戻すには `matchbot org unmerge { $merged }`。
org-unmerged = { $merged } の統合を解除しました。検索には次の `matchbot index build` から反映されます。
org-withdrawn = { $id } を検索の対象から外しました。元に戻すには `matchbot org reinstate { $id }`。
org-reinstated = { $id } を検索の対象に戻しました。
org-reviewed = { $id } を「{ $state }」にしました。次に検索データを作成したときから反映されます。
org-review-state = {"  "}審査の段階: { $state }
candidates-none = 同じ機関かもしれない組はありません。

## matchbot clusters

clusters-shared-size = * 資料に2つの計画の合計だけが示されているもの。両方に同じ数を表示し、合計では1度だけ数えています。
clusters-totals =
    { DATETIME($on, dateStyle: "long") }現在のクラスターは{ $n }です。資料の数を足すと企業 { $firms }・大学 { $universities }（資料自身の総数は企業 約{ $stated_firms }・大学 約{ $stated_universities }）。
    差について: 企業はそれぞれが概数のため、大学は複数のプロジェクトに参画する大学がそれぞれで数えられているためとみられます（資料に説明はありません）。
lineage-none = 改編の記録はありません。

## matchbot index

snapshot = 検索データ { $name }（{ DATETIME($created_at, dateStyle: "long", timeStyle: "short") } 作成）: 機関 { $organisations }、文章 { $passages }、文ベクトル { $encoder }
snapshot-effort = 新たに解析した文章: { $read }、新たにベクトル化した文章: { $encoded }
snapshot-gate = 前の検索データとの比較: { $figures }
figure-organisations = 機関 { $before } → { $after }
figure-passages = 文章 { $before } → { $after }
figure-golden = 答えの分かっている問いで測った見つけやすさ（{ $name }、最高1） { NUMBER($before, minimumFractionDigits: 3, maximumFractionDigits: 3) } → { NUMBER($after, minimumFractionDigits: 3, maximumFractionDigits: 3) }
figure-held-out = 伏せておいた文章で測った見つけやすさ（{ $name }、最高1、前後の差を見る値） { NUMBER($before, minimumFractionDigits: 3, maximumFractionDigits: 3) } → { NUMBER($after, minimumFractionDigits: 3, maximumFractionDigits: 3) }
snapshot-forced = 許容幅を超えていますが、採用しました。理由: { $reason }
snapshot-none = 検索データはまだありません。`matchbot index build` で作成してください。
snapshot-is-current = コーパスの今の内容と一致しています。
snapshot-is-behind = 作成後に変更された機関: { $changed }。反映するには `matchbot index build` を実行してください。
snapshot-verified = 検索データ { $name } に異常はありません。
notice-too-small-to-train = データが少なく、文ベクトルのモデルを学習できませんでした。語句による簡易検索になります。
notice-encoder-failed = 文ベクトルのモデルを読み込めません。語句による簡易検索になります。

## matchbot search

mark-other-cluster = 【他クラスター】
alternative-separator = ／
fact-separator = ・
card-conditions = 条件: { $pieces }
card-sentence = 理由: 「{ $sentence }」
card-words = 一致した語: { $words }
explain-weights = 統合の重み: { $weights }
part-passages = 語句(文章)
part-profile = 語句(全体)
part-dense = 意味
part-votes = 意味(票)
column-place = 表示
column-lexical-rank = 語句の順位
column-dense-rank = 意味の順位
column-rank = 統合の順位
column-part-passages = 語句(文章)
column-part-profile = 語句(全体)
column-part-dense = 意味
column-part-votes = 意味(票)
column-score = 得点
notice-scope-needs-asker = 自クラスター・他クラスターの別は、どの機関からの相談か分からないため、すべてのクラスターから探しました。

## matchbot eval

evaluated = 評価用データ { $name }: 機関 { $organisations }、文章 { $passages }、正解のない質問 { $unjudged }。[ ] は95%の区間（ブートストラップ法）。
overall = 全体
column-group = 群
column-n = 質問数
column-measure-success-1 = success@1
column-measure-success-10 = success@10
column-measure-recall-10 = recall@10
column-measure-recall-100 = recall@100
column-measure-mrr-10 = MRR@10
column-measure-ndcg-10 = nDCG@10
