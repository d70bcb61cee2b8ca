### The words of the command line. cli-<command>, cli-<command>--<option> and cli-<command>-<argument> are
### help; the first line of a command's help is its summary in the list of commands.

## matchbot

cli =
    Finds partners among the firms, universities, institutes and financiers of regional clusters, and says why.

    For a start, run `matchbot setup` and then `matchbot chat`.

    Choices may also be written as they are called, in English or in Japanese (`--means telephone`).
cli--help = Show this help and exit.
cli--version = Show the version and exit.
cli--json = Print the result as JSON.

## matchbot setup

cli-setup =
    Make ready: load the bundled data and a sample, build the search data.

    What is done already is not done again.
cli-setup--sample-scale = Size of the sample; 1.0 is the real size, 0 none.
cli-setup--seed = Seed of the sample.

## matchbot chat

cli-chat =
    Look for partners in a conversation.

    Where standard input is no terminal, it answers line by line and ends with the input.
cli-chat--as = Organisation that asks (id or name); its cluster and place count.
cli-chat--language = Language of the conversation (default: MATCHBOT_LANGUAGE).

## matchbot search

cli-search = Search once and show what was found.
cli-search-TEXT = The partner, technology or problem.
cli-search--kind = One of firm, university, public_institute, financier, trading_house, support_body, association, other (repeatable).
cli-search--cluster = Id of a cluster (repeatable).
cli-search--scope = Own cluster, other clusters, or all.
cli-search--prefecture = Prefecture (repeatable).
cli-search--as = Organisation that asks (id or name); it is not among the results.
cli-search--limit = How many to show.
cli-search--explain = Show the lexical, dense and fused ranks, scores and weights.

## matchbot org

cli-org = Look at organisations; merge or withdraw them.
cli-org-show = Show what is known of an organisation.
cli-org-show-ID = Id of the organisation.
cli-org-show--fields = Give source and date for each field.
cli-org-find = Find organisations by name.
cli-org-find-NAME = The name or a part of it; legal forms do not matter.
cli-org-find--limit = How many to show.
cli-org-candidates = Show pairs that may be one organisation.
cli-org-candidates--limit = How many to show.
cli-org-merge = Make two organisations one.
cli-org-merge-KEPT = Id that stays.
cli-org-merge-MERGED = Id that is merged into it.
cli-org-merge--reason = Why.
cli-org-unmerge = Undo a merge.
cli-org-unmerge-MERGED = Id that was merged.
cli-org-withdraw =
    Take an organisation out of every search.

    It acts at once; the search data need not be built anew.
cli-org-withdraw-ID = Id of the organisation.
cli-org-withdraw--reason = Why.
cli-org-reinstate = Let a withdrawn organisation be found again.
cli-org-reinstate-ID = Id of the organisation.
cli-org-review =
    Take the next step of an organisation's review, or go back to its first.

    The steps are those of MATCHBOT_RULES_REVIEW_STAGES. Only organisations at the last one are in the search data that are built next; use withdraw to take one out of the search at once.
cli-org-review-ID = Id of the organisation.
cli-org-review-STATE = Where to go (draft or published, unless set otherwise).

## matchbot clusters

cli-clusters =
    List the clusters (regional projects); rename, merge, split or abolish them.

    Memberships of before a change stay in the cluster of their day.
cli-clusters--on = As of this day (default: today).
cli-clusters-lineage = Show what happened to clusters.
cli-clusters-rename = Rename a cluster.
cli-clusters-rename-ID = Id of the cluster.
cli-clusters-merge = Merge clusters into one.
cli-clusters-merge-IDS = Ids of the clusters, two or more.
cli-clusters-split = Split a cluster.
cli-clusters-split-ID = Id of the cluster.
cli-clusters-abolish = Abolish a cluster.
cli-clusters-abolish-ID = Id of the cluster.
cli-clusters--into = The cluster that follows: ID=NAME or ID=NAME=ENGLISH NAME for a new one, ID for one that exists.
cli-clusters-rename--on = Day of the change (default: today).
cli-clusters-merge--on = Day of the change (default: today).
cli-clusters-split--on = Day of the change (default: today).
cli-clusters-abolish--on = Day of the change (default: today).
cli-clusters--reason = Why.

## matchbot corpus

cli-corpus = Load organisations, and see what is loaded.
cli-corpus-init = Load the bundled 17 projects and organisations.
cli-corpus-import =
    Load organisations from files.

    Reads CSV (UTF-8, CP932), XLSX, JSONL and JSON. A row that cannot be used is reported with its reason and the others are loaded; if any file cannot be read, nothing is changed.
cli-corpus-import-FILES = Files to load, one or more.
cli-corpus-import--mapping = Mapping of the columns: a shipped name or a file (docs/import.md).
cli-corpus-import--dry-run = Change nothing; show what would be different.
cli-corpus-import--complete = The files are all their source has: remove what they no longer hold.
cli-corpus-sample =
    Load a sample network in place of the former one.

    Equal size, seed and day always give the same sample.
