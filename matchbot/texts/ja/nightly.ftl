# 夜間処理: コマンドの表示と、失敗時に事務局へ送る文

cli-nightly =
    夜間処理を行う（控え・取り込み・検索データ・通知・報告・整理）

    どの工程もやり直せます。途中で止まっても、次の実行が続きから行います。取り込むファイルはホームの inbox/ に置きます（CSV・XLSX・JSON。列の対応は 名前.mapping.toml に書いて同じ場所に置けます）。処理後は結果の報告とともに inbox/done か inbox/rejected に移ります。今より大きく劣る検索データには切り替えません。すべて成功すると終了コードは 0 です。
cli-nightly--dry-run = 何をするかだけを表示し、何も変えない
cli-nightly--retrain = 変更が少なくても、モデルを学習し直す

stage-nightly-backup = 台帳の控えを取っています
stage-nightly-inbox = 受け取ったファイルを調べています
stage-nightly-build = 検索データを作っています
stage-nightly-jobs = 期限の来たものを処理しています
stage-nightly-report = 報告書を書いています
stage-nightly-prune = 古いものを片付けています

nightly-step-backup = 台帳の控え
nightly-step-inbox = ファイルの取り込み
nightly-step-build = 検索データ
nightly-step-jobs = 督促とお知らせ
nightly-step-report = 報告書
nightly-step-prune = 整理

nightly-dry-run = 試行のため、何も変えていません。
nightly-backup = 控え: { $folder }
nightly-no-ledger = 控えを取る台帳はまだありません。
nightly-behind = 検索データの作成後に変更された機関: { $n }
nightly-published = 新しい検索データに切り替えました: { $name }
nightly-unchanged = 内容に変わりがないため、今の検索データを使い続けます: { $name }
nightly-changes-unknown = 前の検索データを読めないため、何が変わったかは示せません。
nightly-report = 報告書: { $folder }
nightly-pruned = 片付けたもの: { $n }
nightly-failed = 失敗: { $step }。{ $error }
nightly-done = すべての工程が終わりました。

inbox-done = 取り込み済み: { $file }
inbox-rejected = 取り込めません: { $file }
inbox-waiting = 変更されたばかりなので次回に回します: { $file }
inbox-trial-done = 取り込めます: { $file }
inbox-trial-rejected = 取り込めません: { $file }
inbox-trial-waiting = 変更されたばかりなので次回に回します: { $file }
inbox-error = { "  " }{ $error }
inbox-rows = { "  " }行数 { $rows }、不採用 { $rejected }、機関の追加 { $added }・変更 { $changed }、文章の追加・変更 { $passages }

error-nightly-running = 夜間処理は別の処理が行っているところです（{ $folder }）。終わってから、もう一度実行してください。
error-storage = ディスクに空きがないか、ファイルを読み書きできません（{ $file }: { $reason }）。空きを作るか権限を直してから、もう一度実行してください。

slack-told-nightly-failed = { $night } の夜間処理のうち { $n }工程が失敗しました。検索は前のデータで続いています。
slack-nightly-step = ・{ $step }（{ $code }）
slack-nightly-remedy = 原因と対処は、運用担当者が `matchbot nightly` を実行すると表示されます。

# 点検の結果と対処

cli-doctor =
    不具合を調べ、直し方を示す

    ホームのフォルダー、ディスク、コーパス、検索データとモデル、台帳と控え、前回の夜間処理、Slack の設定を調べます。直すべきものがあると終了コードは 78 です。「参考」は不具合ではありません。

doctor-level-ok = 正常
doctor-level-note = 参考
doctor-level-fault = 不具合
doctor-finding = { $level }: { $told }

