### Reviewing: targets, results of phase I, comments of the committee.

## matchbot targets

cli-targets =
    Set targets, and see how far they are reached

    Targets are recorded in the ledger, and changing one needs a reason. Progress is measured by confirmed numbers alone.
cli-targets-FIGURE = the number's id (I10a, I09a …)
cli-targets--cluster = id of a project (cluster); without it, the target is the programme's
cli-targets--from = first day of the period
cli-targets--to = last day of the period
cli-targets--fy = fiscal year (2026, FY2026, R8 …); default: the present one
cli-targets--as-of = count what was known at this time (default: now)
cli-targets-set = Set a target (changing one needs --reason)
cli-targets-set-VALUE = the value to reach
cli-targets-set--source = where it is written
cli-targets-set--reason = why it is changed
cli-targets-lift = Take back a target that was set by mistake (the record stays)
cli-targets-lift--reason = why
cli-targets-init = Set the target of the programme's document (40,000 new businesses in phase II)
cli-targets-import =
    Take in a list of targets from a file

    Taken in again, nothing is there twice. Rows that cannot be used are reported.
cli-targets-import-FILE = CSV, XLSX or JSON with the columns figure, value, and fy (or from and to); cluster, source and reason if wanted
cli-targets-list =
    Show targets, how far they are reached, and a forecast

    Without a period, all targets that stand, in the order of their periods.
cli-targets-baselines = Show the results of phase I, with what to mind in reading them
did-target = { $id }: target recorded.
did-target-lift = { $id }: target taken back.
targets-initialised = Recorded { $n ->
    [one] 1 target
   *[other] { $n } targets
} of the document.
targets-imported = { $rows } rows: { $recorded } new targets, { $known } as before.
targets-of-the-programme = Ministry of Economy, Trade and Industry, on industrial cluster measures (10 November 2006)
targets-method = The forecast is what a count comes to if the last 12–36 whole months go on, with a 95 % prediction interval (negative binomial, widened by how much the months differ). The seasonal line follows the shares of the months in the last whole years. No trend is foreseen.
baselines-told = Phase I (fiscal years 2001–2005) was counted by other definitions and at other times: it cannot be compared as it stands, and enters no number.
command-set_target = setting a target
reason-no-target = there is no such target

column-target = target
column-reached = reached
column-straight = straight line
column-seasonal = seasonal line
column-forecast = forecast (95 %)
column-baseline = phase I
column-caveats = to be minded
column-period = period

no-forecast-not-a-count = no count that adds up
no-forecast-too-short = less than a year of data
no-forecast-over = period over
no-forecast-not-begun = not begun

baseline-told = { $name } { $value } { $unit } ({ $caveats })
baseline-firms = Member firms
baseline-universities = Member universities (with colleges of technology)
baseline-new-businesses = New businesses started
baseline-started-business = Firms that started a new business
baseline-second-founding = Second foundings
baseline-university-ventures = University ventures
baseline-new-collaboration = Firms that began a new collaboration
baseline-consortium-awards = Share of the regional consortium R&D awards
baseline-alliance-awards = Share of the new-alliance approvals
baseline-performance = Performance of member firms (said to exceed the national average)
caveat-approximate = about
caveat-forecast = a forecast
caveat-no-base = of what is not stated
caveat-no-date = as of when is not stated
caveat-estimated = estimated from who took part at the end of December 2005
caveat-cumulative = cumulative
caveat-other-unit = another unit or scope
caveat-survivors = only firms with five periods in a row, without large ones, weighted by industry; no number stated

## The section of targets in the report

report-targets = Targets and progress
report-progress-by-project = Progress towards targets, by project
report-progress-by-project-told = Of each project with a target, confirmed numbers as a share of it (%). The upright line is where a straight line would be by now, the thin bar the 95 % interval of the forecast for the end of the period.
report-progress-told = What there was by the end of each fiscal year (confirmed, evidence A and B), and the straight line to the target. The dotted line is the forecast for the end of the period, the band its 95 % interval.
report-progress = Progress towards targets
report-in-time = in that time
report-so-far = so far
report-share-of-target = Share of the target (%)
report-baselines = Results of phase I, for reference

