"""Fixtures and scheduling of all tests: a database for each test on SQLite and PostgreSQL."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import zip_longest
from pathlib import Path

# As the server does, before numpy is imported: further threads of linear algebra wait in busy loops.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from argon2 import PasswordHasher
from hypothesis import settings
from sqlalchemy import Engine
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from data.accounts import passwords
from tests.databases import DATABASES, Databases, remove_databases

RUN_FOLDER = "HAMKOR_TEST_DATABASES"
OWN_FOLDER = pytest.StashKey[Path]()
# Folder in memory, whose files are written without waiting for a disk, and the room that a run may need there.
MEMORY, ROOM_BYTES = Path("/dev/shm"), 4 * 2**30  # noqa: S108 - only folders of unforeseeable names are made in it
# What mostly waits for a browser, and what takes longest of the rest.
BROWSER = "tests/browser/"
LONG_PATHS = (
    "tests/pages/demo",
    "tests/data/demo/",
    "tests/test_new_",
    "tests/components/exports/",
    "tests/queries/evaluations/",
)
# Folders and files whose tests one process runs, as they share what is costly to make: a demo, what pages have cached
# of it, a server with it, a server of an NGO and its coordinator, files of decks, and open data.
SHARING: Mapping[str, tuple[str, ...]] = {
    "tests/components/exports/": ("tests/components/exports/",),
    "tests/data/demo/": ("tests/data/demo/",),
    "tests/web/open_data/": ("tests/web/open_data/",),
    "tests/pages/demo": tuple(
        f"tests/pages/test_{name}.py"
        for name in (
            *(
                "access",
                "district",
                "effectiveness",
                "evaluations",
                "links",
                "memoranda",
                "merged_district",
                "method",
                "outlook",
            ),
            "overview",
        )
    ),
    f"{BROWSER}demo": tuple(
        f"{BROWSER}test_{name}.py"
        for name in ("accessibility", "account_link", "journey", "meeting", "present_pack", "steadiness", "upload")
    ),
    f"{BROWSER}site": tuple(
        f"{BROWSER}test_{name}.py" for name in ("confirmation", "evaluation", "proposals", "requests")
    ),
}


# A busy machine is slow, which is no fault of what is tested.
settings.register_profile("hamkor", deadline=None)
settings.load_profile("hamkor")


def group_of(nodeid: str) -> str:
    """Return the group of a test, run in order by one process: those it shares things with, else its file."""
    file = nodeid.split("::")[0]
    return next((group for group, paths in SHARING.items() if file.startswith(paths)), file)


class GroupScheduling(LoadScopeScheduling):  # type: ignore[misc]  # untyped there
    """Scheduler that hands out whole groups."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> GroupScheduling:
    """Return the scheduler of the processes."""
    return GroupScheduling(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that runs every case of the tests which otherwise run a sample of theirs."""
    parser.addoption("--thorough", action="store_true", help="run every case of tests that are marked each_value")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out cases of tests marked ``each_value``, and sort the rest as :func:`in_good_order` does."""
    if not config.getoption("--thorough"):
        cases: dict[str, list[pytest.Function]] = defaultdict(list)
        for item in items:
            if isinstance(item, pytest.Function) and item.get_closest_marker("each_value") is not None:
                cases[item.nodeid.partition("[")[0]].append(item)
        left_out = {item for group in cases.values() for item in set(group).difference(with_each_value(group))}
        config.hook.pytest_deselected(items=[item for item in items if item in left_out])
        items[:] = [item for item in items if item not in left_out]
    items[:] = in_good_order(items)


def in_good_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return tests with what takes long first, so that no process waits for it at the end, and with groups that wait
    for a browser between groups that compute, so that the cores have work meanwhile."""
    groups: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        groups[group_of(item.nodeid)].append(item)
    waiting = sorted(
        (group for group in groups if group.startswith(BROWSER)), key=lambda group: -len(SHARING.get(group, ()))
    )
    computing = sorted(groups.keys() - waiting, key=lambda group: (not group.startswith(LONG_PATHS), group))
    order = [group for pair in zip_longest(waiting, computing) for group in pair if group is not None]
    return [item for group in order for item in groups[group]]


def with_each_value(cases: list[pytest.Function]) -> list[pytest.Function]:
    """Return as few cases of a test as hold each value of each of its parameters at least once."""
    values = {case: {(name, id(value)) for name, value in case.callspec.params.items()} for case in cases}
    missing = set[tuple[str, int]]().union(*values.values())
    seen: Counter[tuple[str, int]] = Counter()
    chosen = []
    while missing:
        best = max(cases, key=lambda case: (len(values[case] & missing), -sum(seen[value] for value in values[case])))
        chosen.append(best)
        missing -= values[best]
        seen.update(values[best])
    return chosen


def pytest_collection_finish() -> None:
    """Exclude what was imported from garbage collection, as the server does, and collect the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def pytest_configure(config: pytest.Config) -> None:
    """Create the folder of the run's databases; the run's processes find it by their environment."""
    if RUN_FOLDER not in os.environ:
        is_roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_BYTES
        os.environ[RUN_FOLDER] = tempfile.mkdtemp(prefix="hamkor-", dir=MEMORY if is_roomy else None)
        config.stash[OWN_FOLDER] = Path(os.environ[RUN_FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder in the process that made it, after all others have ended."""
    if OWN_FOLDER in config.stash:
        del os.environ[RUN_FOLDER]
        remove_databases(config.stash[OWN_FOLDER])


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """Makes databases as long as the tests last."""
    with ExitStack() as open_things:
        yield Databases(Path(os.environ[RUN_FOLDER]), open_things)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reduce the work of hashing, except in tests of hashing; also that for an account that does not exist."""
    monkeypatch.setattr("data.accounts.passwords._hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    passwords._nobodys_hash.cache_clear()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests marked ``both_databases`` on SQLite and PostgreSQL, the others on SQLite alone."""
    if "engine" in metafunc.fixturenames:
        is_both = metafunc.definition.get_closest_marker("both_databases") is not None
        metafunc.parametrize("engine", DATABASES if is_both else DATABASES[:1], indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """Migrated database with the directory only, of the kind that the test runs on."""
    with databases.copy(request.param) as made:
        yield made
