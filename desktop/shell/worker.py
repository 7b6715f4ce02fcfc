"""Two plain threads beside the window's: one owns the database, one renders and signs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Finished:
    outcome: Future[Any]
    then: Callable[[Any], None]
    failed: Callable[[BaseException], None]


class Worker(QObject):
    """A thread that does one job after another and hands each outcome to the window's thread.

    The thread is Python's own and not Qt's: a database connection left in a Qt thread ends the whole process.
    """

    _finished = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._waiting = 0
        self._stopped = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way or not yet delivered."""
        return self._waiting > 0

    def run(self, job: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[BaseException], None]) -> None:
        """Do a job in the thread; ``then`` or ``failed`` is called in the window's thread. After ``stop`` nothing is done."""
        if self._stopped:
            return
        self._waiting += 1
        future = self._pool.submit(job)
        future.add_done_callback(lambda outcome: self._finished.emit(_Finished(outcome, then, failed)))

    def wait(self, job: Callable[[], Any]) -> Any:
        """Do a job after all that is under way and stand still until it is done: for opening and closing the program only."""
        return self._pool.submit(job).result()

    def finish(self) -> None:
        """Stand still until nothing is under way and every outcome is handed over: for closing the program and locking only."""
        while self.is_busy:
            self._pool.submit(lambda: None).result()
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def stop(self) -> None:
        """Finish what is under way and end the thread."""
        self._stopped = True
        self._pool.shutdown(wait=True)

    @Slot(object)
    def _deliver(self, finished: _Finished) -> None:
        self._waiting -= 1
        error = finished.outcome.exception()
        if error is None:
            finished.then(finished.outcome.result())
        else:
            finished.failed(error)