## matchbot comments, breaks

cli-comments = Record what the committee says, and what was done about it (PDCA)
cli-comments-FIGURE = the number's id (I10a, I09a …)
cli-comments--figure = only of this number
cli-comments--fy = fiscal year (2026, FY2026, R8 …)
cli-comments-add = Record what the committee says of a number in a fiscal year
cli-comments-add-TEXT = the comment
cli-comments-add--fy = fiscal year (2026, FY2026, R8 …); default: the present one
cli-comments-act = Record what was done about a comment
cli-comments-act-COMMENT = id of the comment
cli-comments-act-TEXT = what was done
cli-comments-list = List comments and what was done
cli-breaks = Record breaks in a series: a definition or scope that changed
cli-breaks--figure = only this number; without it, all
cli-breaks--cluster = only this cluster; without it, all
cli-breaks-add = Record that numbers from a day on are not comparable with those before
cli-breaks-add--on = the day
cli-breaks-add--reason = what changed
cli-breaks-lift = Take back a break that was recorded by mistake (the record stays)
cli-breaks-lift-BREAK = id of the break
cli-breaks-lift--reason = why
cli-breaks-list = List breaks
did-comment = { $id }: comment recorded.
did-comment-act = { $id }: action recorded.
did-break = { $id }: break recorded.
did-break-lift = { $id }: break taken back.
comments-none = No comments.
breaks-none = No breaks recorded.
breaks-of-all = all
command-mark_break = marking a break
command-add_comment = commenting
command-act_on_comment = recording an action
reason-no-comment = there is no such comment
reason-no-break = there is no such break
column-fiscal-year = fiscal year
column-comment = comment
column-actions = actions taken
report-comments = Comments of the committee, and what was done
text-source = a source
text-comment = a comment of the committee

## matchbot report export-db

cli-report-make = Write the report (make can be left out)
cli-report-export-db =
    Write an evaluator's database (SQLite) for free exploration

    It holds the numbers of each fiscal year with definitions, targets and comments; no row of a case, an organisation or a person. Numbers behind which fewer than 3 organisations stand are hidden, and those that would give them away. Datasette opens it with the metadata.json beside it (datasette FILE -m metadata.json).
cli-report-export-db-FILE = file to write
cli-report-export-db--fy = last fiscal year (2026, FY2026, R8 …); default: the present one
cli-report-export-db--from = first day of the period
cli-report-export-db--to = last day of the period (up to its fiscal year)
reason-not-an-export = there is another file in that place
export-title = Industrial cluster matchmaking: the evaluator's database
export-told = Only what may leave the programme. Numbers behind which fewer than { $fewest } organisations stand are hidden, and those that would give them away.
export-table-numbers = Numbers by fiscal year; an empty breakdown is the whole. Hidden cells have is_hidden; is_expected is never to be added to what is confirmed
export-table-figures = What each number is (data dictionary)
export-table-targets = Targets, how far they are reached, and a forecast
export-table-baselines = Results of phase I, for reference; not to be compared as they stand
export-table-comments = Comments of the committee, and what was done
export-table-breaks = Breaks in a series
query-trend = By fiscal year (figure: I05 …)
query-parts = By part (breakdown: cluster, kind, purpose, path, pair …)
query-pairs = Introductions between clusters
query-progress = Targets and progress
query-satisfaction = Satisfaction and NPS
query-hidden = How many numbers are hidden
query-definition = Definition (figure: I05 …)

## matchbot report yearly

cli-report-yearly =
    Write the yearly report of a coordinator (HTML and XLSX)

    Numbers from introductions to meetings, outcomes (those that several supported are split, and count once in all), the list of introductions, definitions. For the coordinator and the staff alone.
cli-report-yearly--out = folder to write to
cli-report-yearly--coordinator = the coordinator's member id (default: who acts)
cli-report-yearly--fy = fiscal year (2026, FY2026, R8 …); default: the present one
yearly-title = Yearly report of results
yearly-work = Introductions
yearly-cases = Cases that were introduced
report-credits = Parts in the outcomes
report-credits-told = Confirmed outcomes (evidence A and B), split equally among those who claim a part in them. Claims count each in full; the parts add up to the outcomes that anybody claims, none counted twice.
reason-no-coordinator = there is no such coordinator
column-claimed = claims
column-share = part
column-in-all = in all

