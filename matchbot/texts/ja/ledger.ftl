### 台帳。エラーと、検証・バックアップの理由。

error-ledger = 台帳に問題があります。
error-no-ledger = { $folder } に台帳がありません。`matchbot ledger create` で作るか、`matchbot ledger restore` で戻してください。試すだけなら `matchbot ledger create --sample` で見本の台帳を作ります（後で実データ用には変えられません）。
error-ledger-exists = { $folder } にはすでに台帳があります。台帳が実データか見本かは、作成の後で変えられません。別のフォルダー（MATCHBOT_HOME）を使ってください。
error-ledger-busy = 台帳のファイル { $file } を別の処理が長く使っています。終わってから、もう一度実行してください。
error-stream-moved = { $stream } には、ほかの人が先に記録しました（{ $expected }件のはずが { $found }件）。内容を確かめて、もう一度実行してください。
error-backup = バックアップ { $folder } を使えません: { $reason }。台帳は変更していません。

## 検証で見つかったこと

reason-row-changed = 前の記録とつながりません。この記録が書き換えられたか、差し込まれました
reason-row-missing = この番号の記録がありません
reason-row-unreadable = この記録を読めません。ファイルが壊れています
reason-chain-cut = 控えた末尾より前で記録が終わっています
reason-other-head = 控えた末尾と違う記録です。台帳が書き直されました
reason-text-missing = この記録が指す文章が、消去の記録なしに無くなっています
reason-text-changed = この記録が指す文章が書き換えられています
reason-structure-changed = 表・索引・保護の仕組みが作成時と違います

## バックアップ

reason-within-ledger = 台帳と同じフォルダーの中です。消去した人の情報が残らないよう、別の場所にしてください
reason-not-empty = そこにはすでに何かあります。まだ無い名前にしてください
reason-no-backup = バックアップではないか、途中で終わっています
reason-backup-damaged = 作成した後に中身が変わっています
reason-ledger-not-intact = 台帳そのものが記録されたとおりではないため、控えを取れません。`matchbot ledger verify` で箇所を確かめてください
reason-other-ledger = 別の台帳のバックアップです
reason-newer-events = 今の台帳には、バックアップより新しい記録があります。失ってよければ --lose-newer を付けてください
