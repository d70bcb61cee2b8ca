### 相手を詳しく見る: ほかの理由、会ってもらえそうか、距離。

details-missing = 紹介文に見当たらない語: { $words }
details-further = ほかの理由
details-wants = 相手が探していること（こちらの紹介文と重なるもの）
details-asked = この四半期にこの相手へ届いた紹介の希望: { $n }件（上限 { $most }件）
details-accepted = これまでの打診への回答: { $n }件のうち「会ってみる」が { $yes }件
details-distance = { $km ->
    [0] 同じ都道府県にあります
   *[other] 都道府県庁どうしの距離: 約{ $km } km
}
size = { $n }名
organisation-in = { $name }（{ $prefecture }）
size-from = { $n }名以上
