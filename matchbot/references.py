"""What an event holds of a text: never its words, which may have to be erased."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextRef:
    """A text in the private store: its id there, and the salted commitment to what it said."""

    id: str
    commitment: str
