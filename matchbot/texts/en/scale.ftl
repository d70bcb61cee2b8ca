### Beyond one machine: the ledger on a server.

error-ledger-moved = The ledger of { $folder } is in { $to } now. For a ledger moved to PostgreSQL, put its address into MATCHBOT_LEDGER_URL; for one that came back into a folder, unset MATCHBOT_LEDGER_URL. If the move broke off, run the same `matchbot ledger migrate-to` again.
error-ledger-unreachable = The server of the ledger, { $server }, cannot be used: { $reason }. See that it runs and that MATCHBOT_LEDGER_URL is right, then try again.
error-migration = The ledger cannot be moved to { $to }: { $reason }. It was not changed.
error-search-cluster = The search server { $server } cannot be used: { $reason }. See that Milvus runs and that MATCHBOT_MILVUS_URL is right. Without MATCHBOT_MILVUS_URL this machine searches.
error-not-installed = What is configured needs a package that is not installed ({ $package }). Install it with `pip install "matchbot[{ $extra }]"`.

doctor-ledger-server = The server of the ledger answers: { $server }, PostgreSQL { $version }.
doctor-ledger-server-old = The server of the ledger, { $server }, is PostgreSQL { $version }; matchbot needs { $oldest } or newer. Upgrade it, or move the ledger with `matchbot ledger migrate-to`.
doctor-search-server = The search server answers: { $server }, Milvus { $version }.
doctor-search-server-old = The search server { $server } is Milvus { $version }; matchbot needs { $oldest } or newer. Upgrade it. Without MATCHBOT_MILVUS_URL this machine searches.
doctor-search-server-data = The search server searches { $name }.
doctor-search-server-empty = The search server { $server } searches none of the search data in the home folder. Run `matchbot index build` to publish them there, or copy the folder `snapshots` from the machine that did.
doctor-search-server-other = The search server searches { $published }, but the search data in use here are { $live }. If that is not meant, run `matchbot index build`, or copy the folder `snapshots` from the machine that published last.

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
