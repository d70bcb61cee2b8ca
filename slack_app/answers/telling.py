"""What every notice begins with."""

from slack_app.notices import Telling


def headline(telling: Telling, **facts: object) -> str:
    """What a message is about, in one line: it also stands in the notification."""
    return telling.texts(f"slack-told-{telling.message.kind}", id=telling.case_id, **facts)
