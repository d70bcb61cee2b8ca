### Slack の画面と、`matchbot slack` の言葉。

## matchbot slack

cli-slack = Slack で matchbot を動かす
cli-slack-manifest = Slack にアプリを作るためのマニフェスト（JSON）を表示する
cli-slack-manifest--url = Slack から届く、このマシンのアドレス（https://…）
cli-slack-manifest--several = 複数のワークスペースに入れられるようにする
cli-slack-manifest--socket = Socket Mode（このマシンが外から届かないとき）用にする
cli-slack-serve = HTTP で動かす（Slack から届くマシンで）
cli-slack-serve--host = 待ち受けるアドレス
cli-slack-serve--port = 待ち受けるポート
cli-slack-socket = Socket Mode で動かす（このマシンが外から届かないとき）
cli-slack-socket--host = /healthz と /metrics を待ち受けるアドレス
cli-slack-socket--port = /healthz と /metrics を待ち受けるポート

slack-serving = http://{ $host }:{ $port }{ $path } で待ち受けています。終わるときは Ctrl-C を押してください。
slack-socket-mode = Socket Mode で動いています。状態は http://{ $host }:{ $port }/healthz で確かめられます。終わるときは Ctrl-C を押してください。
slack-several-needs-http = 複数のワークスペースで使うには、Slack からこのマシンに届く必要があります。Socket Mode では使えません。
slack-not-configured = { $variable } が設定されていません。値は Slack のアプリの管理画面にあります（README の「Slack で使う」を参照）。

## どこでも

slack-send = 送る
slack-close = 閉じる
slack-outdated = このボタンはもう使えません。お手数ですが、最新のメッセージかホームから操作してください。
slack-refused = Slack に断られ、お返事を表示できませんでした。もう一度お試しください。続くときは、受付番号 { $id } を添えて担当者にお知らせください。
slack-too-late = Slack とのやり取りに時間がかかり、画面を開けませんでした。ボタンをもう一度押してください。
slack-waiting = 準備しています…
slack-told-instead = メッセージでお知らせしました。
slack-no-words = 申し訳ありません、ファイル・音声・リンク・絵文字だけでは探せません。探している相手や困りごとを、文字で書いてください。例: 「ガラス基板の欠陥検査ができる相手」
slack-files-unread = 添付は読まずに、書かれた文章だけから探しました。添付の内容も条件にするときは、文字で書き足してください。
slack-failed = 申し訳ありません、うまくいきませんでした。もう一度お試しください。続くときは、受付番号 { $id } を添えて担当者にお知らせください。

## 相手を探す

slack-request = 紹介を希望
slack-more = もっと見る
slack-answered-in-dm = DMで回答しました。
slack-greeting =
    こんにちは。探している相手や困りごとを、ふだんの言葉で書いてください。例: 「ガラス基板の欠陥検査ができる相手」
    やり取りは、ご案内のためにだけ保管します。保管している内容の確認や消去は、いつでも担当者にお申し付けください。

## 紹介を希望する

slack-request-title = 紹介を希望
slack-request-what-happens = 地元クラスターのコーディネーターが内容を確認します。相手の方が「会ってみる」と答えるまで、連絡先はお互いに伝わりません。
slack-request-purpose = 目的
slack-request-brief = 相手に読んでもらう内容
slack-request-brief-hint = 秘密にしたいことは書かないでください。承認されると相手の方が読みます。
slack-request-no-brief = 内容を書いてください。
slack-request-visibility = 公開範囲
slack-request-visibility-hint = 匿名の場合は、双方のクラスターのコーディネーターが承認します。社名は文面でも符号に置き換えますが、製品名など貴機関とわかることは書かないでください。
slack-request-named = はじめから名称を伝える
slack-request-anonymous = 全員が同意するまで匿名（種別・クラスター・おおよその規模だけ）
slack-request-masked = 公開範囲: 貴機関のプロフィールは非公開のため、全員が同意するまで、相手には種別・クラスター・おおよその規模だけが伝わります。
slack-requested = 受け付けました（案件 { $id }）。次はコーディネーターの確認です。承認されると、相手の方にお尋ねします。{ DATETIME($expires_on, dateStyle: "long") }までにお返事がそろわなければ終了し、希望件数は元に戻ります。残りの希望件数: { $left }件
slack-request-taken = 紹介の希望を受け付けました（案件 { $id }）。
slack-withdraw = 取り下げる
slack-withdraw-title = 希望の取下げ
slack-withdraw-sure = 案件 { $id } を取り下げます。よろしいですか。
slack-withdrawn = 案件 { $id } を取り下げました。希望件数は元に戻ります。
