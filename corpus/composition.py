"""One organisation out of what several sources, or several rows of one, say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.names import name_key
from corpus.records import Organisation, Source

# Kind and country always have a value: those of the first statement stand.
_FILLED = (
    *("name_en", "corporate_number", "prefecture", "city", "website", "industry", "size_band", "mandate"),
    *("is_masked", "is_sample"),
)


def composed(statements: Sequence[Organisation]) -> Organisation:
    """The organisation that all ``statements`` together describe, the first before the others.

    A later statement fills what the earlier ones leave open, and adds its names as aliases and its
    fields. ``provenance`` then says which source gave what. Masked, or a sample, is whatever any
    statement calls so.
    """
    organisation, *others = statements
    for other in others:
        organisation = _completed(organisation, other)
    return organisation


def _completed(known: Organisation, other: Organisation) -> Organisation:
    gained: dict[str, Any] = {
        name: getattr(other, name) for name in _FILLED if getattr(other, name) and not getattr(known, name)
    }
    fields = tuple(dict.fromkeys((*known.fields, *other.fields)))
    if fields != known.fields:
        gained["fields"] = fields
    aliases = _aliases(known, other)
    if aliases != known.aliases:
        gained["aliases"] = aliases
    if not gained:
        return known
    return replace(known, **gained, provenance={**known.provenance, **_sources(known, other, gained)})


def _aliases(known: Organisation, other: Organisation) -> tuple[str, ...]:
    """The names beside the first, each spelling that name_key tells apart once."""
    spellings = {name_key(name): name for name in reversed((*known.aliases, other.name, *other.aliases))}
    spellings.pop(name_key(known.name), None)
    new = [name for name in reversed(spellings.values()) if name not in known.aliases]
    return (*known.aliases, *new)


def _sources(known: Organisation, other: Organisation, gained: Mapping[str, Any]) -> dict[str, Source]:
    """Where the gained fields come from; a field that both have parts of keeps its first source."""
    sources = {name: other.provenance.get(name, other.source) for name in gained if not getattr(known, name)}
    return {name: source for name, source in sources.items() if source != known.source}
