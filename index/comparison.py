"""What became different between two snapshots, by kind and cluster of the organisations."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from index.columns import Columns, Outline


@dataclass(frozen=True, slots=True)
class Turnover:
    """The organisations of one kind and home cluster ("": of none) that came, changed and went, and how many
    there are now. One that changed its kind or cluster went from the one and came to the other."""

    kind: str
    cluster: str
    n_added: int
    n_changed: int
    n_removed: int
    n_present: int


def changes(before: Columns | None, after: Columns) -> list[Turnover]:
    """What became different, by kind and cluster; those where nothing did are among them, for the sums."""
    old, new = (before.outlines() if before else {}), after.outlines()
    added, removed = _places(new, old), _places(old, new)
    changed = Counter(
        place
        for id, (place, digest) in new.items()
        if id in old and old[id][0] == place and old[id][1] != digest
    )
    present = Counter(place for place, _ in new.values())
    return [
        Turnover(kind, cluster, *(n[kind, cluster] for n in (added, changed, removed, present)))
        for kind, cluster in sorted({*added, *changed, *removed, *present})
    ]


def _places(these: Mapping[str, Outline], those: Mapping[str, Outline]) -> "Counter[tuple[str, str]]":
    """Where those stand that the others do not have there."""
    return Counter(place for id, (place, _) in these.items() if id not in those or those[id][0] != place)
