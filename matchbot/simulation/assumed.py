"""How much happens in the invented network, and how often: plausible numbers, not measured anywhere."""

from collections.abc import Mapping
from datetime import date

from corpus.records import Kind
from matchbot.aftermath.outcomes import Anyway, Attribution, OutcomeKind
from matchbot.introductions.words import Means

FIRST_DAY = date(2006, 4, 1)
"""The first day of phase II of the programme."""

DAYS_PER_YEAR = 365.25
WORKING_DAYS_PER_YEAR = 243
FEWEST_FIRMS = 20

# How much happens in a year of average business at scale 1.0.
NEEDS_OF_FIRMS = 11_000
NEEDS_HEARD = 2_200
"""Needs that coordinators enter for firms, but for those they hear of on visits."""
PROPOSALS = 2_450
"""But for those that occur to them on visits."""
OUTSIDE = 2_100
VISITS = 7_000
SHARE_WITH_NEED, SHARE_WITH_PROPOSAL = 0.2, 0.08
"""Of the visits, by what they lead to."""
NEW_BUSINESSES = 4_000
CHANGED_COMPANIES = 160
PAUSES = 150
SHARE_LEFT = 0.1
"""Of those: for good."""
FIRST_YEARS_SHARE, LAST_YEARS_SHARE = 0.75, 1.25
"""The network grows, evenly."""
SEASON = (0.85, 1.2, 1.05, 0.8, 0.85, 1.05, 1.1, 0.7, 1.05, 1.25, 1.3, 0.8)
"""From January: new budgets in spring, Obon in August, fairs in autumn, the end of the fiscal year."""

# What people do before an introduction, as shares.
N_CARDS = 3
SHARES_REQUESTED = (0.85, 0.22)
"""Of the first card shown, and of the second."""
SHARE_RATED = 0.15
SHARE_FITTING = 0.6
SHARE_OF_CONSORTIA = 0.03
SHARE_NOT_DECIDED = 0.03
SHARE_RETURNED = 0.06
SHARE_RESUBMITTED = 0.6
SHARE_STOPPED = 0.015
SHARE_WITHDRAWN = 0.03
SHARE_DEFERRED = 0.1
SHARE_KEEN_ON_PROPOSALS = 0.85
DAYS_TO_DECIDE, MOST_DAYS_TO_DECIDE = 0.7, 12
DECLINED_PER_CASE_WAITING = 0.02
DAYS_PER_CASE_WAITING = 0.3
"""How much more a coordinator declines, and how much longer it takes, for each case that waits for it."""
MEANS: Mapping[Means, float] = {Means.PHONE: 0.4, Means.MAIL: 0.25, Means.VISIT: 0.25, Means.FAIR: 0.1}

# What they do after it.
SHARE_MEETING = 0.62
LOG_DAYS_TO_MEETING = 3.0
FOLLOW_UPS = (14, 90, 180, 365, 730, 1095)
DAYS_TO_ANSWER = 10
SHARE_TOLD = 0.45
"""Of the follow-ups that a party in Slack answers."""
SHARE_TOLD_BY_COORDINATOR = 0.65
SHARE_GIVEN_UP: Mapping[int, float] = {14: 0.12, 90: 0.4, 180: 0.5, 365: 0.6, 730: 0.7, 1095: 0.8}
DAYS_OF_PATIENCE = 180
SHARE_DROPPED = 0.6
"""Of those who have not met by then, at each follow-up: given up by their coordinator."""
SHARE_WITH_AGREEMENT = 0.2
"""Of the introductions that led to a meeting."""
LOG_DAYS_TO_AGREEMENT = 5.0
SHARE_EXPECTED = 0.2
SHARE_COME_TRUE = 0.6
SHARE_SAID_BY_BOTH = 0.4
SHARE_DOCUMENTED = 0.35
"""Of the agreements and new businesses: those for which whoever tells of them has a document."""
SHARE_BUSINESS = 0.25
"""Of the agreements that become a new business."""
AGREEMENT: Mapping[Kind, OutcomeKind] = {
    Kind.FINANCIER: OutcomeKind.FUNDING,
    Kind.UNIVERSITY: OutcomeKind.JOINT_RESEARCH,
    Kind.PUBLIC_INSTITUTE: OutcomeKind.JOINT_RESEARCH,
}
ATTRIBUTIONS: Mapping[Attribution | None, float] = {
    Attribution.DECISIVE: 0.35,
    Attribution.CONTRIBUTING: 0.45,
    Attribution.UNRELATED: 0.1,
    None: 0.1,
}
ANYWAY: Mapping[Anyway, float] = {Anyway.NO: 0.5, Anyway.YES: 0.15, Anyway.UNKNOWN: 0.35}
COMPANIES: Mapping[OutcomeKind, float] = {
    OutcomeKind.FOUNDING: 0.4,
    OutcomeKind.SECOND_FOUNDING: 0.3,
    OutcomeKind.UNIVERSITY_VENTURE: 0.25,
    OutcomeKind.LISTING: 0.05,
}
NEW_COMPANIES = frozenset({OutcomeKind.FOUNDING, OutcomeKind.UNIVERSITY_VENTURE})

# Once a year.
SURVEY_MONTH = 2
N_ASKED = 1_000
SHARE_ANSWERED = 0.42
HANDOVER_MONTH = 4
SHARE_LEAVING = 0.08
"""Of the coordinators; their cases and firms are handed over."""
