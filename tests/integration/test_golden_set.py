"""The golden set that ships: whole, fixed, and told in words that are not the profiles'."""

from collections import Counter
from pathlib import Path

from corpus.bundled import golden_set
from index.build import BuildOptions
from index.encoder import NONE
from index.snapshot import SnapshotStore
from index.tokeniser import bigrams
from matchbot.evaluation import EPOCH, read_set
from matchbot.halves import halves
from matchbot.matchmaking import Matchmaker
from matchbot.synonyms import Synonyms
from matchbot.understanding import understand


def test_there_are_needs_of_every_style_and_each_names_who_answers_it() -> None:
    profiles, questions = read_set(golden_set())
    styles = Counter(group for question in questions for group in question.groups)
    assert len(questions) >= 120
    assert set(styles) == {"technical", "plain", "english", "exact", "together", "off-topic"}
    known = {profile.organisation.id for profile in profiles}
    for question in questions:
        assert set(question.relevant) <= known
        assert bool(question.relevant) == ("off-topic" not in question.groups), question.id


def test_needs_in_plain_words_share_little_with_the_profiles_they_are_for() -> None:
    profiles, questions = read_set(golden_set())
    said = {
        profile.organisation.id: {pair for passage in profile.passages for pair in bigrams(passage.text)}
        for profile in profiles
    }
    for question in questions:
        if "plain" in question.groups:
            best = max(question.relevant, key=question.relevant.__getitem__)
            pairs = set(bigrams(question.text))
            assert len(pairs & said[best]) < 0.25 * len(pairs), question.id


IN_ENGLISH = {
    "together-05": "Titanium machining of endoscope parts and injection molding of catheter parts",
    "together-08": "Design of equipment that removes oil from food factory wastewater "
    "and research on soil improvement with bark compost",
    "together-09": "Manufacturing of attitude sensors for small satellites "
    "and design of low power integrated circuits for image recognition",
    "together-12": "Fermentation by recombinant yeast and treatment of wastewater in food factories",
}


def test_pairs_are_offered_for_needs_that_take_two_and_for_nothing_off_topic(tmp_path: Path) -> None:
    profiles, questions = read_set(golden_set())
    store = SnapshotStore(tmp_path)
    store.build(profiles, options=BuildOptions(encoder=NONE), now=EPOCH)
    matchmaker = Matchmaker(store.open().with_lexicon(Synonyms(tmp_path / "none.txt").lexicon()))
    together = [question for question in questions if "together" in question.groups]
    pairs = {q.id: matchmaker.matches(understand(q.text)).pair for q in together}
    right = [
        match.organisation_id in question.relevant for question in together for match in pairs[question.id]
    ]
    assert sum(map(bool, pairs.values())) >= len(together) / 2
    assert sum(right) >= len(right) / 2
    relevant = {question.id: question.relevant for question in together}
    in_english = {id: matchmaker.matches(understand(text)).pair for id, text in IN_ENGLISH.items()}
    assert sum(map(bool, in_english.values())) >= len(IN_ENGLISH) / 2
    assert all(match.organisation_id in relevant[id] for id, pair in in_english.items() for match in pair)
    off_topic = [question for question in questions if not question.relevant]
    assert sum(halves(understand(question.text).query) is not None for question in off_topic) >= 6
    assert [q.id for q in off_topic if matchmaker.matches(understand(q.text)).pair] == []
