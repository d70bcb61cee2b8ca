### Indicators: their names and definitions, and the words of their output.

## The indicators

indicator-I01 = Participating organisations
indicator-I01-definition = Organisations that are in a cluster on the last day of the period.
indicator-I01-numerator = organisations with a membership valid on that day
indicator-I01-dedupe = An organisation is one corporate number: branches are the same one, a university is one. Events are memberships.

indicator-I02 = Active participation
indicator-I02-definition = Organisations with at least one act of their own (a request, an answer, a reported meeting, a renewed profile), or a visit or contact that a coordinator recorded, in the twelve months up to the last day. What matchbot did is not counted.
indicator-I02-numerator = organisations with such an act
indicator-I02-denominator = participating organisations (I01)
indicator-I02-dedupe = An organisation counts once.

indicator-I03 = Needs saved
indicator-I03-definition = Needs that a firm saved, or a coordinator for it.
indicator-I03-numerator = needs saved
indicator-I03-dedupe = Nearly the same text (trigram Jaccard .95 or more) of one organisation within 7 days is one. Distinct are organisations.

indicator-I04 = Partners shown
indicator-I04-definition = Partner cards that were shown to people; what tests and evaluations of the search find is not counted.
indicator-I04-numerator = cards shown
indicator-I04-dedupe = The same partner for the same need once a day. Distinct are partners.

indicator-I05 = Introductions
indicator-I05-definition = Cases with every approval and every consent they need, whose contacts were released and delivered; not those reversed. Those with a consent that somebody else recorded are marked in the list.
indicator-I05-numerator = cases introduced
indicator-I05-dedupe = The same parties for the same need are one. A new need of the same parties counts as an event, not as distinct. A case of three parties is one.

indicator-I06 = Pairs introduced
indicator-I06-definition = Pairs of organisations that were introduced.
indicator-I06-numerator = pairs introduced
indicator-I06-dedupe = A pair once in a period.

indicator-I07 = New ties
indicator-I07-definition = Pairs introduced that had no tie in the 36 months before: by no introduction, meeting or agreement, nor by a declared earlier tie (which is taken to last).
indicator-I07-numerator = new pairs
indicator-I07-dedupe = A pair on its first day only.

indicator-I08 = Meetings
indicator-I08-definition = Introductions whose parties met. Evidence: a document A, both parties B, one C, the coordinator only D.
indicator-I08-numerator = cases that met
indicator-I08-dedupe = The first meeting of a case; later ones are events.

indicator-I09 = Agreements
indicator-I09-definition = Agreements: deals (orders, contracts), joint research or licences, loans or investments, each apart, by the day of signature. The programme's concluded negotiations are the deals.
indicator-I09-numerator = agreements
indicator-I09-dedupe = One, however many coordinators or clusters claim it. A framework and its call-offs are one.
figure-I09a = Deals
figure-I09b = Joint research, licences
figure-I09c = Loans, investments

indicator-I10 = New businesses
indicator-I10-definition = Businesses with a new product, service or process that began (a first sale, or an approved budget and a start date), by the day they began: those of all members, and those that came of introductions.
indicator-I10-numerator = businesses begun
indicator-I10-dedupe = A business counts once across projects and years. A joint business of several members is one in total.
figure-I10a = New businesses (all members)
figure-I10b = New businesses (of introductions)

indicator-I11 = Foundings, second foundings, university ventures
indicator-I11-definition = New companies (by the day of registration), changes of a firm's main business (by the day of the decision), companies on university research (by the day of registration); each apart.
indicator-I11-numerator = companies
indicator-I11-dedupe = A company once in each.
figure-I11a = Foundings
figure-I11b = Second foundings
figure-I11c = University ventures

indicator-I12 = Listings
indicator-I12-definition = First listings of member companies on any exchange, by the day of listing.
indicator-I12-numerator = companies listed
indicator-I12-dedupe = A company once; a change of market does not count.

indicator-I13 = Firms with a new tie
indicator-I13-definition = Member firms with at least one new tie (I07). The programme's own value (17.2 %) is of a year and states no base, so it is told over two.
indicator-I13-numerator = firms with a new tie
indicator-I13-denominator = a: all member firms; b: member firms that answered a survey in the period
indicator-I13-dedupe = A firm counts once.
figure-I13a = Firms with a new tie (of all member firms)
figure-I13b = Firms with a new tie (of respondents)

