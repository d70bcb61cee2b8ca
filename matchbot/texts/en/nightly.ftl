# The work of a night: what the command says, and what the staff are told when a step fails.

cli-nightly =
    Do the work of a night: back up, import, build, remind, report, clear away.

    Every step can be repeated: where a run broke off, the next one goes on. Files are taken from inbox/ of the home folder (CSV, XLSX, JSON; a mapping beside them is called NAME.mapping.toml), and then lie in inbox/done or inbox/rejected beside their reports. What is much worse than the search data in use does not replace them. The exit code is 0 when all steps succeeded.
cli-nightly--dry-run = Tell what would be done, and change nothing.
cli-nightly--retrain = Train the model anew, however little has changed.

stage-nightly-backup = Backing up the ledger
stage-nightly-inbox = Looking into the inbox
stage-nightly-build = Building the search data
stage-nightly-jobs = Doing what is due
stage-nightly-report = Writing the report
stage-nightly-prune = Clearing away what is old

nightly-step-backup = Backup of the ledger
nightly-step-inbox = Import from the inbox
nightly-step-build = Search data
nightly-step-jobs = Reminders and alerts
nightly-step-report = Report
nightly-step-prune = Clearing away

nightly-dry-run = A dry run: nothing was changed.
nightly-backup = Backup: { $folder }
nightly-no-ledger = There is no ledger to back up.
nightly-behind = Organisations changed since the search data were built: { $n }
nightly-published = New search data in use: { $name }
nightly-unchanged = The search data in use hold what new ones would: { $name }
nightly-report = Report: { $folder }
nightly-pruned = Cleared away: { $n }
nightly-failed = Failed: { $step }. { $error }
nightly-done = All steps succeeded.

inbox-done = Taken in: { $file }
inbox-rejected = Rejected: { $file }
inbox-waiting = Changed a moment ago, left for the next time: { $file }
inbox-error = { "  " }{ $error }
inbox-rows = { "  " }Rows { $rows }, rejected { $rejected }; organisations added { $added }, changed { $changed }; passages added or changed { $passages }

error-nightly-running = The nightly work is being done by another process ({ $folder }). Try again when it has finished.
error-storage = The disk is full, or a file cannot be read or written ({ $file }: { $reason }). Make room or put its permissions right, and run it again.

slack-told-nightly-failed = The nightly work of { $night } did not succeed in { $n ->
    [one] one step
   *[other] { $n } steps
}. Searches go on with the former data.
slack-nightly-step = • { $step } ({ $code })
slack-nightly-remedy = Whoever runs the machine sees why, and what to do, with `matchbot nightly`.
