### Uneven exposure: matchbot exposure.

cli-exposure =
    Compare how evenly partners are shown before a day and after it

    Gini coefficient of how often each organisation was shown, share of the first tenth, share never shown, and what share of the cards fell on newcomers (not shown in as many days before); as a whole, by kind and by cluster. --changed-on names the day on which a setting was changed.
cli-exposure--window = Days before and after, each
cli-exposure--changed-on = The day on which the settings of fairness, or others, were changed. By default the last span is compared with the one before
cli-exposure--as-of = Count as it was known at this time (default: now)
exposure-before = Before: { $first } to { $last } ({ $n } days)
exposure-after = After: { $first } to { $last } ({ $n } days)
exposure-read = A Gini coefficient of 0: all are shown equally often; near 1: one alone is. Shares are %. What fairness costs in relevance (nDCG) is told by matchbot eval --full, of the same searches both ways.
column-cards-shown = cards (before → after)
column-top-tenth = first tenth
column-never = never shown
column-newcomers = newcomers
