## Success stories

slack-told-story-asked = May what came of your introduction be told in these words? (Case { $id })
slack-story-asked = If *{ $organisation }* agrees, and every other party does, it is published just as it reads: it stands in the report, for everybody to read. You can take your consent back at any time.
slack-story-rewritten = This wording has been replaced since. Please look at the new one.
slack-story-yes = Agree to publish it
slack-story-changes = Ask for changes
slack-story-no = Do not publish
slack-story-take-back = Take the consent back
slack-story-answered-yes = *{ $organisation }*: agrees
slack-story-answered-no = *{ $organisation }*: does not agree
slack-story-answered-changes = *{ $organisation }*: asks for changes
slack-story-not-answered = *{ $organisation }*: has not answered
slack-story-is-public = It is public.
slack-story_heard_form-title = Consent to publish
slack-story_heard_form-about = Records the consent of a party outside Slack, to which you have told the whole wording.
slack-story_changes_form-title = Ask for changes
slack-story_changes_form-text = What should read otherwise, and how?
slack-story_changes_form-hint = Whoever drafted it reads this. You will be asked again about the new wording.
slack-story-changes-sent = Case { $id }: passed on. You will be asked again about the new wording.
slack-told-story-answered = { $organisation } has answered about the story of case { $id }
slack-story-publish = Publish
slack-story-rewrite = Rewrite
slack-story_rewrite_form-title = Wording of the story
slack-story_rewrite_form-text = Wording
slack-story_rewrite_form-hint = Every party is asked anew about another wording.
slack-story-redrafted = Case { $id }: every party is asked about the new wording.
slack-told-story-published = The story of case { $id } is public now. It stands in the report.
