### The home tab, to whom somebody belongs, and languages.

## The home tab

home-page = Page { $page } of { $of }
home-back = Previous page
home-next = Next page
home-organisation = Choose an organisation
home-quota-week = Requests this week: { $left } of { $limit } left
home-quota-open = Open requests: { $left } of { $limit } left

home-cases = My cases
home-no-cases = Nothing is under way. Write what you look for in a message, and partners are suggested.
home-case = *Case { $id }*  { $partners }
    { $state }
home-turn = Next: { $who } ({ $act }; { $n ->
    [0] since today
    [one] one working day so far
   *[other] { $n } working days so far
})
home-coordinator = coordinator of { $cluster }
home-expires = Expires on { DATETIME($on, dateStyle: "long") }
home-introduced = Introduced on { DATETIME($on, dateStyle: "long") }

home-present = You are among the partners that others are shown.
home-pause = Pause
home-pause-what-happens = Others are not shown you from now on. Cases under way go on.
home-pause-until = Until (that day included)
home-pause-hint = Leave it empty to pause until you return.
home-paused = You are *paused*: others are not shown you.
home-paused-until = You are *paused* until { DATETIME($until, dateStyle: "long") }: others are not shown you.
home-resume = Return
home-opt-out = Opt out
home-opt-out-sure = Others will not be shown you at all. You can return at any time. Are you sure?
home-opted-out = You have *opted out*: others are not shown you.

home-needs = Needs kept
home-no-needs = No need is kept.
home-need = *{ $purpose }* ({ $id }, { DATETIME($on, dateStyle: "long") })
    { $text }
home-erased = (erased)
home-close-need = Close

home-never = Never to be introduced
home-never-is-secret = Neither of you is suggested or introduced to the other. They are not told.
home-never-entry = { $name } ({ $kind })
home-never-lift = Remove
home-never-add = Add
home-never-organisation = Organisation
home-never-search = Type a part of its name

home-profile = Profile
home-hint-add = Add a sentence
home-no-profile = There is no description yet.
home-seen = { $n ->
        [one] Looked at once
       *[other] Looked at { $n } times
    } ({ $viewers ->
        [one] by one person
       *[other] by { $viewers } people
    })

## The staff

home-index = Search data
home-corpus = On record: { $n } organisations, { $passages } descriptions
home-index-none = There are no search data. Make them with matchbot index build.
home-index-built = Built on { DATETIME($at, dateStyle: "long") } ({ $n } organisations)
home-index-changed = Organisations changed since: { $n }
home-index-of = Text model: { $encoder }. Version: { $hash }

## Languages

home-language = Language
language-ja = Japanese
language-en = English
language-slack = As in Slack

## To whom a guest belongs

guest-choose = Choose your organisation: once its coordinator has confirmed it, you may ask for introductions. Open profiles can be searched at once.
guest-organisation = Choose your organisation
guest-claimed = A coordinator is asked to confirm that you belong to “{ $organisation }”. You will hear in a DM.
guest-confirmed = It is confirmed that you belong to “{ $organisation }”. You may ask for introductions from now on.
guest-rejected = It could not be confirmed that you belong to “{ $organisation }”. If that was a mistake, choose again.

## The home tab of coordinators

home-queue = What waits for you
home-report-outcome = Report an outcome: case or name
home-ticket = *Help { $id }*  { $who } ({ $n ->
    [0] since today
    [one] one working day so far
   *[other] { $n } working days so far
})
    { $text }

## The home tab of evaluators

home-counts = Results
home-counts-where = Type `/matchbot stats`, and the results of this fiscal year come by DM, with their definitions and as of when. Other periods and breakdowns, and the yearly report, are made in a terminal: `matchbot indicators` and `matchbot report`.
