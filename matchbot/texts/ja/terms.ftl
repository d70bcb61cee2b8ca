# 選択肢や表の値の名前（ほかで表示していないもの）

novelty-product = 製品
novelty-service = サービス
novelty-process = 製法・工程
start-first_sale = 初売上
start-approved_budget = 予算承認
breakdown-industry = 業種

not-one-of = 「{ $written }」はありません。次から選んでください: { $choices }
choice-named = { $value }（{ $name }）
choices-by-name = 選択肢は日本語の語でも書けます（例: { $value } の代わりに { $name }）。
called = { $name }（{ $id }）