doctor-home = ホームのフォルダーは { $folder } です。
doctor-no-home = ホームのフォルダー { $folder } がまだありません。`matchbot setup` を実行するか、MATCHBOT_HOME に場所を設定してください。
doctor-home-not-writable = ホームのフォルダー { $folder } に書き込めません。matchbot を動かすユーザーの所有にしてください（`chown -R matchbot`）。
doctor-open-to-others = この機械の他のユーザーが { $folder } の { $files } を読めます。`chmod -R go-rwx { $folder }` を実行してください。
doctor-disk = ディスクの空きは { $free } MB です（必要な目安は { $needed } MB）。
doctor-disk-low = ディスクの空きが { $free } MB しかありません。検索データの作成には { $needed } MB 必要です。空きを作るか、MATCHBOT_SNAPSHOTS_KEPT を減らしてください。
doctor-corpus = コーパスの機関数は { $n } です。
doctor-corpus-damaged = コーパス { $file } を読めません。別の名前に移してから `matchbot corpus init` を実行し、`inbox/done` の一覧を取り込み直してください。取り下げや統合の登録もやり直しになります。
doctor-corpus-empty = コーパスが空です。`matchbot setup` か `matchbot corpus import ファイル` を実行してください。
doctor-search-data = 検索データ { $name } に異常はありません（機関 { $n }）。
doctor-search-data-behind = 検索データの作成後に { $n } 機関が変更されました。次の `matchbot nightly` で反映されます。
doctor-model = 検索のモデルは使えます（{ $encoder }）。
doctor-model-failed = モデル { $encoder } を読み込めず、語句による簡易検索になっています。元の場所に戻すか、MATCHBOT_ENCODER に別のものを設定して `matchbot index build` を実行してください。
doctor-own-model-failed = 検索データのモデルを読み込めず、語句による簡易検索になっています。次の `matchbot nightly` が新しく学習します。すぐ直すには `matchbot index build` を実行してください。
doctor-no-ledger = 台帳がありません。検索はできますが、ご紹介はできません。始めるには `matchbot ledger create` を実行してください。
doctor-ledger = 台帳に異常はありません（{ $n } 件）。
doctor-ledger-damaged = 台帳が記録されたとおりではありません。`matchbot ledger verify` で箇所を確かめ、最後の控えから `matchbot ledger restore` で戻してください。
doctor-no-backup = 台帳の控えが { $folder } にありません。`matchbot nightly` を毎晩実行してください。
doctor-backup = 最後の控えは復元できます: { $folder }
doctor-backup-old = 最後の控えが2日より前のものです: { $folder }。`matchbot nightly` が動いていない理由を確かめてください（`systemctl status matchbot-nightly.timer`）。
doctor-night-unfinished = 前回の夜間処理が途中で止まっています。`matchbot nightly` を実行すると続きから行います。
doctor-night = 前回の夜間処理は { $on } に終わり、失敗はありません。
doctor-no-night = 夜間処理はまだ行われていません。毎晩 `matchbot nightly` を実行してください（docs/operations.md）。
doctor-night-failed = { $on } の夜間処理に失敗した工程があります: { $failed }。`matchbot nightly` を実行すると、工程ごとの対処が分かります。
doctor-night-old = 夜間処理は { $on } が最後です。動いていない理由を確かめてください（`systemctl status matchbot-nightly.timer`）。
doctor-no-slack = Slack は未設定です。端末ではすべて使えます。設定の方法は docs/slack.ja.md にあります。
doctor-no-bot-token = MATCHBOT_SLACK_BOT_TOKEN がないため、Slack で発言できません。トークンは Slack のアプリのページにあります。
doctor-no-way-in = Slack から matchbot に届きません。MATCHBOT_SLACK_APP_TOKEN（ソケットモード）か MATCHBOT_SLACK_SIGNING_SECRET（HTTP）を設定してください。
doctor-slack = Slack の { $team } につながり、権限もそろっています。
doctor-slack-nobody = まだどのワークスペースにも入っていません。`matchbot slack serve` を動かし、ブラウザーで /slack/install を開いてください。
doctor-slack-lacking = Slack の { $team } につながりますが、権限が足りません: { $scopes }。`matchbot slack manifest` の内容をアプリのページに貼り付け、アプリを入れ直してください。
doctor-slack-refused = Slack につながりません: { $reason }。MATCHBOT_SLACK_BOT_TOKEN をアプリのページ（OAuth & Permissions）と見比べてください。
doctor-slack-away = Slack から応答がありません。この機械から slack.com に届くかを確かめてください。未送信のお知らせは、つながったときに送ります。

# matchbot slack check

cli-slack-check =
    Slack につながるか、必要な権限がそろっているかを確かめる

    権限が足りないと終了コードは 78、トークンが使えないか応答がないと 69 です。

# matchbot ledger trace: ログの行から台帳の記録へ

cli-ledger-trace = ログの correlation_id から、そのとき書かれた記録を探す
cli-ledger-trace-ID = ログの行や `matchbot case log` に示される識別子
ledger-trace-nothing = この識別子の記録は台帳にありません。
column-correlation = 識別子
column-subject = 対象
