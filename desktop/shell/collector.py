"""Garbage is collected in the window's thread and in no other."""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QObject, QTimer

#: How often to look whether there is enough garbage, in milliseconds.
_EVERY = 250
#: So many new modules are worth being set aside.
_MANY = 50


class Collector(QObject):
    """Turns Python's own collector off, which runs in whichever thread allocates, and collects by a timer instead.

    A widget that was taken out of its parent belongs to Python until it is deleted. Were it part of a cycle, the database's thread could
    destroy it while the window's thread draws it or answers a screen reader, and that ends the process.

    What imported code consists of is set aside: it never becomes garbage, and looking through all of it again and again would hold the
    window up for a tenth of a second each time.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._modules = 0
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        """Collect the oldest generation that is due, as Python would have done, unless there is new code to be set aside."""
        if len(sys.modules) - self._modules >= _MANY:
            self._modules = len(sys.modules)
            gc.collect(1)  # what is garbage by now shall not be set aside with it
            gc.freeze()
            return
        due = [age for age, (count, most) in enumerate(zip(gc.get_count(), self._thresholds, strict=True)) if count > most > 0]
        if due:
            gc.collect(max(due))
