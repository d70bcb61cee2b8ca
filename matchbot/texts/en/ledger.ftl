### The ledger: its errors, and the reasons that verification and backups give.

error-ledger = There is a problem with the ledger.
error-no-ledger = There is no ledger in { $folder }. Make one with `matchbot ledger create`, or get one back with `matchbot ledger restore`. To try things out, make a sample one with `matchbot ledger create --sample` (for good: it never becomes a real one).
error-ledger-exists = { $folder } has a ledger already. Whether a ledger is real or a sample cannot be changed once it is made. Use another folder (MATCHBOT_HOME).
error-ledger-busy = Another process has been using the ledger file { $file } for long. Try again when it has finished.
error-stream-moved = Somebody else has recorded something of { $stream } first ({ $found } events instead of { $expected }). Look at it and try again.
error-backup = The backup { $folder } cannot be used: { $reason }. The ledger has not been changed.

## What verification finds

reason-row-changed = it does not follow from the record before: it was changed or put in
reason-row-missing = there is no record of this number
reason-row-unreadable = the record cannot be read; the file is damaged
reason-chain-cut = the records end before the head that was kept
reason-other-head = it is not the record that was kept as the head; the ledger was written anew
reason-text-missing = the text it refers to is gone, and no erasure accounts for that
reason-text-changed = the text it refers to was changed
reason-structure-changed = tables, indexes or guards are not as they were made

## Backups

reason-within-ledger = it would lie within the folder of the ledger; choose another place, so that nothing stays of people who were erased
reason-not-empty = there is something already; choose a name that is not in use
reason-no-backup = it is no backup, or an unfinished one
reason-backup-damaged = its content has changed since it was made
reason-ledger-not-intact = the ledger itself is not as it was recorded, so there is nothing to back up; `matchbot ledger verify` says where
reason-other-ledger = it is of another ledger
reason-newer-events = the ledger has events that are newer than the backup; add --lose-newer if they may be lost
