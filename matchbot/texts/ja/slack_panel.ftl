### サイドパネル（アシスタント）。

panel-title = たとえば、こんなふうに書いてください
panel-prompt-defects = ガラス基板の欠陥検査ができる相手を探しています
panel-prompt-university = 生分解性プラスチックを共同研究できる大学を、他クラスターも含めて探しています
panel-prompt-funding = 試作機の量産に出資してくれるベンチャーキャピタルを探しています
panel-prompt-help = 使い方を教えてください
panel-searching = 候補を探しています…
panel-good-label = 役に立った
panel-bad-label = 役に立たなかった
panel-good = ありがとうございます。
panel-bad = お役に立てず、申し訳ありません。次のどれかをお試しください。
