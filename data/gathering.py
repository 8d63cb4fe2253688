"""What several threads ask for at the same time is done in one go by one of them.

A thread that asks does its own task at once where few others are at work. Those that come meanwhile wait; when one is
done, the first of them does the tasks of all. So one thread alone loses nothing, and many share what a round costs,
such as a commit.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class _Turn:
    """What a waiting thread is given instead of a result: it is to do the next round."""


_TURN = _Turn()


class Gathering(Generic[Task, Result]):
    """So many ``rounds`` of ``work`` at a time, each of at most ``most`` tasks; it gives a result a task, in order."""

    def __init__(self, work: Callable[[Sequence[Task]], Sequence[Result]], *, rounds: int, most: int) -> None:
        self._work = work
        self._most = most
        self._lock = threading.Lock()
        self._free_rounds = rounds
        self._waiting: deque[tuple[Task, Future[Result | _Turn]]] = deque()

    def do(self, task: Task) -> Result:
        """The result of a task, once its round is over. What ``work`` raises is raised for every task of the round."""
        place = self._wait_in_line(task)
        if place is not None:
            result = place.result()
            if not isinstance(result, _Turn):
                return result
        return self._do_round(task)

    def _wait_in_line(self, task: Task) -> Future[Result | _Turn] | None:
        with self._lock:
            if self._free_rounds:
                self._free_rounds -= 1
                return None
            place: Future[Result | _Turn] = Future()
            self._waiting.append((task, place))
            return place

    def _do_round(self, task: Task) -> Result:
        with self._lock:
            others = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._most - 1))]
        places = [place for _, place in others]
        try:
            own, *results = self._work([task, *(other for other, _ in others)])
            answered = list(zip(places, results, strict=True))
        except BaseException as error:
            for place in places:
                place.set_exception(error)
            raise
        finally:
            self._hand_over()
        for place, result in answered:
            place.set_result(result)
        return own

    def _hand_over(self) -> None:
        with self._lock:
            if not self._waiting:
                self._free_rounds += 1
                return
            _, place = self._waiting.popleft()
        place.set_result(_TURN)
