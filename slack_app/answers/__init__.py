"""What matchbot answers in Slack, subject by subject; and every route and notice there is.

A room here takes a call (somebody did something), asks the service, and says what came of it in blocks.
A new subject adds its routes, suggestions and notices to the lists below.
"""

from collections.abc import Mapping

from slack_app.answers import (
    acting,
    asking,
    claims,
    commanding,
    consenting,
    deciding,
    following,
    guests,
    helping,
    home,
    introducing,
    keeping,
    looking,
    meeting,
    news,
    outside,
    pairing,
    panel,
    profiles,
    questions,
    requesting,
    returning,
    stories,
    surveying,
    visiting,
)
from slack_app.call import Route, Suggesting
from slack_app.notices import Notice

ROUTES: tuple[Route, ...] = (
    *asking.ROUTES,
    *looking.ROUTES,
    *keeping.ROUTES,
    *requesting.ROUTES,
    *guests.ROUTES,
    *home.ROUTES,
    *deciding.ROUTES,
    *consenting.ROUTES,
    *panel.ROUTES,
    *commanding.ROUTES,
    *helping.ROUTES,
    *profiles.ROUTES,
    *returning.ROUTES,
    *outside.ROUTES,
    *introducing.ROUTES,
    *acting.ROUTES,
    *claims.ROUTES,
    *questions.ROUTES,
    *meeting.ROUTES,
    *following.ROUTES,
    *surveying.ROUTES,
    *stories.ROUTES,
    *visiting.ROUTES,
    *pairing.ROUTES,
)

refresh_home = home.refresh
"""Shows somebody their home tab as it is now."""

SUGGESTIONS: Mapping[str, Suggesting] = {
    **home.SUGGESTIONS,
    **guests.SUGGESTIONS,
    **following.SUGGESTIONS,
}
"""What a menu offers while somebody types, by its action_id."""

NOTICES: tuple[Notice, ...] = (
    *guests.NOTICES,
    *keeping.NOTICES,
    *helping.NOTICES,
    *profiles.NOTICES,
    *deciding.NOTICES,
    *requesting.NOTICES,
    *consenting.NOTICES,
    *returning.NOTICES,
    *outside.NOTICES,
    *introducing.NOTICES,
    *acting.NOTICES,
    *claims.NOTICES,
    *news.NOTICES,
    *questions.NOTICES,
    *meeting.NOTICES,
    *following.NOTICES,
    *surveying.NOTICES,
    *stories.NOTICES,
    *pairing.NOTICES,
)
