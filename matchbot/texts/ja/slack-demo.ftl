### `matchbot slack demo` の言葉と、そのページの言葉。

cli-slack-demo =
    Slack のワークスペースなしで、ブラウザーの中でひと通り試す

    同梱の機関と見本のネットワークを使い、このマシンの中だけで動きます。台帳は見本で、起動のたびに新しく始まります。
cli-slack-demo--port = ページのポート（0 は空き）
cli-slack-demo--sample-scale = 見本の規模（初回のみ）
cli-slack-demo--open = ブラウザーを開く・開かない

slack-demo-serving = { $url } を開いてください。企業・コーディネーター・相手先の画面が並んでいます。終わるときは Ctrl-C を押してください。

## 登場する人

demo-employee = { $organisation } 社員
demo-coordinator = { $cluster } コーディネーター
demo-staff = 事務局
demo-evaluator = 評価者
demo-nobody = まだ登録のない人
demo-channel = ものづくり広場
demo-queue = 紹介

## ページ

demo-page-title = matchbot お試し
demo-page-guide = 企業の欄に困りごとを書くと候補が届きます。「紹介を希望」から先は、コーディネーターと相手先の欄で続きます。
demo-page-seat-firm = 企業
demo-page-seat-coordinator = コーディネーター
demo-page-seat-counterpart = 相手先
demo-page-who = だれの画面か
demo-page-news = 新しいお知らせ
demo-page-conversations = 会話
demo-page-messages = メッセージ
demo-page-home = ホーム
demo-page-empty = まだ何もありません。
demo-page-write = メッセージを書く
demo-page-write-dm = 例: ガラス基板の欠陥検査ができる相手を探しています
demo-page-write-channel = @matchbot に続けて書くか、/matchbot と書いてください
demo-page-send = 送信
demo-page-reply = スレッドで返信
demo-page-in-thread = スレッドに返信しています
demo-page-assistant = アシスタントを開く
demo-page-more = ほかの操作
demo-page-edited = （編集済み）
demo-page-private = あなただけに表示
demo-page-optional = （任意）
demo-page-required = 選んでください
demo-page-nothing = 見つかりません
demo-page-remove = 外す
demo-page-close = 閉じる
demo-page-failed = うまくいきませんでした
demo-page-away = matchbot は終了しています
demo-page-later-1 = 翌営業日へ
demo-page-later-14 = 14日後へ
