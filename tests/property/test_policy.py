"""The limits of the network hold for whatever has happened before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchbot.errors import QuotaExceededError, RepeatedTextError
from matchbot.policy import (
    Barred,
    NeverIntroduce,
    PastRequest,
    Standing,
    are_barred,
    check_quotas,
    check_text,
    open_quota,
    recipient_quota,
    repeats,
    similarity,
    weekly_quota,
)
from matchbot.rules import Rules

TODAY = date(2026, 5, 20)
FIRMS = ("firm:a", "firm:b", "firm:c", "firm:d")
RULES = Rules(requests_per_week=2, open_requests=3, recipient_per_quarter=2)


@st.composite
def past_requests(draw):
    requester = draw(st.sampled_from(FIRMS))
    others = draw(st.sets(st.sampled_from(FIRMS), min_size=1)) - {requester}
    requested_on = TODAY - timedelta(days=draw(st.integers(0, 60)))
    is_refunded = draw(st.booleans())
    return PastRequest(
        case_id=str(draw(st.integers(0, 10**6))),
        requester_id=requester,
        parties=frozenset({requester, *others}),
        requested_on=requested_on,
        expires_on=requested_on + timedelta(days=draw(st.integers(1, 30))),
        is_open=not is_refunded and draw(st.booleans()),
        is_refunded=is_refunded,
    )


HISTORIES = st.lists(past_requests(), max_size=25)


def quotas(history, on=TODAY):
    return (
        weekly_quota("firm:a", history, on=on, rules=RULES),
        open_quota("firm:a", history, on=on, rules=RULES),
        recipient_quota("firm:a", history, on=on, rules=RULES),
    )


@given(HISTORIES)
def test_what_is_left_is_never_negative_and_a_date_is_told_exactly_when_nothing_is(history):
    for quota in quotas(history):
        assert 0 <= quota.left <= quota.limit
        assert (quota.frees_on is None) == (quota.left > 0)


@given(HISTORIES)
def test_a_place_is_free_on_the_day_that_is_told_and_not_on_the_day_before(history):
    for position, quota in enumerate(quotas(history)):
        if quota.frees_on is not None:
            assert quota.frees_on > TODAY
            assert quotas(history, quota.frees_on)[position].left > 0
            assert quotas(history, quota.frees_on - timedelta(days=1))[position].left == 0


@given(HISTORIES, past_requests())
def test_a_refund_gives_back_exactly_what_was_taken(history, request):
    taken = replace(request, is_refunded=False, is_open=True)
    given_back = replace(request, is_refunded=True, is_open=False)
    before = quotas(history)
    assert quotas([*history, given_back]) == before
    for with_it, without in zip(quotas([*history, taken]), before, strict=True):
        assert without.used <= with_it.used <= without.used + 1


@given(HISTORIES)
def test_a_request_is_refused_exactly_when_some_limit_has_no_room(history):
    others = [recipient_quota(firm, history, on=TODAY, rules=RULES) for firm in ("firm:b", "firm:c")]
    is_full = not all(quota.left for quota in [*quotas(history)[:2], *others])
    parties = ("firm:a", "firm:b", "firm:c")
    if is_full:
        with pytest.raises(QuotaExceededError) as caught:
            check_quotas("firm:a", parties, history, on=TODAY, rules=RULES)
        assert caught.value.facts["frees_on"] > TODAY
    else:
        check_quotas("firm:a", parties, history, on=TODAY, rules=RULES)


@given(HISTORIES, st.permutations(FIRMS))
def test_the_order_of_history_and_parties_makes_no_difference_to_what_is_a_repeat(history, parties):
    one = {(each.pair, each.requested_on) for each in repeats(parties, history, on=TODAY, rules=RULES)}
    other = {
        (each.pair, each.requested_on)
        for each in repeats(reversed(parties), reversed(history), on=TODAY, rules=RULES)
    }
    assert one == other


@given(st.text(max_size=40), st.text(max_size=40))
def test_similarity_is_a_share_the_same_from_both_sides(one, other):
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, other) == similarity(other, one)
    assert similarity(one, one) == 1


@given(st.text(min_size=1, max_size=40).filter(str.strip), st.lists(st.integers(0, 13), max_size=6))
def test_a_text_passes_exactly_when_few_requests_of_this_week_carry_it(text, ages):
    sent = [(TODAY - timedelta(days=n), text) for n in ages]
    if sum(n < RULES.identical_days for n in ages) < RULES.identical_requests:
        check_text(text, sent, on=TODAY, rules=RULES)
    else:
        with pytest.raises(RepeatedTextError) as caught:
            check_text(text, sent, on=TODAY, rules=RULES)
        check_text(text, sent, on=caught.value.facts["frees_on"], rules=RULES)


@given(
    st.builds(
        NeverIntroduce, st.sampled_from(FIRMS), st.sampled_from(Barred), st.sampled_from([*FIRMS, "x", ""])
    )
)
def test_two_organisations_are_barred_from_both_sides_or_from_none(entry):
    one = Standing("firm:a", frozenset({"x"}), "firm:b")
    other = Standing("firm:b", frozenset(), "")
    assert are_barred(one, other, [entry]) == are_barred(other, one, [entry])
