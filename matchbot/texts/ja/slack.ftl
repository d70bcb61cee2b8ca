### Slack の画面と、`matchbot slack` の言葉。

## matchbot slack

cli-slack = Slack で matchbot を動かす
cli-slack-manifest = Slack にアプリを作るためのマニフェスト（JSON）を表示する
cli-slack-manifest--url = Slack から届く、このマシンのアドレス（https://…）
cli-slack-manifest--socket = Socket Mode（このマシンが外から届かないとき）用にする
cli-slack-serve = HTTP で動かす（Slack から届くマシンで）
cli-slack-serve--host = 待ち受けるアドレス（既定は MATCHBOT_SLACK_HOST）
cli-slack-serve--port = 待ち受けるポート（既定は MATCHBOT_SLACK_PORT）
cli-slack-socket = Socket Mode で動かす（このマシンが外から届かないとき）

slack-serving = http://{ $host }:{ $port }{ $path } で待ち受けています。終わるときは Ctrl-C を押してください。
slack-socket-mode = Socket Mode で動いています。終わるときは Ctrl-C を押してください。
slack-not-configured = { $variable } が設定されていません。値は Slack のアプリの管理画面にあります（README の「Slack で使う」を参照）。

## どこでも

slack-send = 送る
slack-close = 閉じる
slack-outdated = このボタンはもう使えません。お手数ですが、最新のメッセージかホームから操作してください。
slack-refused = Slack に断られ、お返事を表示できませんでした。もう一度お試しください。続くときは、受付番号 { $id } を添えて担当者にお知らせください。
slack-failed = 申し訳ありません、うまくいきませんでした。もう一度お試しください。続くときは、受付番号 { $id } を添えて担当者にお知らせください。
