# Why a partner comes sooner or later than its words alone would say.

## Ties

tie-undertaking = Known from before: both are named in “{ $name }”
tie-met = Known from before: you have been introduced to each other
part-ties = ties
column-part-ties = ties
cli-search--no-ties = Let ties from before play no part in the order.
cli-eval--no-ties = Measure without the ties from before.

## Words that mean the same

card-synonyms = Words of like meaning: { $words }
synonyms-added = { $n ->
    [one] Added one meaning. It acts from the next search on.
   *[other] Added { $n } meanings. They act from the next search on.
  }
synonyms-removed = { $n ->
    [one] Removed one meaning.
   *[other] Removed { $n } meanings.
  }
synonyms-none = No meanings were added (the field terms that ship are always used).
synonyms-move-nobody = Nobody would come to another place.
synonyms-need-two = Give two or more words that mean the same, such as: matchbot synonyms add film "thin layer"
column-query = query
column-rank-before = rank before
column-rank-after = rank after
cli-synonyms = Words that mean the same, for the search.
cli-synonyms-list = Show the meanings that were added.
cli-synonyms-add = Add words that mean the same (film "thin layer").
cli-synonyms-add-WORD = Words that mean the same, two or more.
cli-synonyms-preview = Show who would come to another place, without adding anything.
cli-synonyms-preview-WORD = Words that mean the same, two or more.
cli-synonyms-remove = Take away the meanings that hold a word.
cli-synonyms-remove-WORD = The word.
cli-synonyms-import =
    Add meanings from a file.

    Reads lines of words with "|" between them, or CSV with the columns group and surface (such as the synonyms of SudachiDict).
    A list of everything brings partners who do not fit as well: compare matchbot eval --golden before and after.
cli-synonyms-import-FILE = The file to read.
cli-synonyms-import--take-back = Take the meanings in this file away again.

## The golden set

eval-needs-one-set = Give either a folder with an evaluation set or --golden.
cli-eval--golden = Measure on the set that ships: hand-written organisations and needs.

## What decides the order besides relevance

explain-terms = What is added to relevance (at most): { $terms }
part-diversity = variety
part-exposure = shown before
part-newcomer = newcomer's place
column-part-diversity = variety
column-part-exposure = shown before
column-part-newcomer = newcomer
column-combined = combined
by-relevance = by relevance alone
as-arranged = as arranged
column-cards = cards
column-gini = Gini of being shown
column-never-shown = share never shown
column-answered-with-partners = answered with partners
column-probability = probability
explain-probability = Probability of having to do with the need (the highest): { $best } (nobody is shown below { $least })
explain-missing = { $place }. Not found in its profile: { $words }
part-feedback = what people made of it
part-other-side = other side
column-part-feedback = feedback
column-part-other-side = other side

## What feedback does

cli-eval--feedback = Simulate people who rate, and measure the lists for like needs
column-lists = lists for like needs that nobody rated
before-feedback = before feedback
after-feedback = after feedback
learnt = { $ratings } simulated ratings (a tenth noise; upper places are seen more). Nobody moved by more than { $most }.

## Two who only together meet a need

pair-found = Nobody was found who does all of it. The first two could do it together.
pair-half = Their part: { $half }
slack-request-pair = Ask to meet both
column-answered-with-a-pair = answered with a pair
explain-pair = Pair: { $halves }
explain-half = { $name } ({ $half }, probability { $probability })

## What else was understood

piece-stage = stage: { $value }
piece-amount = amount: { $value }
piece-urgency = when: { $value }
piece-offer = what you do: { $value }
stage-seed = seed
stage-early = early stage
stage-growth = growth stage
stage-later = later stage
stage-loan = loan
amount-range = { $least } to { $most }

## What financiers state that they fund

part-mandate = mandate
column-part-mandate = mandate
fit-stage = stage: { $sought } is what they fund ({ $stated })
fit-not-stage = stage: { $sought } is not named among what they fund ({ $stated })
fit-amount = amount: { $sought } is within what they fund ({ $stated })
fit-not-amount = amount: { $sought } is outside what they fund ({ $stated })
fit-region = region: { $sought } is where they fund ({ $stated })
fit-not-region = region: { $sought } is not named where they fund ({ $stated })
fit-field = field: { $sought } is what they fund ({ $stated })
fit-not-field = field: { $sought } is not named among what they fund ({ $stated })
