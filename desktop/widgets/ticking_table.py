"""A table in which several records can be ticked: for an act on all of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from desktop.shell.theme import Theme
from desktop.widgets.folding_table import FoldingTable
from desktop.widgets.record_table import Column

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class TickingTable(FoldingTable):
    """Says ``ticked_changed()`` when other records are ticked, and ``begun()`` when the first is and no boxes are shown yet.

    Ticks are the records' own, by ``key``: they outlive sorting, searching and reading anew. Space ticks the current one, Shift with an
    arrow goes on ticking, Ctrl+A takes all that are shown; a click on a box or with Ctrl ticks one, with Shift all from the last one on.
    ``can_tick`` says which can be; ``words`` what a box says to ears.
    """

    ticked_changed = Signal()
    begun = Signal()

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[Column],
        *,
        name: str,
        title: str,
        give_way: Sequence[str],
        least: int,
        key: Callable[[Any], Hashable],
        can_tick: Callable[[Any], bool],
        heading: str,
        words: Callable[[Any, bool | None], str],
    ) -> None:
        boxes = Column(
            "ticked",
            heading,
            lambda record: words(record, self._state(record)),
            order=lambda record: self._state(record) is not True,
            width=44,
            ticked=self._state,
        )
        self._key, self._can_tick = key, can_tick
        self._ticked: dict[Hashable, None] = {}
        self._from: Hashable = None
        super().__init__(theme, [boxes, *columns], name=name, title=title, give_way=give_way, least=least)
        self.setColumnHidden(0, True)

    @property
    def ticked(self) -> tuple[Hashable, ...]:
        """The keys of the records that are ticked, also of those that are not shown now."""
        return tuple(self._ticked)

    @property
    def shows_boxes(self) -> bool:
        """Whether one is choosing."""
        return not self.isColumnHidden(0)

    def show_boxes(self, shown: bool) -> None:
        """Begin to choose, or end it and forget what was ticked."""
        if not shown:
            self._set({})
        if shown == self.shows_boxes:
            return
        self.setColumnHidden(0, not shown)
        self.fold()

    def tick_shown(self) -> None:
        """Tick every record that is shown and can be."""
        self.tick(self._key(one) for one in self.shown if self._can_tick(one))

    def tick(self, keys: Iterable[Hashable]) -> None:
        """Tick these records, too."""
        self._begin()
        self._set({**self._ticked, **dict.fromkeys(keys)})

    def untick(self) -> None:
        """Take every tick away."""
        self._set({})

    def keep_ticks(self, known: Sequence[Hashable]) -> None:
        """Forget the ticks of records that there are no more."""
        self._set({key: None for key in self._ticked if key in set(known)})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, step = Qt.Key(event.key()), _STEPS.get(Qt.Key(event.key()))
        if key == Qt.Key.Key_Space and self.current is not None:
            self._toggle(self.current)
        elif key == Qt.Key.Key_A and event.modifiers() == _CTRL:
            self.tick_shown()
        elif step is not None and event.modifiers() & _SHIFT and self.current is not None:
            self._tick_on(step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        on_box = index.isValid() and self.shows_boxes and index.column() == 0
        wants = on_box or bool(event.modifiers() & (_CTRL | _SHIFT))
        if not index.isValid() or not wants or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        before = self._from if self._from is not None else (self._key(self.current) if self.current is not None else None)
        self._go_to(index.row())
        if event.modifiers() & _SHIFT:
            self._tick_from(before, index.row())
        else:
            self._toggle(self.shown[index.row()])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        on_box = self.shows_boxes and index.column() == 0
        if index.isValid() and (on_box or event.modifiers() & (_CTRL | _SHIFT)):
            self.mousePressEvent(event)  # two quick clicks on a box are two ticks, and open nothing
        else:
            super().mouseDoubleClickEvent(event)

    def _state(self, record: Any) -> bool | None:
        return self._key(record) in self._ticked if self._can_tick(record) else None

    def _toggle(self, record: Any) -> None:
        if not self._can_tick(record):
            return
        self._begin()
        key = self._key(record)
        self._from = key
        rest = {one: None for one in self._ticked if one != key}
        self._set(rest if key in self._ticked else {**self._ticked, key: None})

    def _tick_on(self, step: int) -> None:
        """Tick the current record and the next one that way, and stand there."""
        row = self.currentIndex().row()
        there = min(max(row + step, 0), len(self.shown) - 1)
        self._tick_rows(row, there)
        self._go_to(there)

    def _tick_from(self, key: Hashable, row: int) -> None:
        keys = [self._key(one) for one in self.shown]
        self._tick_rows(keys.index(key) if key in keys else row, row)

    def _tick_rows(self, one: int, other: int) -> None:
        rows = self.shown[min(one, other) : max(one, other) + 1]
        wanted = dict.fromkeys(self._key(record) for record in rows if self._can_tick(record))
        if wanted:
            self._begin()
            self._set({**self._ticked, **wanted})

    def _go_to(self, row: int) -> None:
        self.setCurrentIndex(self.model().index(row, self._first_column()))

    def _begin(self) -> None:
        if not self.shows_boxes:
            self.show_boxes(True)
            self.begun.emit()

    def _set(self, ticked: dict[Hashable, None]) -> None:
        if list(ticked) == list(self._ticked):
            return
        self._ticked = ticked
        model = self.model()
        if self.shown:
            model.dataChanged.emit(model.index(0, 0), model.index(len(self.shown) - 1, 0), [Qt.ItemDataRole.CheckStateRole])
        self.ticked_changed.emit()
