"""Limit of requests by address: it fills again evenly, and one household counts once."""

from __future__ import annotations

import pytest

from web.open_data.rate_limit import KEPT_BUCKETS, RateLimit, whose


def test_tokens_come_back_evenly_up_to_a_minute_s_worth() -> None:
    moment = [0.0]
    limit = RateLimit(6, now=lambda: moment[0])
    assert [limit.wait_s("192.0.2.1") for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]
    assert limit.wait_s("192.0.2.2") == 0
    moment[0] = 10
    assert [limit.wait_s("192.0.2.1") for _ in range(2)] == [0, 10]
    moment[0] = 10_000
    assert [limit.wait_s("192.0.2.1") for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ],
)
def test_an_ipv6_network_is_one_client(one: str, other: str, is_same: bool) -> None:
    assert (whose(one) == whose(other)) is is_same


def test_addresses_that_were_not_seen_for_longest_are_forgotten() -> None:
    limit = RateLimit(1, now=lambda: 0.0)
    assert limit.wait_s("first") == 0
    for number in range(KEPT_BUCKETS):
        limit.wait_s(f"address {number}")
    assert limit.wait_s(f"address {KEPT_BUCKETS - 1}") > 0
    assert limit.wait_s("first") == 0
