"""The golden set that ships: whole, fixed, and told in words that are not the profiles'."""

from collections import Counter

from corpus.bundled import golden_set
from index.tokeniser import bigrams
from matchbot.evaluation import read_set


def test_there_are_needs_of_every_style_and_each_names_who_answers_it() -> None:
    profiles, questions = read_set(golden_set())
    styles = Counter(group for question in questions for group in question.groups)
    assert len(questions) >= 120
    assert set(styles) == {"technical", "plain", "english", "exact", "off-topic"}
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