cli-corpus-sample--scale = Size; 1.0 is the real size.
cli-corpus-sample--seed = Seed of the random numbers.
cli-corpus-sample--as-of = Day of the sample (default: that of the programme document).
cli-corpus-status = Show what the corpus holds.

## matchbot index

cli-index = Build and check the search data, or go back to earlier ones.
cli-index-build =
    Build search data from the corpus and switch to them.

    Until they are ready the former ones serve, and they stay if the build fails. Texts that did not change since the last build are not read or encoded again; the model is trained anew when more than a tenth of the passages changed since it was trained.
cli-index-build--encoder = What makes vectors of texts (default: MATCHBOT_ENCODER).
cli-index-build--retrain = Train the model anew, however little has changed.
cli-index-build--force = Use them even where they are much worse than the former ones, and keep why.
cli-index-build--whole = Read and encode every text anew, with the model as it is.
cli-index-status = Show the live search data and what changed since.
cli-index-list = List the search data on the disk.
cli-index-rollback = Go back to the last whole search data before the live ones.
cli-index-verify = Check search data for damage.
cli-index-verify-NAME = Name of the search data (default: the live ones).

## matchbot eval

cli-eval =
    Measure the quality of search with an evaluation set.

    Builds temporary search data from corpus.jsonl in the folder and runs queries.jsonl through the same steps as a real search.
cli-eval-DIR = Folder with corpus.jsonl, queries.jsonl and so on.
cli-eval--lexical-only = Search by words only.
cli-eval--dense-only = Search by meaning only.
cli-eval--full = Include threshold and diversity, as in what people are shown.

## While it runs

stage-import = Reading the files
stage-sample = Loading the sample
stage-read = Reading the organisations
stage-train = Training the text model
stage-encode = Making vectors of the texts
stage-tune = Choosing the weights of the search
stage-ask = Asking the queries
stage-write = Writing the search data
interrupted = Interrupted.

## Headers of tables

column-id = id
column-name = name
column-kind = kind
column-prefecture = prefecture
column-marks = marks
column-region = region
column-fields = fields
column-firms-stated = firms (stated)
column-universities-stated = universities (stated)
column-firms = firms (loaded)
column-universities = universities (loaded)
column-record = record
column-added = added
column-changed = changed
column-removed = removed
column-unchanged = unchanged
column-organisations = organisations
column-passages = passages
column-passage = type of passage
column-source = source
column-as-of = as of
column-url = URL
column-field = field
column-value = value
column-kept = kept
column-merged = merged
column-reason = reason
column-day = day
column-change = change
column-before = before
column-after = after
column-built = built
column-encoder = encoder

## Words

total = Total
no-value = –
list-separator = {", "}
whole-row = whole row
mark-sample = [sample]
mark-masked = [masked]
mark-draft = [draft]
mark-withdrawn = [withdrawn]
mark-international = [abroad]
mark-live = live
said-by = Source: { $source } ({ $as_of })

kind-firm = Firm
kind-university = University
kind-public_institute = Public institute
kind-financier = Financier
kind-trading_house = Trading house
kind-support_body = Support body
kind-association = Association
kind-other = Other

passage-capability = Capability
passage-need = Need
passage-theme = Research theme
passage-mandate = Mandate

record-organisations = Organisations
record-passages = Passages
record-memberships = Memberships
record-contacts = Contacts

field-id = Id
field-name = Name
field-name_en = English name
field-aliases = Other names
field-kind = Kind
field-corporate_number = Corporate number
field-country = Country
field-prefecture = Prefecture
field-city = City
field-website = Website
field-industry = Industry
field-fields = Fields
field-size_band = Size
field-mandate = Terms of funding
field-membership = Cluster

review-draft = draft
review-published = published

mandate-ticket = { $least } to { $most } yen

role-home = home
role-member = member
role-left = left

lineage-renamed = renamed
lineage-merged = merged
lineage-split = split
lineage-abolished = abolished

candidate-corporate-number = same corporate number
candidate-name = same name

flag-personal-mail = personal mail address (not searched)
flag-role-mail = mail address of the organisation (not searched)
flag-mobile-number = mobile number (not searched)
flag-corporate-number-dropped = wrong corporate number, loaded without it
flag-website-dropped = wrong URL, loaded without it
flag-column-not-read = this column is not read (change its header, or give a --mapping)

## matchbot setup

setup-ready = Ready: { $organisations } organisations can be found. `matchbot chat` begins a conversation; `matchbot slack demo` shows it in Slack.

## matchbot corpus

