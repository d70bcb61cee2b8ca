"""One introduction, from the request to the day when both sides know each other: what may happen.

The case is the fold of its events. `transitions` is the whole table of what may follow what;
`decisions` takes the case and what somebody wants, and gives the events which record it, or raises.
Nothing here reads a clock, a file or a setting. Who acted, when, and on which delivery stands in the
ledger's row, not in the event; names and free text stand in the private store, and an event has only
their ``TextRef``.

    REQUESTED ──► APPROVED ──► ASKED ──► CONSENTED ──► INTRODUCED
      │    ▲
      ▼    │        exits: DECLINED (a coordinator), REFUSED (a party), WITHDRAWN (the requester),
    RETURNED               EXPIRED (silence), CANCELLED (stopped, called off, or reversed later)

Where several have to approve or to consent, the case stays where it is until the last of them has.
"""
