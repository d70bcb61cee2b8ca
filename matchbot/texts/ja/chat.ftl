### 会話。短く、ふだんの言葉で。chat-ask-<question> は聞き返し、chat-<topic> は検索をしない応答。

chat-welcome =
    困りごとや探している相手を、ふだんの言葉で書いてください。クラスターを越えて、合いそうな企業・大学・公設試・金融機関などを最大3件ご案内します。
    例: 「ガラス基板の欠陥検査ができる相手を探しています」
    終わるときは「終了」と書いてください。
chat-greeting = こんにちは。どんな相手をお探しですか。例: 「樹皮を使った土壌改良材を量産したい」
chat-help =
    探している技術や困りごとを書くと、合いそうな相手を理由つきでご案内します。
    そのあとは続けて書くだけで絞り込めます。
    {"  "}大学だけ / 金融機関以外で / 企業も … 相手の種類
    {"  "}関西で / 関西以外で / どこでも … 地域
    {"  "}自クラスターの / 他クラスターの … 範囲
    {"  "}JIS B 0601の / ガラスではなく樹脂で … 内容
    {"  "}もっと … 続き
    {"  "}やっぱり全部 … 条件をすべて外す
    別の内容を書けば、新しいニーズとして探し直します。
chat-thanks = どういたしまして。続けて条件を変えることも、別のニーズを書くこともできます。
chat-off-topic = ここでは相手探しをお手伝いしています。お尋ねの件は、地元クラスターの担当者にご相談ください。お探しの相手がいれば、その内容を書いてください。
chat-unchanged = わかりました。今の候補のままにします。条件を変えたいときは、続けて書いてください。
chat-quit = ご利用ありがとうございました。

chat-ask-what = 相手に何をしてほしいですか。技術・製品・困りごとを一言で教えてください。例: 「樹脂の発泡成形」
chat-ask-detail = もう少し教えてください。材料・大きさ・数量・求める条件などがわかると、合う相手に近づけます。
chat-ask-purpose = 目的はどれに近いですか。研究開発 / 販路開拓 / 創業 / 異業種連携 / 国際連携 / 資金調達
chat-ask-kind = どんな相手をお望みですか。企業 / 大学 / 公設試 / 金融機関・VC / 商社 / 支援機関 / 団体（どれでもよければ「なし」）

## 候補

chat-found =
    { $offset ->
        [0] { $n }件の候補です。
       *[other] 続きの候補{ $n }件です。
    }
chat-searched = 検索した内容: { $query }
chat-understood = 条件: { $pieces }（外すときは「{ $example ->
        [all] やっぱり全部
       *[other] { $example }の条件を外して
    }」のように書いてください）
chat-hint-more = 続きは「もっと」、絞り込みは「大学だけ」{ $region ->
        [none] {""}
       *[other] 「{ $region }以外で」
    }のように書いてください。
chat-hint-refine = 絞り込みは「大学だけ」{ $region ->
        [none] {""}
       *[other] 「{ $region }以外で」
    }のように書いてください。
chat-nobody =
    条件に合う相手は見つかりませんでした。
    言い換える（例: 製品名ではなく、工程や材料の名前で書く）か、地元クラスターの担当者にご相談ください。
chat-nobody-within-conditions = 条件を外すと見つかるかもしれません。「やっぱり全部」と書くと、条件なしで探します。
chat-no-more = 候補は以上です。条件を変えるか、別の言い方で書いてみてください。
chat-no-reason = 名称が一致しました（紹介文はまだ登録されていません）。
chat-masked = 名称は、双方が同意するまで表示しません。

## 条件。外すことのできるもの

piece-kind = { $value }
piece-not-kind = { $value }以外
piece-place = { $value }
piece-not-place = { $value }以外
piece-cluster = { $value }
piece-not-cluster = { $value }以外
piece-scope = { $value }
piece-term = 「{ $value }」
piece-purpose = 目的: { $value }

scope-own = 自クラスター
scope-other = 他クラスター
scope-all = すべてのクラスター
scope-mixed = すべてのクラスター（他クラスターを1件以上含む）

purpose-research = 研究開発
purpose-sales = 販路開拓
purpose-start_up = 創業
purpose-cross_industry = 異業種連携
purpose-international = 国際連携
purpose-funding = 資金調達
