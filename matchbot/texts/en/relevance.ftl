# Why a partner comes sooner or later than its words alone would say.

## Ties

tie-undertaking = Known from before: both are named in “{ $name }”
tie-met = Known from before: you have been introduced to each other
part-ties = ties
column-part-ties = ties
cli-search--no-ties = Let ties from before play no part in the order.
cli-eval--no-ties = Measure without the ties from before.