indicator-I14 = Across clusters
indicator-I14-definition = Introductions across clusters: strictly (home clusters differ), loosely (no cluster in common), across bureaus (regions differ). Financiers without a cluster are shown apart.
indicator-I14-numerator = introductions across
indicator-I14-denominator = introductions whose home clusters are all known (d: all introductions)
indicator-I14-dedupe = Home clusters as on the day of the introduction.
figure-I14a = Across clusters, strictly
figure-I14b = Across clusters, loosely
figure-I14c = Across bureaus
figure-I14d = With a financier of no cluster

indicator-I15 = Across kinds
indicator-I15-definition = Of the pairs introduced, those of a firm and a university, a firm and a financier, two firms, others.
indicator-I15-numerator = pairs of that kind
indicator-I15-denominator = pairs introduced
indicator-I15-dedupe = Kinds as on the day of the introduction.
figure-I15a = Firm and university
figure-I15b = Firm and financier
figure-I15c = Two firms
figure-I15d = Other pairs

indicator-I16 = Density of the network
indicator-I16-definition = Pairs with a tie in 36 months, of all pairs there could be: D = 2m ÷ (n(n−1)). It falls as n grows: read it with n.
indicator-I16-numerator = tied pairs m
indicator-I16-denominator = possible pairs n(n−1)/2; isolated organisations are in n
indicator-I16-dedupe = A pair counts once.

indicator-I17 = Degree centralisation
indicator-I17-definition = How far ties are gathered in few organisations: Σ(highest degree − degree) ÷ ((n−1)(n−2)) (Freeman).
indicator-I17-numerator = sum of differences from the highest degree
indicator-I17-denominator = that sum in a star, (n−1)(n−2)
indicator-I17-dedupe = The network of I16. Coordinators are no nodes.

indicator-I18 = Betweenness and bridges
indicator-I18-definition = How much organisations stand on others' shortest paths (betweenness: which share of all shortest paths between two others goes through it, 0–1): the highest, which share of the betweenness of all the first five have, and how many are bridges, tied to two or more other clusters. Opened, a and b list the first five.
indicator-I18-numerator = a: highest betweenness; b: sum of the first five; c: bridges
indicator-I18-denominator = a: 1; b: sum of all; c: none
indicator-I18-dedupe = The network of I16.
figure-I18a = Highest betweenness
figure-I18b = Share of the first five
figure-I18c = Bridges

indicator-I19 = Small world
indicator-I19-definition = Mean clustering coefficient C over all organisations (0 for those with fewer than two ties), mean path length L in the largest component and its share, and the ratio (C/C₀) ÷ (L/L₀) to a network of equal degrees whose ties are drawn at random (with a fixed seed). The further above 1, the smaller the world.
indicator-I19-numerator = C/C₀
indicator-I19-denominator = L/L₀
indicator-I19-dedupe = The network of I16.
figure-I19a = Clustering coefficient C
figure-I19b = Mean path length L
figure-I19c = Share of the largest component
figure-I19d = Small-world ratio

indicator-I20 = Consent of both sides
indicator-I20-definition = Of the cases put to parties, those to which all said yes. Cases put less than 30 days ago are immature and left out; how many stands under unknown. A yes of some only is shown apart.
indicator-I20-numerator = cases with every party's yes
indicator-I20-denominator = cases put to parties at least 30 days ago
indicator-I20-dedupe = A case counts once.
figure-I20a = Consent of all
figure-I20b = Consent of some only

indicator-I21 = Uneven exposure
indicator-I21-definition = How unevenly the cards of the ninety days up to the last day fall on organisations: Gini coefficient, share of the first tenth, share never shown, and what share of the cards falls on those not shown in the ninety days before.
indicator-I21-numerator = cards shown
indicator-I21-denominator = participating organisations that are not paused and have not opted out; d: all cards
indicator-I21-dedupe = An organisation counts once.
figure-I21a = Gini coefficient
figure-I21b = Share of the first tenth
figure-I21c = Never shown
figure-I21d = Share of newcomers

indicator-I22 = Progress
indicator-I22-definition = A meeting within 90 days of the introduction, an agreement within 365 days of the meeting, a new business within 730 days of the agreement. Cases whose time is not over are immature and left out; how many stands under unknown.
indicator-I22-numerator = cases that reached the next step
indicator-I22-denominator = cases that reached the step before, and whose time is over
indicator-I22-dedupe = A case is followed from its first day only.
figure-I22a = Introduction to meeting (90 days)
figure-I22b = Meeting to agreement (365 days)
figure-I22c = Agreement to new business (730 days)

