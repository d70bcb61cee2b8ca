"""Every kind of event the ledger may hold, by name, and how each is written down.

A module that has events lists them in its ``EVENTS``; they come into the ledger by being named here.
A name, once used, stays: the ledger keeps it for good.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter

from matchbot import (
    helping,
    members,
    participation,
    performance,
    profiles,
    reviewing,
    search_data,
    stories,
)
from matchbot.aftermath import outcomes, reports, surveys
from matchbot.introductions import events as introductions

_KINDS = (
    *introductions.EVENTS,
    *reports.EVENTS,
    *outcomes.EVENTS,
    *surveys.EVENTS,
    *participation.EVENTS,
    *members.EVENTS,
    *profiles.EVENTS,
    *helping.EVENTS,
    *reviewing.EVENTS,
    *performance.EVENTS,
    *stories.EVENTS,
    *search_data.EVENTS,
)

EVENT_TYPES: Mapping[str, type] = MappingProxyType({kind.__name__: kind for kind in _KINDS})
"""The classes of events by their names."""


def encode(event: object) -> tuple[str, dict[str, Any]]:
    """The name of an event's kind, and the event as plain JSON values (dates as ISO 8601).

    Raises TypeError for what is not listed.
    """
    name = type(event).__name__
    if EVENT_TYPES.get(name) is not type(event):
        raise TypeError(f"{name} is not among the events of the ledger")
    return name, _adapter(name).dump_python(event, mode="json")


def decode(name: str, payload: Mapping[str, Any]) -> Any:
    """The event that `encode` wrote down. Raises KeyError for a name nobody listed."""
    return _adapter(name).validate_python(payload)


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(EVENT_TYPES[name])
