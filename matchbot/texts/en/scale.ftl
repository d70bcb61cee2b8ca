### Beyond one machine: the ledger on a server.

error-ledger-moved = The ledger of { $folder } is in { $to } now. For a ledger moved to PostgreSQL, put its address into MATCHBOT_LEDGER_URL; for one that came back into a folder, unset MATCHBOT_LEDGER_URL. If the move broke off, run the same `matchbot ledger migrate-to` again.
error-ledger-unreachable = The server of the ledger, { $server }, cannot be used: { $reason }. See that it runs and that MATCHBOT_LEDGER_URL is right, then try again.
error-migration = The ledger cannot be moved to { $to }: { $reason }. It was not changed.
error-search-cluster = The search server { $server } cannot be used: { $reason }. See that Milvus runs and that MATCHBOT_MILVUS_URL is right. Without MATCHBOT_MILVUS_URL this machine searches.
error-not-installed = What is configured needs a package that is not installed ({ $package }). Install it with `pip install "matchbot[{ $extra }]"`.

reason-database-not-empty = that database has a schema of matchbot already. Use an empty one or, if nobody needs it, take it away with `DROP SCHEMA matchbot CASCADE`
reason-not-on-server = the ledger is in the folder already (MATCHBOT_LEDGER_URL is empty)

cli-index-build--scheduler = The Dask scheduler whose workers encode (tcp://…).

cli-ledger-migrate-to =
    Move the ledger to PostgreSQL (URL), or back into the folder ("files").
    It is verified before and after. Who writes meanwhile waits. If it breaks off, run it again and it
    ends what it began. In the end you are told which setting to change.
cli-ledger-migrate-to-URL = the address of the database (postgresql://…), or `files`: the home folder
cli-ledger-migrate-to--yes = Do not ask back.

confirm-migrate = The ledger will be moved; nothing can be written where it is now afterwards. Go on?
ledger-moved-to-server =
    The ledger is in { $to } now, verified ({ $n } records, { $texts } texts, head { $head }).
    Nothing can be written to the one in this folder any more. Put the address into MATCHBOT_LEDGER_URL and restart every matchbot that runs.
ledger-moved-to-files =
    The ledger is back in { $to }, verified ({ $n } records, { $texts } texts, head { $head }).
    Nothing can be written to the one in the database any more. Unset MATCHBOT_LEDGER_URL and restart every matchbot that runs.