indicator-I23 = Time to answer
indicator-I23-definition = Working days from a request to the first decision by a person (introductions made elsewhere and only recorded have none); the share within the time agreed, and the share that waits beyond it. The firm's own time between a return and its resubmission is not in it and is shown apart.
indicator-I23-numerator = a, b, e: working days; c: cases in time; d: cases waiting beyond it
indicator-I23-denominator = cases requested in the period
indicator-I23-dedupe = A case counts once.
figure-I23a = Median time to answer
figure-I23b = Ninth decile of the time
figure-I23c = Share in time
figure-I23d = Share waiting beyond it
figure-I23e = The firm's time after a return (median)

indicator-I24 = Satisfaction and NPS
indicator-I24-definition = Answers to surveys: share satisfied (4–5), mean (1–5), NPS = 100 · (share of 9–10 − share of 0–6), response rate, mean over organisations. Those declined, expired or left without a match are asked, too.
indicator-I24-numerator = a: answers of 4 or 5; c: 9–10 less 0–6; d: answers
indicator-I24-denominator = people who answered (d: people asked; e: organisations)
indicator-I24-dedupe = A person's latest answer in each wave.
figure-I24a = Satisfied
figure-I24b = Mean satisfaction
figure-I24c = NPS
figure-I24d = Response rate
figure-I24e = Mean satisfaction over organisations

indicator-I25 = Evidence and attribution
indicator-I25-definition = Of agreements, and of new businesses that came of introductions: those with evidence A or B, those where the network was decisive, contributing or unrelated, those whose parties say that they would have met anyway.
indicator-I25-numerator = results with that answer
indicator-I25-denominator = confirmed results with an answer
indicator-I25-dedupe = A result counts once.
figure-I25a = With evidence A or B
figure-I25b = Decisive
figure-I25c = Contributing
figure-I25d = Unrelated
figure-I25e = Would have met anyway

indicator-I26 = Freshness and quality of the search
indicator-I26-definition = a: Participating organisations that confirmed or changed their own profile in the twelve months up to the last day. b, c: how well the search data that served on the last day answer a fixed set of questions (Japanese and English): the mean of how well the first ten are ranked (nDCG@10), and of what share of the right answers is among the first fifty (Recall@50). d: hours from when search data were last built well, or found to be right as they are, to the end of the last day (or the time as of which is counted, if that is earlier). Only builds that are on record in the ledger count.
indicator-I26-numerator = a: organisations that confirmed or changed their profile; b, c: sum over questions; d: hours
indicator-I26-denominator = a: participating organisations (I01); b, c: questions with a right answer among what is known; d: none
indicator-I26-dedupe = An organisation and a question count once.
figure-I26a = Profiles confirmed
figure-I26b = Quality of the search, nDCG@10
figure-I26c = Quality of the search, Recall@50
figure-I26d = Hours since the last good build

indicator-I27 = Awards of other schemes held by members
indicator-I27-definition = Of the awards and approvals of other schemes on the lists that were taken in, the share won by an organisation that was in a cluster on that day.
indicator-I27-numerator = awards with at least one winner who is a member
indicator-I27-denominator = all awards on the lists, those of others included
indicator-I27-dedupe = An award is one scheme and number; a joint one counts once.

indicator-I28 = Reciprocity
indicator-I28-definition = Introductions of 36 months as ties from whoever asked to the partner: the share of them that are there in the other direction too.
indicator-I28-numerator = ties with one in the other direction
indicator-I28-denominator = ties with a direction
indicator-I28-dedupe = A pair counts once in each direction. Distinct are pairs.

indicator-I29 = Visits
indicator-I29-definition = Visits and contacts that coordinators recorded. b: the share of them whose case or need on record led to an introduction.
indicator-I29-numerator = visits and contacts (b: those that led to an introduction)
indicator-I29-denominator = b: visits and contacts in the period
indicator-I29-dedupe = A visit to several organisations at once counts once for each. Distinct are organisations.
figure-I29a = Visits and contacts
figure-I29b = Led to an introduction

## Units and the like

unit-organisation = organisations
unit-need = needs
unit-card = cards
unit-case = cases
unit-pair = pairs
unit-agreement = agreements
unit-business = businesses
unit-company = companies
unit-percent = %
unit-ratio = ratio, 0–1
unit-working-day = working days
unit-hour = hours
unit-point = points
unit-step = steps
unit-times = times

