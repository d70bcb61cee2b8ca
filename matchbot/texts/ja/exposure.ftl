### 提案表示の偏り: matchbot exposure。

cli-exposure =
    提案表示の偏りを、ある日の前と後で比べる

    機関ごとの表示回数の Gini 係数、上位10%の占める割合、1度も表示されない機関、新たに表示された機関（その前の同じ日数に表示のなかった機関）の占める割合を、全体・種別・クラスターごとに示します。設定を変えた日を --changed-on で指定します。
cli-exposure--window = 前と後のそれぞれの日数
cli-exposure--changed-on = 公平さの設定などを変えた日。既定は、直近の期間とその前の期間を比べる
cli-exposure--as-of = この時点で知られていたとおりに数える（既定は今）
exposure-before = 前: { $first }～{ $last }（{ $n }日）
exposure-after = 後: { $first }～{ $last }（{ $n }日）
exposure-read = Gini 係数は、全機関が等しく表示されれば0、1機関だけなら1に近づきます。割合は %。適合度への影響（nDCG）は matchbot eval --full が同じ検索で比べます。
column-cards-shown = 表示（前→後）
column-top-tenth = 上位10%
column-never = 表示なし
column-newcomers = 新たな機関
