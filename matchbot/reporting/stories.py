"""A first draft of a success story, put in words from what is on record."""

from matchbot.desk import StoryFacts
from matchbot.reporting.tables import Reader


def story_draft(facts: StoryFacts, reader: Reader) -> str:
    """What was sought, who met, and what came of it, with the evidence; for people to go on with."""
    texts, separator = reader.texts, reader.texts("list-separator")
    names = separator.join(
        texts("story-party", name=name, cluster=reader.wording.cluster(cluster)) if cluster else name
        for name, cluster in facts.parties
    )
    met = separator.join(day.isoformat() for day in facts.meetings)
    results = [
        texts(
            "story-result",
            kind=texts(f"outcome-{one.kind}"),
            on=one.on.isoformat(),
            certainty=texts(f"certainty-{one.certainty}"),
            evidence=one.evidence.value,
        )
        for one in facts.results
    ]
    paragraphs = [
        texts("story-title", parties=separator.join(name for name, _ in facts.parties)),
        texts(
            "story-sought",
            purpose=texts(f"purpose-{facts.purpose}"),
            sought=facts.sought or texts("no-brief"),
        ),
        texts("story-met", on=facts.introduced_on.isoformat(), parties=names),
        texts("story-meetings", days=met) if met else "",
        "\n".join([texts("story-results"), *results]) if results else texts("story-no-results"),
    ]
    return "\n\n".join(filter(None, paragraphs))
