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
nightly-changes-unknown = The search data before cannot be read, so what changed cannot be told.
nightly-report = Report: { $folder }
nightly-pruned = Cleared away: { $n }
nightly-failed = Failed: { $step }. { $error }
nightly-done = All steps succeeded.

inbox-done = Taken in: { $file }
inbox-rejected = Rejected: { $file }
inbox-waiting = Changed a moment ago, left for the next time: { $file }
inbox-trial-done = Can be taken in: { $file }
inbox-trial-rejected = Would be rejected: { $file }
inbox-trial-waiting = Changed a moment ago, left for the next time: { $file }
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

# What the doctor finds, each with what to do.

cli-doctor =
    Look for what is wrong here, and say what to do about it.

    Looks at the home folder, the disk, the corpus, the search data and their model, the ledger and its backups, the last night, and the settings for Slack. The exit code is 78 where something is to be put right; a note is none.

doctor-level-ok = ok
doctor-level-note = note
doctor-level-fault = FAULT
doctor-finding = { $level }: { $told }

doctor-home = The home folder is { $folder }.
doctor-no-home = There is no home folder { $folder } yet. Run `matchbot setup`, or set MATCHBOT_HOME to where it is.
doctor-home-not-writable = The home folder { $folder } cannot be written by this user. Give it to the user that runs matchbot (`chown -R matchbot`).
doctor-open-to-others = Other users of this machine can read { $files } in { $folder }. Run `chmod -R go-rwx { $folder }`.
doctor-disk = { $free } MB are free on the disk; { $needed } MB should be.
doctor-disk-low = Only { $free } MB are free on the disk; a build wants { $needed } MB. Make room, or set MATCHBOT_SNAPSHOTS_KEPT lower.
doctor-corpus = The corpus holds { $n } organisations.
doctor-corpus-damaged = The corpus { $file } cannot be read. Move it aside, run `matchbot corpus init`, and import the lists in `inbox/done` again; withdrawals and merges have to be entered again, too.
doctor-corpus-empty = The corpus is empty. Run `matchbot setup`, or `matchbot corpus import FILES`.
doctor-search-data = The search data { $name } are whole: { $n } organisations.
doctor-search-data-behind = { $n } organisations changed since the search data were built. The next `matchbot nightly` takes them in.
doctor-model = The model of the search can be used ({ $encoder }).
doctor-model-failed = The model { $encoder } cannot be loaded, and the search goes by words only. Put it back where it was, or set MATCHBOT_ENCODER to another and run `matchbot index build`.
doctor-own-model-failed = The model of the search data cannot be loaded, and the search goes by words only. The next `matchbot nightly` trains it anew; `matchbot index build` does so now.
doctor-no-ledger = There is no ledger: searching works, introductions do not. Run `matchbot ledger create` to have one.
doctor-ledger = The ledger is intact: { $n } events.
doctor-ledger-damaged = The ledger is not what was recorded. Run `matchbot ledger verify` to see where, then `matchbot ledger restore` with the last backup.
doctor-no-backup = There is no backup of the ledger in { $folder }. Run `matchbot nightly` every night.
doctor-backup = The last backup can be restored: { $folder }
doctor-backup-old = The last backup is more than two days old: { $folder }. Look why `matchbot nightly` does not run (`systemctl status matchbot-nightly.timer`).
doctor-night-unfinished = The last nightly work broke off. Run `matchbot nightly`: it goes on from there.
doctor-night = The last nightly work succeeded, on { $on }.
doctor-no-night = There was no nightly work yet. Have `matchbot nightly` run every night (docs/operations.md).
doctor-night-failed = The nightly work of { $on } failed in part: { $failed }. Run `matchbot nightly` to see the remedy of each step.
doctor-night-old = The last nightly work ended on { $on }. Look why it does not run (`systemctl status matchbot-nightly.timer`).
doctor-no-slack = Slack is not set up: everything works in a terminal. docs/slack.md says how to.
doctor-no-bot-token = MATCHBOT_SLACK_BOT_TOKEN is not set: matchbot cannot speak in Slack. The token is on the app's page in Slack.
doctor-no-way-in = Slack cannot reach matchbot: set MATCHBOT_SLACK_APP_TOKEN (Socket Mode) or MATCHBOT_SLACK_SIGNING_SECRET (HTTP).
doctor-slack = Slack knows matchbot in { $team }, and all scopes are granted.
doctor-slack-nobody = No workspace has let matchbot in yet. Run `matchbot slack serve`, and open /slack/install in a browser.
doctor-slack-lacking = Slack knows matchbot in { $team }, but these scopes are missing: { $scopes }. Put the manifest of `matchbot slack manifest` on the app's page and install the app again.
doctor-slack-refused = Slack does not let matchbot in: { $reason }. Compare MATCHBOT_SLACK_BOT_TOKEN with the app's page ("OAuth & Permissions").
doctor-slack-away = Slack does not answer. See whether this machine reaches slack.com. What waits for people is sent when it does.

# matchbot slack check

cli-slack-check =
    Ask Slack whether it knows matchbot and lets it do all that it does.

    The exit code is 78 where scopes are missing, and 69 where Slack does not accept the token or does not answer.

# matchbot ledger trace: from a line of the log to the records of the ledger

cli-ledger-trace = Find the records that were written when the log spoke of this id.
cli-ledger-trace-ID = Id on a line of the log (correlation_id), or in `matchbot case log`.
ledger-trace-nothing = No record of the ledger has this id.
column-correlation = id
column-subject = about
