### 一台を超えて: 台帳をサーバーへ。

error-ledger-moved = { $folder } の台帳は、いま { $to } にあります。PostgreSQL に移した台帳なら MATCHBOT_LEDGER_URL にその接続先を書き、フォルダーに戻した台帳なら MATCHBOT_LEDGER_URL を消してください。移す途中で止まったときは、同じ `matchbot ledger migrate-to` をもう一度実行してください。
error-ledger-unreachable = 台帳のサーバー { $server } を使えません: { $reason }。サーバーが動いているか、MATCHBOT_LEDGER_URL が正しいかを確かめて、もう一度実行してください。
error-migration = 台帳を { $to } に移せません: { $reason }。台帳は変更していません。
error-search-cluster = 検索サーバー { $server } を使えません: { $reason }。Milvus が動いているか、MATCHBOT_MILVUS_URL が正しいかを確かめてください。MATCHBOT_MILVUS_URL を消せば、このマシンで検索します。
error-not-installed = この設定に必要なパッケージ（{ $package }）がありません。`pip install "matchbot[{ $extra }]"` で入れてください。

doctor-ledger-server = 台帳のサーバー { $server } が応答しています（PostgreSQL { $version }）。
doctor-ledger-server-old = 台帳のサーバー { $server } は PostgreSQL { $version } です。{ $oldest } 以上が必要です。更新するか、`matchbot ledger migrate-to` で台帳を移してください。
doctor-search-server = 検索サーバー { $server } が応答しています（Milvus { $version }）。
doctor-search-server-old = 検索サーバー { $server } は Milvus { $version } です。{ $oldest } 以上が必要です。更新してください。MATCHBOT_MILVUS_URL を消せば、このマシンで検索します。
doctor-search-server-data = 検索サーバーは { $name } を検索しています。
doctor-search-server-empty = 検索サーバー { $server } に、ホームのフォルダーにある検索データが公開されていません。`matchbot index build` で公開するか、公開したマシンから `snapshots` フォルダーをコピーしてください。
doctor-search-server-other = 検索サーバーは { $published } を検索していますが、このマシンの検索データは { $live } です。意図したものでなければ、`matchbot index build` を実行するか、最後に公開したマシンから `snapshots` フォルダーをコピーしてください。

reason-database-not-empty = そのデータベースにはすでに matchbot のスキーマがあります。空のデータベースを使うか、要らないものなら `DROP SCHEMA matchbot CASCADE` で消してください
reason-not-on-server = 台帳はすでにフォルダーにあります（MATCHBOT_LEDGER_URL が空です）

cli-index-build--scheduler = 文ベクトルを計算する Dask クラスターのスケジューラー（tcp://…）

cli-ledger-migrate-to =
    台帳を PostgreSQL（URL）に移す。「files」ならフォルダーに戻す。
    移す前と後に検証します。移している間、書き込みは待たされます。途中で止まっても、
    もう一度実行すれば続きから終わります。終わったら、変える設定をお知らせします。
cli-ledger-migrate-to-URL = 接続先（postgresql://…）。`files` ならホームフォルダー
cli-ledger-migrate-to--yes = 確認を求めない

confirm-migrate = 台帳を移します。移した後は、今の場所には書き込めません。よろしいですか
ledger-moved-to-server =
    台帳を { $to } に移し、検証しました（記録 { $n }件、本文 { $texts }件、末尾 { $head }）。
    このフォルダーの台帳には、もう書き込めません。MATCHBOT_LEDGER_URL にこの接続先を書き、動いている matchbot をすべて起動し直してください。
ledger-moved-to-files =
    台帳を { $to } に戻し、検証しました（記録 { $n }件、本文 { $texts }件、末尾 { $head }）。
    データベースの台帳には、もう書き込めません。MATCHBOT_LEDGER_URL を消し、動いている matchbot をすべて起動し直してください。