basis-stock = as of the last day
basis-period = days in the period
basis-cohort = what began in the period, followed
basis-rolling-year = 12 months up to the last day
basis-rolling-90-days = 90 days up to the last day
basis-rolling-36-months = 36 months up to the last day

breakdown-cluster = cluster (of the day)
breakdown-cluster-today = cluster (of today)
breakdown-kind = kind of organisation
breakdown-purpose = purpose
breakdown-path = path
breakdown-pair = pair of clusters
breakdown-coordinator = coordinator
breakdown-role = role
breakdown-side = side
breakdown-novelty = what is new in a business
breakdown-start = by what a business began
breakdown-scheme = scheme
breakdown-evidence = level of evidence

evidence-A = A (a document)
evidence-B = B (both parties)
evidence-C = C (one party)
evidence-D = D (the coordinator only)

flag-expected = expected
flag-confirmed = confirmed
flag-series-break = break in the series
flag-few-answers = few answers
flag-sampled-paths = paths sampled
flag-before-members = before members
opened-attested = consent recorded for a party
flag-hidden = hidden
flag-sample = sample

set-programme = Indicators of the programme
set-network = Indicators of the network
set-operations = Indicators of daily work

side-requester = Who asked
side-counterpart = Who was asked
side-both = Both
side-neither = Without an introduction

## matchbot indicators

cli-indicators =
    Count the indicators, by period, cluster, purpose and more

    With every number stand its definition and version, events and distinct, denominator, unknown, and the time of knowledge. Expected and confirmed are never added. Headlines rest on evidence A and B; C and D stand beside them.
cli-indicators--set = Which indicators: programme, network, operations  [default: all]
cli-indicators--only = only this indicator or figure (I09, I09a …); can be given several times
cli-indicators--from = First day of the period
cli-indicators--to = Last day of the period
cli-indicators--fy = A fiscal year (2026, R8, H18); this one by default
cli-indicators--by = A breakdown, may be given several times: cluster, kind (of organisation), purpose, path, pair (of clusters), coordinator, role, side, novelty or start (of a business), scheme, evidence
cli-indicators--as-of = Count as was known at this time (now by default)
cli-indicators--evidence = AB: headlines of evidence A and B alone; all: of all evidence
cli-indicators--format = Form of the output
cli-indicators--out = File to write (needed for xlsx)
cli-indicators--external = For publication: hide numbers of fewer than 3 organisations, and what gives them away
cli-indicators--open = List the cases behind this figure (I05, I09a …)
cli-indicators--part = Of --open and --by, this part only (its id, or its name in the table)
indicators-header = { $period } ({ $from } to { $to }), as known on { $as_of }. Ledger { $head }
indicators-before-members = Who is in which cluster is recorded since { $since }. It was not yet at this time: what is counted by members (marked “before members”) is 0 or empty.
indicators-without-members = It is not recorded yet who is in which cluster: what is counted by members (marked “before members”) is 0 or empty.
indicators-fiscal-year = Fiscal year { $year } ({ $era })
indicators-period = Period
indicators-part-unknown = unknown
indicators-opened = { $figure } { $name }: { $n } rows
indicators-written = Wrote { $file }.
stage-count = Counting the indicators
stage-pages = Writing the pages of the report
column-figure = No.
column-part = Part
column-figure-value = Value
column-unit = Unit
column-events = Events
column-distinct = Distinct
column-denominator = Of
column-missing = Unknown
column-weaker = C, D
column-interval = 95 % interval
column-flags = Marks
column-thing = What
column-behind = Organisations
column-measure = Value
column-breakdown = By
column-version = Version
column-definition = Definition
column-numerator = Numerator
column-dedupe = What counts once
column-basis = Days
column-known-at = As known on
column-ledger = Ledger
sheet-dictionary = Data dictionary

## matchbot report

cli-report =
    Write a report for evaluators (HTML, Japanese and English)

    One page that needs nothing else, and beside it the lists as CSV, the tables as XLSX, the charts as SVG and PNG.
