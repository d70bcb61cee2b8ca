"""A set of awards out of an evaluation set: passages taken out of its corpus, each a need for who has it.

``python tests/bench/awards.py DIR OUT`` writes the set into OUT, for `matchbot eval OUT` and the ablation. It
is made as sets of real awards are: what was given is the need, and whoever it was given to the answer.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

from index.tokeniser import bigrams
from index.tuning import copies_of

N_NEEDS = 500
FEWEST_PASSAGES = 3
"""Of an organisation, so that there are others to find it by."""
MOST_PER_ORGANISATION = 4
MOST_HIDDEN = 0.6
"""Of an organisation's passages."""
SHORTEST = 10
"""Letters of a need."""
SEED = 7


def drawn(organisations: list[dict[str, Any]]) -> tuple[list[tuple[str, str]], dict[str, set[int]]]:
    """Needs with the organisation of each, and the passages to hide of each: the needs and their copies."""
    passages = {
        one["id"]: one["passages"] for one in organisations if len(one["passages"]) >= FEWEST_PASSAGES
    }
    places = [(id, place) for id, said in passages.items() for place in range(len(said))]
    Random(SEED).shuffle(places)
    needs: list[tuple[str, str]] = []
    hidden: dict[str, set[int]] = {id: set() for id in passages}
    for id, place in places:
        said = passages[id]
        is_enough = sum(owner == id for _, owner in needs) == MOST_PER_ORGANISATION
        if is_enough or place in hidden[id] or len(said[place]) < SHORTEST:
            continue
        after = hidden[id] | copies(said, place)
        if len(after) <= MOST_HIDDEN * len(said):
            needs.append((said[place], id))
            hidden[id] = after
        if len(needs) == N_NEEDS:
            break
    return needs, hidden


def copies(said: list[str], place: int) -> set[int]:
    """The passage and what says nearly the same."""
    return copies_of(place, range(len(said)), lambda other: frozenset(bigrams(said[other])))


def main(directory: Path, out: Path) -> None:
    """Writes corpus, needs and judgements."""
    organisations = [
        json.loads(line) for line in (directory / "corpus.jsonl").read_text("utf-8").splitlines()
    ]
    needs, hidden = drawn(organisations)
    out.mkdir(parents=True, exist_ok=True)
    for one in organisations:
        gone = hidden.get(one["id"], set())
        one["passages"] = [text for place, text in enumerate(one["passages"]) if place not in gone]
    _write(out / "corpus.jsonl", (json.dumps(one, ensure_ascii=False) for one in organisations))
    _write(
        out / "queries.jsonl",
        (
            json.dumps({"id": f"A{n:03}", "text": text}, ensure_ascii=False)
            for n, (text, _) in enumerate(needs)
        ),
    )
    _write(
        out / "qrels.tsv",
        ("query_id\tdoc_id\tgrade", *(f"A{n:03}\t{id}\t1" for n, (_, id) in enumerate(needs))),
    )


def _write(file: Path, lines: Iterable[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
