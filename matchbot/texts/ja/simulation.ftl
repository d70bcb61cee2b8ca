### シミュレーション: 見本の台帳でだけ動きます。

error-simulation = シミュレーションには空の見本の台帳が必要です（{ $folder }: { $reason }）。別のフォルダー（MATCHBOT_HOME）に見本の台帳を作ってください。
reason-real-ledger = 実データの台帳です
reason-ledger-in-use = すでに記録があります
reason-no-sample-firms = 見本の企業が足りません。先に matchbot corpus sample を実行してください
