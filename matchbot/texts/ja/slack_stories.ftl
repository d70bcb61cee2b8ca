## 成果の事例

slack-told-story-asked = ご紹介から生まれたことを、次の文面で事例として公開してよいか、ご確認ください（案件 { $id }）
slack-story-asked = *{ $organisation }* として同意いただくと、すべての機関がそろったところで、この文面のまま公開します。報告書に載り、だれでも読めます。同意はいつでも取り下げられます。
slack-story-rewritten = この文面は、その後書き直されました。新しい文面をご覧ください。
slack-story-yes = 公開に同意する
slack-story-changes = 直してほしい
slack-story-no = 公開しない
slack-story-take-back = 同意を取り下げる
slack-story-answered-yes = *{ $organisation }*: 公開に同意済み
slack-story-answered-no = *{ $organisation }*: 公開に同意しない
slack-story-answered-changes = *{ $organisation }*: 修正を希望
slack-story-not-answered = *{ $organisation }*: 未回答
slack-story-is-public = 公開中です。
slack-story_heard_form-title = 公開への同意
slack-story_heard_form-about = Slackにいない機関から聞いた同意を記録します。文面の全体をお伝えしたうえで、ご記録ください。
slack-story_changes_form-title = 直してほしいところ
slack-story_changes_form-text = どこをどう直せばよいですか
slack-story_changes_form-hint = 下書きした人が読みます。直った文面で、あらためてお尋ねします。
slack-story-changes-sent = 案件 { $id }: お伝えしました。直った文面で、あらためてお尋ねします。
slack-told-story-answered = 事例の公開について、{ $organisation } からお返事です（案件 { $id }）
slack-story-publish = 公開する
slack-story-rewrite = 書き直す
slack-story_rewrite_form-title = 事例の文面
slack-story_rewrite_form-text = 文面
slack-story_rewrite_form-hint = 書き直すと、すべての機関にあらためてお尋ねします。
slack-story-redrafted = 案件 { $id }: 新しい文面で、すべての機関にお尋ねします。
slack-told-story-published = 事例を公開しました（案件 { $id }）。報告書に載ります。