cli-report--out = Folder to write to
cli-report--from = First day of the period
cli-report--to = Last day of the period
cli-report--fy = A fiscal year (2026, R8, H18); this one by default
cli-report--as-of = Count as was known at this time (now by default)
report-title = Industrial cluster matching: report of results
report-about = As known on { $as_of }. Ledger { $head }. What the numbers mean stands at the end of this page.
report-contents = Contents
report-headlines = Headlines
report-projects = Headlines by project
report-projects-told = An introduction and the like counts in the home project of each of its parties, so the rows may add up to more than the total, which is not their sum. Confirmed numbers of evidence A and B.
report-beside = { $n } events, { $distinct } distinct, { $weaker } of evidence C or D
report-trend = Year by year
report-trend-told = The main numbers of each fiscal year. Dashed lines are breaks in the series, such as a reorganisation of clusters.
report-funnel = How far cases come, by path
report-funnel-told = Cases requested in the period, and how far they have come. Immature ones may still take the next step.
report-matrix = Introductions between clusters
report-matrix-told = Which clusters introductions connect. Projects whose sizes are stated together stand side by side.
report-map = Map of clusters
report-map-told = Circles are as large as introductions are many, lines as wide as those between two clusters.
report-exposure = Uneven exposure
report-exposure-told = What share of all cards falls on the organisations shown least. The dashed line is what it would be if all were equal.
report-organisations = Organisations (%)
report-cards = Cards (%)
report-reached = Reached
report-immature = Immature
report-step = Step
report-table = As a table
report-lists = Behind the numbers
report-lists-told = Masked organisations stand by their codes. The page has the first 200 rows, the CSV file beside it all of them.
report-rows = { $shown } of { $n } rows are shown. All of them:
report-open-list = Open the list
report-not-printed = Only short tables are printed. All tables of the parts are in this page on a screen, and in { $file } beside it.
report-list-not-printed = Lists are not printed. All { $n } rows are in { $file } beside this page.
report-filter = Filter
report-definitions = Definitions
step-requested = Requested
step-approved = Approved
step-consented = Consented
step-introduced = Introduced
step-met = Met
step-agreed = Agreed
step-business = New business

## matchbot freeze

cli-freeze =
    Freeze the numbers of an evaluation, and verify them later

    Give it a name: matchbot freeze mid-term. A frozen pack leaves the programme, so numbers of fewer than three organisations are hidden.
cli-freeze-NAME = Name of the pack (mid-term, ex-post …)
cli-freeze-make = Freeze numbers, definitions and open cases
cli-freeze--from = First day of the period
cli-freeze--to = Last day of the period
cli-freeze--fy = A fiscal year (2026, R8, H18); this one by default
cli-freeze--as-of = Count as was known at this time (now by default)
cli-freeze-verify = Count a pack again, and see that it is the same
cli-freeze-compare = Compare two packs, and say why they differ
cli-freeze-compare-EARLIER = Name of the earlier one
cli-freeze-compare-LATER = Name of the later one
cli-freeze-sample = Draw cases to be audited, the same each time
cli-freeze-sample--n = How many cases
cli-freeze-sample--seed = Seed of the draw
freeze-same = It is as it was frozen.
freeze-file-changed = { $file } was changed after it was frozen.
freeze-number-differs = { $number } comes out otherwise when it is counted again.
freeze-ledger-damaged = The ledger is not the one it was. See matchbot ledger verify.
freeze-no-difference = The numbers of the two do not differ.
freeze-no-cases = No introduction was made in this period. It is chosen when a pack is made, by --fy or --from and --to.
freeze-redefined = another version
freeze-why =
    New: happened after the earlier pack. Late: had happened before, and was recorded or corrected since. Taken back: reversed, or corrected so that it no longer counts.
    Outside: not in the later period. Changed: the same case or the like, measured otherwise. --json lists which.
column-since = New
column-late = Late
column-taken-back = Taken back
column-outside-period = Outside
column-measured-otherwise = Changed
column-earlier = Earlier
column-later = Later
column-path = Path
error-pack = { $folder } cannot be used: { $reason }. Use another name, or check it.
reason-pack-exists = there is a pack of that name
reason-no-pack = there is no pack of that name
reason-no-figure = there is no figure of this number (write it as in the table of matchbot indicators: I05, I09a)
reason-not-of-coordinators = figures by coordinator are for the office and for oneself
not-a-fiscal-year = "{ $written }" is no fiscal year. Write it as 2026, H18 or R8.
period-in-two-ways = Give the period by --fy, or by --from and --to.
figure-of-another-set = { $figure } is not in this set ({ $set }), but in another one ({ $own }). Leave --set away, or name that one.
part-of-nothing = --part goes with --open and one --by.
no-such-part = There is no part "{ $part }". There are: { $parts }
no-such-breakdown = Nothing is told apart here by this: { $by }. No figure asked for has such parts, or nothing of the kind happened in the period.
period-backwards = The last day of the period comes before the first.
xlsx-needs-a-file = XLSX cannot go to a screen. Name a file with --out.
