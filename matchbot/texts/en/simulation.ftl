### The simulation: in a sample ledger only.

error-simulation = A simulation needs an empty sample ledger ({ $folder }: { $reason }). Make a sample ledger in another folder (MATCHBOT_HOME).
reason-real-ledger = this ledger is a real one
reason-ledger-in-use = something is recorded in it already
reason-no-sample-firms = there are too few sample firms; run matchbot corpus sample first
