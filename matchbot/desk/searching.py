"""What a search asks of the ledger about the organisations that it found. Nothing is recorded."""

from collections.abc import Mapping, Sequence
from datetime import date

from matchbot.desk.work import Room
from matchbot.policy import months_after, profile_days, recipient_quota
from matchbot.signals import Heard, Openness, Signal
from matchbot.workdays import day_of

_MONTHS_OF_A_QUARTER = 3


class Searching(Room):
    """Questions of a search, for any number of organisations at once."""

    def heard_of(
        self, ids: Sequence[str], *, shown_since: date, heard_since: date = date.min
    ) -> Mapping[str, Heard]:
        """What is known of each organisation. Cards count from a day on until yesterday, so that the same
        question gets the same answer; what people made of it, since another day."""
        today = day_of(self._office.clock.now())
        with self._office.ledger.read() as unit, self._office.models.read(unit.events) as models:
            shown = models.times_shown(ids, since=shown_since, before=today)
            made = models.signals(ids, since=heard_since)
            texts = unit.private.texts({text for _, text, _ in made})
            history = models.past_requests(ids, since=months_after(today, -_MONTHS_OF_A_QUARTER))
            days, heard = profile_days(today, self._office.rules), {}
            ageing = models.unconfirmed(days[0]) if days else {}
            for id in ids:
                quota = recipient_quota(id, history, on=today, rules=self._office.rules)
                signals = (Signal(texts[text], kind) for of, text, kind in made if of == id and text in texts)
                openness = Openness(quota.used, quota.limit, *models.acceptance(id))
                heard[id] = Heard(shown.get(id, 0), tuple(signals), openness, id in ageing)
            return heard
