"""Garbage is collected in the window's thread only, so that no other thread ever destroys a widget."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject

from desktop.shell.collector import Collector


@pytest.fixture
def collector(qapp):
    parent = QObject()
    yield Collector(parent)
    gc.unfreeze()
    gc.enable()


class _Cycle:
    def __init__(self, died: list[int]) -> None:
        self.itself = self
        self._died = died

    def __del__(self) -> None:
        self._died.append(threading.get_ident())


@pytest.mark.usefixtures("collector")
def test_another_thread_that_allocates_collects_nothing_and_the_window_s_thread_does(qtbot):
    died: list[int] = []

    def allocate() -> None:
        for _ in range(20_000):
            _Cycle(died)

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert died == []
    qtbot.waitUntil(lambda: len(died) == 20_000)
    assert set(died) == {threading.get_ident()}


@pytest.mark.usefixtures("collector")
def test_imported_code_is_set_aside_and_not_looked_through_again(qtbot):
    code = id(vars(gc))
    assert code in {id(one) for one in gc.get_objects()}
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)
    assert code not in {id(one) for one in gc.get_objects()}
    died: list[int] = []
    _Cycle(died)
    gc.collect()
    assert len(died) == 1
