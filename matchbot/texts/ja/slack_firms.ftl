### 企業が Slack で見るもの: 候補、詳しく、見つからないとき、通知。

## 候補の下

slack-details = 詳しく
slack-drop = ✕ { $piece }
slack-kind-firm = 企業
slack-kind-university = 大学
slack-kind-public_institute = 公設試
slack-kind-financier = 金融機関・VC
slack-kind-trading_house = 商社

## 詳しく

slack-unfit = 条件に合わない
slack-unfit-noted = 候補から外しました。これからの候補の順位にも生かします。相手には伝わりません。

## 見つからないとき

slack-nobody = 条件に合う相手は見つかりませんでした。次のどれかをお選びください。
slack-rewrite = 言い換えて探す
slack-rewrite-hint = 製品名ではなく、工程・材料・困りごとで書くと見つかりやすくなります。
slack-need = 探している相手・技術・課題
slack-need-no-text = 探している相手・技術・課題を書いてください。
slack-search = 探す
slack-alert = 新しい相手を通知
slack-alert-what-happens = このニーズを登録します。合いそうな相手が新しく加わったら、DMでお知らせします。
slack-keep = 登録する
slack-alert-kept = 登録しました（ニーズ { $id }）。新しい相手が現れたらお知らせします。
