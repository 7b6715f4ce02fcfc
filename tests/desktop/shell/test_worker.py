"""The threads beside the window's."""

from __future__ import annotations

import threading

import pytest

from desktop.shell.worker import Worker


@pytest.fixture
def worker(qapp):
    made = Worker("test")
    yield made
    made.stop()


def test_jobs_run_in_one_other_thread_in_their_order_and_are_delivered_in_this_one(worker, qtbot):
    here, ran_in, delivered_in, order = threading.get_ident(), set(), set(), []

    def job(number):
        ran_in.add(threading.get_ident())
        return number

    def deliver(number):
        delivered_in.add(threading.get_ident())
        order.append(number)

    for number in range(20):
        worker.run(lambda number=number: job(number), deliver, pytest.fail)
    qtbot.waitUntil(lambda: not worker.is_busy)
    assert order == list(range(20))
    assert delivered_in == {here}
    assert len(ran_in) == 1
    assert here not in ran_in


def test_an_error_goes_to_whoever_asked(worker, qtbot):
    heard = []
    worker.run(lambda: 1 // 0, pytest.fail, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], ZeroDivisionError)


def test_waiting_comes_after_all_that_is_under_way(worker):
    order = []
    for number in range(5):
        worker.run(lambda number=number: order.append(number), lambda _: None, pytest.fail)
    worker.wait(lambda: order.append("last"))
    assert order == [0, 1, 2, 3, 4, "last"]


def test_nothing_is_done_after_the_thread_was_ended(worker):
    worker.stop()
    worker.run(pytest.fail, pytest.fail, pytest.fail)
    assert not worker.is_busy
