### Help from a person, one's own profile, alerts, the command.

## Help from a person

slack-off-topic = This is where partners are found. { $helpers } can help you with what you asked. If you look for a partner, write whom.
slack-help = Ask a person
slack-help-text = What you would like to ask
slack-help-what-happens = { $helpers } will read this. The answer comes in your DM.
slack-help-asked = Received ({ $id }). { $helpers } will answer you.
slack-help-take = I take care of it
slack-help-answer = Answer
slack-help-reply = Your answer
slack-help-taken-by = { $by } takes care of it.
slack-help-closed-by = { $by } has answered.
slack-help-from = { $who } ({ $of })
slack-guest = not confirmed yet
slack-told-help-asked = A member asks for help ({ $id })
slack-told-help-taken = { $by } takes care of what you asked ({ $id }).
slack-told-help-answered = { $by } answers what you asked ({ $id }).

## A new partner

slack-told-alert = A new partner may fit your need { $id }: { $partners }
slack-alert-look = Show them

## One's own profile

profile-edit = Change
profile-add = Add a description
profile-renew = All still true
profile-change = What is to become of it
profile-type = Kind
profile-title = Title
profile-text = Description
profile-text-hint = What you can do, as exactly as you can. No mail addresses and no mobile numbers.
profile-hinted = We offer { $term }.
profile-what-happens = A coordinator looks at it before it becomes public. Until then the description stays as it is.
profile-suggested = Received ({ $id }). You will hear in a DM once a coordinator has looked at it.
profile-renewed = It is on record that the description still holds.
profile-waits = Waits to be looked at: { $change }, “{ $text }” ({ DATETIME($on, dateStyle: "long") })
profile-suggested-by = { $change }, suggested by { $by } ({ DATETIME($on, dateStyle: "long") })
profile-now = As it is
profile-then = As suggested
profile-approve = Let it pass
profile-is-published = { $by } has made it public.
profile-is-returned = { $by } has returned it.
slack-told-profile-suggested = A profile is to be changed: { $organisation }
slack-told-profile-published = Your description ({ $id }) is public. Searches find it from the next build on.
slack-told-profile-returned = Your description ({ $id }) was not made public, for this reason. You can change it and suggest it again.
slack-profile_return_form-title = Return it
slack-profile_return_form-reason = Reason (for who suggested it)
slack-profile_return_form-hint = Say what should be changed.

## The command

slack-command-help =
    `/matchbot WHAT YOU LOOK FOR`: partners, in your DM
    `/matchbot home`: your cases, needs and settings in the home tab
    `/matchbot language en` (or `ja`, `slack`): the language you read
    `/matchbot stats`: this fiscal year in numbers (for coordinators, staff and evaluators)
    `/matchbot visit`: puts a visit or call on record (for coordinators)
    `/matchbot help`: this text
slack-command-home = The home tab is up to date: see “Home” of matchbot.
slack-command-language = From now on matchbot writes to you in English.
slack-command-languages = Write `/matchbot language en`, `ja`, or `slack` for that of your Slack.

## Counts

stats-title = { $period } so far
stats-as-of = { DATETIME($first, dateStyle: "long") } to { DATETIME($last, dateStyle: "long") }, as of { DATETIME($as_of, dateStyle: "long") }. Ledger { $head }
stats-figure = *{ $name }*: { $value } { $unit } ({ $n } in all, { $distinct } distinct, { $missing } unknown)
stats-definition = { $definition } (definition { $version })
stats-unknown = unknown
