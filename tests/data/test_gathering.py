"""What several threads ask for is done together, in rounds that do not overlap, and each has its own result."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from data.gathering import Gathering

THREADS = 12


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for what other threads are about to do."""
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.001)


class Rounds:
    """Doubles numbers, and notes the rounds; the first round waits until it is let go, those of odd numbers fail."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.may_go = threading.Event()
        self.at_once = 0

    def __call__(self, tasks: Sequence[int]) -> list[int]:
        self.at_once += 1
        assert self.at_once == 1
        self.sizes.append(len(tasks))
        self.may_go.wait(10)
        self.at_once -= 1
        if any(task % 2 for task in tasks):
            raise ValueError(str(sorted(tasks)))
        return [task * 2 for task in tasks]


def test_those_who_come_meanwhile_share_the_next_round() -> None:
    rounds = Rounds()
    gathering = Gathering(rounds, rounds=1, most=8)
    with ThreadPoolExecutor(THREADS) as pool:
        first = pool.submit(gathering.do, 0)
        wait_until(lambda: rounds.sizes == [1])
        others = [pool.submit(gathering.do, 2 * number) for number in range(1, THREADS)]
        wait_until(lambda: len(gathering._waiting) == THREADS - 1)
        rounds.may_go.set()
        assert [first.result(10), *(other.result(10) for other in others)] == [4 * n for n in range(THREADS)]
    assert rounds.sizes == [1, 8, 3]


def test_what_fails_fails_for_all_of_its_round_and_for_no_other() -> None:
    rounds = Rounds()
    gathering = Gathering(rounds, rounds=1, most=8)
    with ThreadPoolExecutor(THREADS) as pool:
        first = pool.submit(gathering.do, 0)
        wait_until(lambda: rounds.sizes == [1])
        others = [pool.submit(gathering.do, task) for task in (1, 2)]
        wait_until(lambda: len(gathering._waiting) == 2)
        rounds.may_go.set()
        assert first.result(10) == 0
        for other in others:
            with pytest.raises(ValueError, match=r"\[1, 2\]"):
                other.result(10)
    assert gathering.do(4) == 8
