"""The clock of what is kept: what is done first is first, whatever the computer's clock shows."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from models import database
from models.database import own_day, utc_now

NOON = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)


@pytest.fixture
def showing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give a function that sets what the computer's clock shows, one moment after the other and then the last for good."""
    monkeypatch.setattr(database, "_clock", database._Clock())

    def show(*moments: datetime) -> None:
        left = list(moments)

        class Shown(datetime):
            @classmethod
            def now(cls, _tz: object = None) -> datetime:
                return left.pop(0) if len(left) > 1 else left[0]

        monkeypatch.setattr(database, "datetime", Shown)

    return show


def test_a_clock_that_stands_still_gives_each_act_a_moment_of_its_own(showing: Callable[..., None]) -> None:
    showing(NOON)
    moments = [utc_now() for _ in range(1000)]
    assert moments == sorted(set(moments))
    assert moments[0] == NOON.replace(tzinfo=None)
    assert moments[-1] - moments[0] < timedelta(milliseconds=2)


def test_a_clock_that_is_set_back_a_little_does_not_turn_the_order_round(showing: Callable[..., None]) -> None:
    showing(NOON, NOON - timedelta(milliseconds=400), NOON + timedelta(milliseconds=5))
    first, second, third = utc_now(), utc_now(), utc_now()
    assert first < second < third == NOON.replace(tzinfo=None) + timedelta(milliseconds=5)


def test_a_clock_that_is_put_right_by_more_is_believed(showing: Callable[..., None]) -> None:
    showing(NOON, NOON - timedelta(days=365))
    utc_now()
    assert utc_now() == NOON.replace(tzinfo=None) - timedelta(days=365)


def test_threads_get_different_moments() -> None:
    with ThreadPoolExecutor(4) as threads:
        moments = [one for some in threads.map(lambda _: [utc_now() for _ in range(500)], range(8)) for one in some]
    assert len(set(moments)) == len(moments)


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("America/Los_Angeles", "2027-01-01T01:00", date(2026, 12, 31)),
        ("Pacific/Auckland", "2027-01-01T12:00", date(2027, 1, 2)),
        ("UTC", "2028-02-29T23:59", date(2028, 2, 29)),
    ],
)
def test_a_moment_falls_on_the_day_that_it_is_here(monkeypatch: pytest.MonkeyPatch, zone: str, moment: str, day: date) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        here = own_day(datetime.fromisoformat(moment))
    time.tzset()
    assert here == day