## matchbot performance

cli-performance = Take in yearly figures of member firms, and compare them with the national average
cli-performance-import =
    Take in yearly figures of firms, or the national average, from a file

    Taken in again, nothing is there twice. What is told otherwise than before needs a reason. Rows that cannot be used are reported.
cli-performance-import-FILE = CSV, XLSX or JSON with the columns fy, organisation, and one of sales, employees, value_added; large (yes, no), industry and reason if wanted
cli-performance-import--average = a list of the national average (no organisation; industry and source if wanted)
cli-performance-index = Show the index of firms with five years in a row beside the national average
cli-performance-index--by = Also of each cluster or industry
cli-performance-index--fy = last of the five fiscal years (2026, FY2026, R8 …); default: the present one
cli-performance-index--as-of = count what was known at this time (default: now)
performance-imported = { $rows } rows: { $recorded } new yearly figures, { $known } as before.
performance-none = No yearly figures.
performance-told = { $account }: { $n } firms with five years in a row (without { $dropped } that stopped reporting, and { $large } large ones)
performance-bias = The first year is 100; the index is of what the firms that reported all five years have together. Firms that stopped reporting are not in it, so that it flatters (survivor bias).
report-performance = How member firms do, against the national average
report-performance-told = Indices, the first year being 100, of what the firms that reported all five years have together. Large firms and those that stopped reporting are left out: it flatters (survivor bias).
account-sales = Sales
account-employees = Employees
account-value_added = Value added
column-members-index = member firms (index)
column-average-index = national average (index)
column-reporting = firms that reported

## matchbot story

cli-story =
    Write what came of an introduction, and publish it with the consent of both sides

    matchbot story CASE makes a draft. A consent is to that very wording: a new one needs it anew.
cli-story-CASE = id of the case
cli-story--for = organisation (id or name); default: the one the member speaks for
cli-story-draft = Make a draft from what is on record (--text puts an edited one in its place)
cli-story-draft--text = file with the wording (“-” is standard input)
cli-story-show = Show the wording, and who has not agreed to it yet
cli-story-consent = Agree to its publication as it reads now, or record a consent that was heard
cli-story-consent--means = by what means it was heard outside Slack
cli-story-withdraw = Do not agree, or take a consent back (then it is public no longer)
cli-story-changes = Say what should read otherwise (the new wording is to be agreed to anew)
cli-story-changes-TEXT = what should read otherwise
cli-story-publish = Publish it (every party has to have agreed)
cli-story-list = List the stories that are public
did-story-consent = { $id }: consent recorded.
did-story-withdraw = { $id }: recorded that there is no consent.
did-story-changes = { $id }: what should read otherwise is recorded; whoever drafted it is told.
did-story-publish = { $id }: published.
story-title = A story: { $parties }
story-sought = What was sought ({ $purpose }): { $sought }
story-met = Introduced ({ $on }): { $parties }
story-party = { $name } ({ $cluster })
story-meetings = Met on: { $days }
story-results = What came of it:
story-result = · { $kind } ({ $on }, { $certainty }, evidence { $evidence })
story-no-results = What came of it: nothing on record yet.
story-answered = { $organisation }: { $answer }
story-wished = { $organisation }: { $answer } (“{ $wish }”)
story-answer-yes = agrees
story-answer-no = does not agree
story-answer-changes = wants it to read otherwise
story-is-published = It is public.
story-missing = It cannot be published yet. Not agreed to this wording: { $parties }
story-ready = Every party has agreed. matchbot story publish { $id } makes it public.
stories-none = No stories are public.
report-stories = Success stories
text-story = a success story
command-draft_story = drafting the story
command-consent_to_story = consenting to the story
command-publish_story = publishing the story
reason-not-all-consented = a party has not agreed to this wording
reason-rewritten = it has been rewritten since; please read it as it is now
reason-story-too-long = it is longer than what is read in one message (8,000 letters)
text-story-wish = what should read otherwise in a story
reason-no-story = no story was written of this case yet