difference-none = Nothing is different.
import-did = { $taken } of { $rows } rows loaded.
import-would = { $taken } of { $rows } rows can be loaded (this was a dry run; nothing was changed).
import-changed = Changed organisations ({ $n }): { $ids }{ $more ->
    [0] { "" }
   *[other] {" "}and { $more } more
}
import-removed = Removed organisations ({ $n }): { $ids }{ $more ->
    [0] { "" }
   *[other] {" "}and { $more } more
}
import-rejections = Rows left out: { $n }
import-rejection = {"  "}{ $file } row { $row }: { $field } “{ $value }”: { $reason }
import-flags = Please look at these: { $n }
import-flag = {"  "}{ $file } row { $row }: { $field } “{ $value }”: { $flag }
import-more = {"  "}and { $n } more (--json prints all)
import-then-build = Run `matchbot index build` to search what is new.
corpus-status = Clusters { $clusters }; of the organisations: samples { $samples }, unpublished { $unpublished }, withdrawn { $withdrawn }, merged { $merged }, without passages { $without }; contacts { $contacts }
corpus-is-indexed = The search data were built from just this.
corpus-is-not-indexed = The search data do not hold this yet. Run `matchbot index build`.

## matchbot org

org-none-found = None found.
org-membership = {"  "}Cluster: { $cluster } (since { $since })
org-decision = {"  "}{ $day } { $action }: { $about }
decision-merged = merged
decision-unmerged = merge undone
decision-withdrawn = withdrawn
decision-reinstated = reinstated
decision-reviewed = reviewed
org-merged = { $merged } is now part of { $kept }; searches follow with the next `matchbot index build`. `matchbot org unmerge { $merged }` undoes it.
org-unmerged = { $merged } stands for itself again; searches follow with the next `matchbot index build`.
org-withdrawn = { $id } is out of every search. `matchbot org reinstate { $id }` undoes it.
org-reinstated = { $id } can be found again.
org-reviewed = { $id } is “{ $state }” from the next build of the search data on.
org-review-state = {"  "}Review: { $state }
candidates-none = No pair looks like one organisation.

## matchbot clusters

clusters-shared-size = * The document states only the sum of two projects. Both show it; it counts once in the total.
clusters-totals =
    There are { $n } clusters on { DATETIME($on, dateStyle: "long") }. The stated sizes add up to { $firms } firms and { $universities } universities (the document's own totals: about { $stated_firms } and about { $stated_universities }).
    Why they differ: the numbers of firms are approximate, and a university that takes part in several projects seems to be counted in each (the document does not say).
lineage-none = No change of clusters is on record.

## matchbot index

snapshot = Search data { $name } (built { DATETIME($created_at, dateStyle: "long", timeStyle: "short") }): { $organisations } organisations, { $passages } passages, encoder { $encoder }
snapshot-effort = Texts read anew: { $read }, passages encoded anew: { $encoded }.
snapshot-gate = Compared with the former ones: { $figures }
figure-organisations = organisations { $before } → { $after }
figure-passages = passages { $before } → { $after }
figure-golden = how well answers that are known are found ({ $name }, at most 1) { NUMBER($before, minimumFractionDigits: 3, maximumFractionDigits: 3) } → { NUMBER($after, minimumFractionDigits: 3, maximumFractionDigits: 3) }
figure-held-out = how well passages that were held back are found ({ $name }, at most 1; only the difference counts) { NUMBER($before, minimumFractionDigits: 3, maximumFractionDigits: 3) } → { NUMBER($after, minimumFractionDigits: 3, maximumFractionDigits: 3) }
snapshot-forced = They were forced in beyond the limits: { $reason }
snapshot-none = There are no search data yet. Run `matchbot index build`.
snapshot-is-current = They hold what the corpus holds now.
snapshot-is-behind = Organisations changed since: { $changed }. Run `matchbot index build` to search what is new.
snapshot-verified = The search data { $name } are whole.
notice-too-small-to-train = There were too few texts to train a model: the search goes by words only.
notice-encoder-failed = The text model cannot be loaded: the search goes by words only.

## matchbot search

mark-other-cluster = [other cluster]
alternative-separator = {" or "}
fact-separator = {", "}
card-conditions = Conditions: { $pieces }
card-sentence = Why: “{ $sentence }”
card-words = Matched words: { $words }
explain-weights = Weights of the parts: { $weights }
part-passages = words (passages)
part-profile = words (profile)
part-dense = meaning
part-votes = meaning (votes)
column-place = shown
column-lexical-rank = lexical rank
column-dense-rank = dense rank
column-rank = fused rank
column-part-passages = words (passages)
column-part-profile = words (profile)
column-part-dense = meaning
column-part-votes = meaning (votes)
column-score = score
notice-scope-needs-asker = Whose own cluster is meant is not known, so all clusters were searched.

## matchbot eval

evaluated = Evaluation set { $name }: { $organisations } organisations, { $passages } passages, { $unjudged } queries without judgement. [ ] is the 95 % bootstrap interval.
overall = overall
column-group = group
column-n = n
column-measure-success-1 = success@1
column-measure-success-10 = success@10
column-measure-recall-10 = recall@10
column-measure-recall-100 = recall@100
column-measure-mrr-10 = MRR@10
column-measure-ndcg-10 = nDCG@10
