### Changes of profiles that organisations suggest themselves: draft, review, publication.

cli-profiles = Change one's own profile: drafts are looked at before they are public
cli-profiles--for = The organisation (id or name); by default the one the member speaks for
cli-profiles-DRAFT = The id of a draft
cli-profiles-list = List the drafts that concern you beside what is said now
cli-profiles-list--all = Also those that were published or returned
cli-profiles-suggest =
    Suggest a passage to add, to replace or to withdraw

    Until a coordinator has looked at it, neither the public text nor its date changes.
cli-profiles-suggest-TEXT = The new text
cli-profiles-suggest--passage = The id of the passage to replace (see `matchbot org show ID --json`)
cli-profiles-suggest--withdraw = Withdraw that passage
cli-profiles-suggest--type = What sort of passage (that of the one replaced; capability for a new one)
cli-profiles-suggest--title = Its title
cli-profiles-approve = Let a draft pass to the next stage; the last one is publication
cli-profiles-approve--to = The stage to pass to; none can be skipped
cli-profiles-return = Return a draft
cli-profiles-return--reason = Why; whoever suggested it reads this
cli-profiles-hints = Show the words by which the profile misses needs of others, and how many

hints-none = At present no need is missed by one word.
hint-line = { $n ->
    [one] A sentence about “{ $term }” would meet one more need.
   *[other] A sentence about “{ $term }” would meet { $n } more needs.
}
drafts-none = No draft waits to be looked at.
draft-line = { $id } { $organisation }: { $type }, { $change } ({ $stage }; { $member }, { $day })
draft-present = {"  "}now: { $text }
draft-suggested = {"  "}suggested: { $text }
draft-reason = {"  "}returned because: { $reason }
change-add = add
change-replace = replace
change-withdraw = withdraw
review-returned = returned

did-suggest = { $id }: kept as a draft. It becomes public once a coordinator has looked at it.
did-pass = { $id }: passed on.
did-return-draft = { $id }: returned.
notice-profile-published = Published, as the organisation's own word and as of today. The search uses it once the search data are built again.
notice-profile-passed = It is one stage on. It has to be looked at once more before it is public.
notice-profile-returned = Whoever suggested it is told, with the reason.

reason-no-draft = there is no draft with this id
reason-no-passage = this organisation has no passage with this id
reason-too-long = it is too long; 2,000 letters are the most
reason-personal-data = mail addresses and mobile numbers cannot stand there; remove them and suggest it again

### How long profiles hold

task-profile-notice = asked to confirm a profile
slack-told-profile-notice = Nobody has confirmed the profile of { $organisation } for long. If it still holds, press the button. Without that it is not shown in searches from { $on } on; confirmed, it is back at once.
