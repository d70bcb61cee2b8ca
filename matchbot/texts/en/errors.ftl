### Errors. error-<code>: what happened and what to do. reason-<code>: why, as part of that sentence.

error-unexpected = Something unexpected went wrong.
error-corpus = There is a problem with the corpus.
error-indexing = There is a problem with the search data.

error-configuration = The environment variable { $variable } cannot be “{ $value }” ({ $reason }). Correct or unset it; docs/configuration.md lists what it can be.
error-empty-corpus = The corpus { $file } holds no organisation yet. Load the bundled data with `matchbot setup`, or your own with `matchbot corpus import`.

error-record = Field { $field } cannot be “{ $value }”: { $reason }.
error-unknown-organisation = There is no organisation with the id “{ $id }”. Look it up with `matchbot org find NAME`.
error-unknown-cluster = There is no cluster with the id “{ $id }”. `matchbot clusters` lists the ids.
error-unreadable-file = The file { $file } cannot be loaded: { $reason }. Nothing was changed.
error-mapping = The mapping { $file } { $place } cannot be used: { $reason }. docs/import.md tells how to write one.
error-merge = { $merged } cannot be merged into (or separated from) { $kept }: { $reason }.
error-review-state = { $id } cannot go from “{ $state }” to “{ $wanted }”. Take the steps of the review one at a time.
error-lineage = Cluster { $id } cannot be changed like that: { $reason }.
error-registry-busy = Another process has been writing to the corpus { $file } for long. Try again when it has finished.
error-several-sources = Only one source can be replaced at a time, but these files are of { $sources }. Import them source by source.

error-case = There is a problem with a case.
error-transition = { $id } is “{ $state }”: { $command } is not possible now. Look at what has happened to it.
error-step = { $id }: { $command } is not possible: { $reason }.

error-encoder = The model { $model } cannot be used: { $reason }. Check its name or folder, or build with MATCHBOT_ENCODER=none (words only).
error-snapshot = The search data { $snapshot } are damaged or of another format ({ $file }: { $reason }). Go back with `matchbot index rollback` or build anew with `matchbot index build`.
error-no-snapshot = There are no usable search data in { $folder }. Build them with `matchbot index build`.
error-gate = The new search data were refused, and the former ones go on serving. Beyond the limits: { $refused }. (All figures: { $figures }.) Look at what was imported last (`matchbot corpus status`); if it is right so, run `matchbot index build --force "why"`. The limits are MATCHBOT_GATE_COUNTS and MATCHBOT_GATE_MEASURES.
error-build-running = Search data are being built by another process ({ $folder }). Try again when it has finished.
error-evaluation-set = The evaluation set cannot be read at { $file }{ $line ->
    [0] { "" }
   *[other] {" "}line { $line }
}: { $reason }.

error-policy = The rules of the network do not allow this.
error-not-allowed = You cannot do this: { $reason }. Ask your coordinator or the programme's office.
error-conflict = You cannot approve this case: { $reason }. Another coordinator approves it, or the programme's office if there is none.
error-reason-needed = This case needs a reason to be approved: { $reason }. Say why it should go on all the same.
error-quota-exceeded = You cannot ask for an introduction now: { $reason } (limit { $limit }). You can ask again from { $frees_on }.
error-repeated-request = The same request to the same partners is under way as { $id }. Wait for what comes of it, or withdraw it first.
error-repeated-text = The same text can go with { $limit } requests in { $days } days. Write to each partner, or try again from { $frees_on }.
error-unavailable = This partner cannot be introduced at present. Please choose another.
error-paused = You cannot ask for an introduction: { $reason }. You can once you have resumed.
error-deferral = An answer cannot be put off until { $until }. Give a day from tomorrow to { $latest }.

## A value or row

reason-empty = it is empty; give it a value
reason-bad-id = an id has ASCII letters, digits and . _ : - only, 64 at most
reason-wrong-length = a corporate number has 13 digits
reason-not-digits = write digits only
reason-check-digit = the check digit does not match; compare the number with its source
reason-unknown-kind = not a kind of organisation; use one of firm, university and so on, or translate it in the mapping
reason-unknown-passage-type = not a type of passage; use capability, need, theme or mandate
reason-unknown-prefecture = not the name of a prefecture
reason-unknown-country = not a country; use two letters such as JP
reason-unknown-cluster = there is no such cluster; use an id or name that `matchbot clusters` lists
reason-unknown-role = not a role of a member; use home, member or left
reason-unknown-member-role = not a role; use firm, coordinator, staff, evaluator or administrator
reason-not-a-slack-id = neither a user id in Slack (U… or W…) nor yes or no
reason-not-an-absence = give both the first and the last day of an absence, in this order
reason-unknown-cluster-id = there is no such cluster; use an id that `matchbot clusters` lists
reason-told-before = a row above is about the same member; use one row for each
reason-unknown-outcome-kind = not a kind of outcome; use deal, joint_research, funding, new_business, founding, second_founding, university_venture or listing
reason-unknown-certainty = use expected or confirmed
reason-unknown-novelty = not a novelty; use product, service or process
reason-unknown-start = not a start; use first_sale or approved_budget
reason-unknown-attribution = not an attribution; use decisive, contributing or unrelated
reason-unknown-anyway = use yes or no, or leave it empty
reason-not-a-date = not a date; write it like 2006-04-01
reason-not-an-amount = not an amount of money
reason-not-yes-or-no = neither yes nor no
reason-error-cell = an error value of a spreadsheet; correct the original
reason-bad-encoding = it has characters that cannot be read; check the encoding of the file
reason-broken-quotes = a quotation mark is not closed
reason-long-cell = a cell has more than 10 million characters; make it shorter
reason-too-many-cells = there are more cells than headers
reason-not-an-object = not a JSON object ({"{"}…{"}"})
reason-not-json = not JSON

