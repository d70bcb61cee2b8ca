### 担当者への相談、プロフィールの変更、通知、コマンド。

## 担当者への相談

slack-off-topic = ここでは相手探しをお手伝いしています。お尋ねの件は、担当の{ $helpers }におつなぎできます。お探しの相手がいれば、その内容を書いてください。
slack-help = 担当者に相談
slack-help-text = 相談の内容
slack-help-what-happens = { $helpers } に届きます。お返事はDMに届きます。
slack-help-asked = 受け付けました（相談 { $id }）。{ $helpers } からのお返事をお待ちください。
slack-help-take = 引き受ける
slack-help-answer = 返事をする
slack-help-reply = お返事
slack-help-taken-by = { $by } さんが対応しています。
slack-help-closed-by = { $by } さんが対応済みです。
slack-help-from = { $who }（{ $of }）
slack-guest = 所属の確認前
slack-told-help-asked = 会員からの相談（{ $id }）
slack-told-help-taken = ご相談 { $id } は、{ $by } さんが対応しています。
slack-told-help-answered = ご相談 { $id } に、{ $by } さんからお返事です。

## 新しい相手の通知

slack-told-alert = 登録されたニーズ { $id } に合いそうな相手が新しく加わりました: { $partners }
slack-alert-look = 候補を見る

## プロフィールの変更

profile-edit = 直す
profile-add = 紹介文を足す
profile-renew = 今もこのとおり
profile-change = どうしますか
profile-type = 種類
profile-title = 見出し
profile-text = 紹介文
profile-text-hint = できること・得意なことを具体的に。メールアドレスと携帯電話番号は書かないでください。
profile-hinted = { $term }に対応できます。
profile-what-happens = コーディネーターの確認を経て公開します。それまでは、今の紹介文のままです。
profile-suggested = 受け付けました（{ $id }）。コーディネーターが確認したら、DMでお知らせします。
profile-renewed = 今の紹介文が正しいことを記録しました。
profile-waits = 確認待ち: { $change }「{ $text }」（{ DATETIME($on, dateStyle: "long") }）
profile-suggested-by = { $change }の提案: { $by } さん（{ DATETIME($on, dateStyle: "long") }）
profile-now = 今の紹介文
profile-then = 提案された紹介文
profile-approve = 公開してよい
profile-is-published = { $by } さんが公開しました。
profile-is-returned = { $by } さんが差し戻しました。
slack-told-profile-suggested = プロフィールの変更の確認: { $organisation }
slack-told-profile-published = ご提案の紹介文（{ $id }）を公開しました。検索には、次の更新から使われます。
slack-told-profile-returned = ご提案の紹介文（{ $id }）は、次の理由で見送られました。直して、もう一度お出しいただけます。
slack-profile_return_form-title = 差し戻す
slack-profile_return_form-reason = 理由（提案した方に伝わります）
slack-profile_return_form-hint = どこを直せばよいかを書いてください。

## コマンド

slack-command-help =
    `/matchbot 探している相手` … 合いそうな相手をDMでご案内します
    `/matchbot home` … 案件・ニーズ・設定をホームタブに表示します
    `/matchbot language ja`（または `en`、`slack`）… 表示する言語を変えます
    `/matchbot stats` … 今年度の実績（コーディネーター・事務局・評価者）
    `/matchbot visit` … 訪問や電話を記録します（コーディネーター）
    `/matchbot help` … この説明を表示します
slack-command-home = ホームタブを更新しました。matchbot の「ホーム」をご覧ください。
slack-command-language = これからは日本語でご案内します。
slack-command-languages = `/matchbot language ja`、`en`、または `slack`（Slackの設定どおり）と入力してください。

## 統計

stats-title = { $period }の実績
stats-as-of = { DATETIME($first, dateStyle: "long") }～{ DATETIME($last, dateStyle: "long") }、{ DATETIME($as_of, dateStyle: "long") }現在。台帳 { $head }
stats-figure = *{ $name }*: { $value } { $unit }（延べ { $n }、実数 { $distinct }、不明 { $missing }）
stats-definition = { $definition }（定義 第{ $version }版）
stats-unknown = 不明