## A file

reason-missing = there is no such file
reason-not-readable = it may not be read, or reading failed
reason-unknown-type = unknown type; CSV, TSV, XLSX, JSONL and JSON can be read
reason-not-text = it is not text
reason-unknown-encoding = its encoding is neither UTF-8 nor CP932 (Shift_JIS)
reason-no-rows = it is empty
reason-no-name-column = no column with the organisation's name was found; give a mapping with `--mapping`
reason-no-known-column = the columns that are needed were not found; `--help` of this command says which they are
reason-no-such-sheet = the sheet that the mapping names is not there
reason-not-a-workbook = it cannot be read as an Excel workbook

## A mapping

reason-not-toml = not TOML
reason-unknown-mapping = there is no mapping of this name
reason-unknown-setting = there is no such setting
reason-wrong-setting = the value of the setting has the wrong form
reason-bad-pattern = not a regular expression
reason-bad-template = the template's {"{"}column{"}"} is wrong
reason-no-name = it does not say which column holds the organisation's name

## The database of the corpus

reason-not-a-database = it is not a database of matchbot
reason-newer-version = a newer matchbot made this database; update matchbot
reason-backdated = its time is before what is already recorded; check the clock
reason-two-organisations = two organisations use the same passage id

## A merge

reason-itself = it is the same organisation
reason-already-merged = it is merged already
reason-chain = merges do not chain; undo the earlier one first
reason-not-merged = it is not merged
reason-several-merged = several organisations are merged into it; give the id to separate

## A change of clusters

reason-wrong-shape = the numbers before and after do not fit (rename 1→1, merge 2 or more→1, split 1→2 or more, abolish 1 or more→0)
reason-not-begun = it had not begun on that day
reason-ended = it had already ended on that day

## Search data

reason-hash-collision = two words have the same code
reason-format = its format is of another version
reason-unreadable = it cannot be read
reason-size = its size is not the recorded one
reason-checksum = its content is not the recorded one
reason-json = it is not a JSON object
reason-columns = query id, organisation id and grade are not separated by tabs

## The rules

reason-not-your-role = { $role ->
    [firm] a firm or researcher
    [coordinator] a coordinator
    [staff] the programme's office
    [evaluator] an evaluator
    [administrator] an administrator
   *[other] { $role }
} has no right to it
reason-not-your-organisation = it is another organisation's case
reason-not-your-cluster = it is not a case of your clusters
reason-employed = you belong to { $organisation }, which is a party
reason-approved-before = you have approved it once; somebody else gives the second approval
reason-main-bank = you have ties to the main bank of { $organisation }
reason-same-group = you are of the same group as { $organisation }
reason-other-closeness = you are close to { $organisation }
reason-quota-week = the requests for any 7 days are used up
reason-quota-open = as many requests are open as may be
reason-quota-recipient = requests for this partner have reached the limit of this quarter
reason-own-pause = you have paused introductions until { $until }
reason-own-pause-open = you have paused introductions
reason-own-opt-out = you have left the introductions

## Introductions and outcomes

reason-too-few-parties = it takes two or more different organisations (one or more for a new business, founding or listing)
reason-other-parties = the parties are not those on record
reason-not-a-party = the organisation is not a party
reason-not-requester = only the organisation that asked can withdraw
reason-not-approver = no approval of that cluster is needed
reason-already-approved = that cluster has approved already
reason-same-person = one person cannot approve for two clusters; ask somebody else
reason-no-reason = it needs a reason; say why, and try again
reason-not-told = only a cluster that was told can stop it
reason-not-asked = that organisation has not been asked yet
reason-answered = that organisation has answered already
reason-nobody = nobody is named whose answer it is
reason-no-means = an answer that was heard needs its means: telephone, mail or visit
reason-not-outside = choose how it was made: in person, by telephone …
reason-not-yet = that day has not come yet
reason-before-case = that day lies before the case; check the year and the month
reason-past-day = that day is past; choose today or a day to come
reason-no-purpose = it needs a purpose, or a need that has one
reason-no-text = nothing is written
reason-not-due = the day that was told has not passed yet
reason-not-in-charge = that member is not in charge of the case
reason-nda-stage = the NDA is not at that stage
reason-not-released = the other side's documents open when all have consented
reason-nda-missing = the other side's documents open on the day the NDA is signed
reason-no-document = there is no such document
reason-no-such-meeting = there is no such meeting on record; record the meeting with its day first
reason-backwards = going back on the scale needs a reason
reason-already-confirmed = it is confirmed already
reason-no-subject = a new business needs an id of its own
reason-nothing-said = the answer is empty
reason-out-of-range = satisfaction goes from 1 to 5, recommendation from 0 to 10
