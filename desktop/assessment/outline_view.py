"""The outline beside the question: sections, filters, and finding a question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.assessment.keycap import key_button, keycap
from desktop.assessment.outline_state import FoundQuestion, Outline
from desktop.language import Language
from desktop.shell.theme import DENSE, Theme
from desktop.widgets.text import line

_WRAPS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class OutlineView(QFrame):
    """Says ``went(question)`` and ``filtered(filter)``; ``look`` gives the questions that fit what is typed."""

    went = Signal(str)
    filtered = Signal(str)
    left = Signal()
    instruments_asked = Signal()

    def __init__(self, theme: Theme, language: Language, look: Callable[[str], tuple[FoundQuestion, ...]]) -> None:
        super().__init__()
        self._theme, self._look = theme, look
        self.setProperty("surface", "card")
        self.setAccessibleName(language.text("Sections"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(8), theme.px(8), theme.px(8))
        column.setSpacing(0)
        self._find = _Find()
        self._find.setPlaceholderText(language.text("Find question") + "  Ctrl+F")
        self._find.setAccessibleName(language.text("Find question"))
        self._find.setAccessibleIdentifier("assessment.find")
        self._find.textChanged.connect(self._found)
        self._find.returnPressed.connect(self._take_first)
        self._find.down.connect(self._into_list)
        self._find.escaped.connect(self._leave)
        column.addWidget(self._find)
        column.addSpacing(theme.px(6))
        self._hits = QListWidget()
        self._hits.setAccessibleName(language.text("Questions found"))
        self._hits.setAccessibleIdentifier("assessment.found")
        self._hits.setWordWrap(True)
        self._hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hits.itemActivated.connect(self._take)
        self._hits.itemClicked.connect(self._take)
        self._hits.hide()
        column.addWidget(self._hits, 1)
        inside = QWidget()
        inside.setProperty("surface", "plain")
        self._sections = QVBoxLayout(inside)
        self._sections.setContentsMargins(0, 0, 0, 0)
        self._sections.setSpacing(0)
        self._area = _Sections()
        self._area.setWidget(inside)
        inside.installEventFilter(self._area)
        column.addWidget(self._area)
        self._line = line()
        column.addSpacing(theme.px(6))
        column.addWidget(self._line)
        column.addSpacing(theme.px(6))
        self._filters = QVBoxLayout()
        self._filters.setSpacing(0)
        column.addLayout(self._filters)
        self._more = key_button(
            theme, language.text("Instruments"), self.instruments_asked.emit, key="I", name="assessment.instruments", kind="quiet"
        )
        column.addWidget(self._more)
        column.addStretch(1)
        self._rows: dict[str, OutlineRow] = {}
        self._order: list[str] = []

    def show_outline(self, outline: Outline) -> None:
        """Show how far each section is; only rows that differ are drawn again."""
        self._in_order(outline)
        for instrument in outline.instruments:
            made = self._row(self._sections, f"instrument.{instrument.id}")
            made.pressed_with = lambda first=instrument.first: self.went.emit(first)
            made.show_row(
                instrument.title,
                instrument.count,
                instrument.said,
                mark=instrument.mark,
                here=False,
                quiet=False,
                strong=instrument.is_here,
            )
        for row in outline.sections:
            if row.is_folded:
                continue
            made = self._row(self._sections, f"section.{row.id}")
            made.pressed_with = lambda first=row.first: self.went.emit(first)
            inset = bool(outline.instruments)
            made.show_row(row.title, row.count, row.said, mark=row.mark, here=row.is_here, quiet=not row.matches, inset=inset)
            if row.is_here:
                self._area.show_row(made)
        for one in outline.filters:
            made = self._row(self._filters, f"filter.{one.id}")
            made.pressed_with = lambda id_=one.id: self.filtered.emit(id_)
            said = f"{one.title}: {one.count}"
            made.show_row(one.title, str(one.count), said, mark="", here=one.is_on, quiet=False, key="F" if one.id == "all" else "")

    def find(self) -> None:
        """Begin to look for a question."""
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    def _in_order(self, outline: Outline) -> None:
        """Put the rows in their order: each instrument, and below the one in focus its sections."""
        names = []
        for instrument in outline.instruments:
            names.append(f"instrument.{instrument.id}")
            names += [f"section.{row.id}" for row in outline.sections if row.instrument == instrument.id and not row.is_folded]
        names = names or [f"section.{row.id}" for row in outline.sections]
        if names == self._order:
            return
        self._order = names
        for name in [name for name in self._rows if not name.startswith("filter.") and name not in names]:
            self._rows.pop(name).deleteLater()
        for name in names:
            self._sections.addWidget(self._row(self._sections, name))  # one that is there already is moved to the end

    def _row(self, into: QVBoxLayout, name: str) -> OutlineRow:
        if name not in self._rows:
            made = OutlineRow(self._theme, name=f"assessment.{name}")
            self._rows[name] = made
            into.addWidget(made)
        return self._rows[name]

    def _found(self, wanted: str) -> None:
        hits = self._look(wanted)
        self._hits.clear()
        for hit in hits:
            item = QListWidgetItem(hit.title)
            item.setData(Qt.ItemDataRole.UserRole, hit.id)
            self._hits.addItem(item)
        looking = bool(wanted.strip())
        self._hits.setVisible(looking)
        for made in self._rows.values():
            made.setVisible(not looking)
        self._line.setVisible(not looking)
        self._area.setVisible(not looking)
        if hits:
            self._hits.setCurrentRow(0)

    def _take_first(self) -> None:
        if (item := self._hits.currentItem()) is not None:
            self._take(item)

    def _take(self, item: QListWidgetItem) -> None:
        question = str(item.data(Qt.ItemDataRole.UserRole))
        self._find.clear()
        self.went.emit(question)

    def _into_list(self) -> None:
        if self._hits.count():
            self._hits.setFocus()

    def _leave(self) -> None:
        self._find.clear()
        self.left.emit()


class _Sections(QScrollArea):
    """As high as its rows, and scrolling only where there is no room for them."""

    def __init__(self) -> None:
        super().__init__()
        self._here: QWidget | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_row(self, row: QWidget) -> None:
        """Let a row be seen, when the layout has settled."""
        if row is not self._here:
            self._here = row
            QTimer.singleShot(0, row, lambda: self.ensureWidgetVisible(row, 0, row.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # rows have come, gone or broken into more lines
        elif watched is self.widget() and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._show_here)  # when the rows have been laid out at the new size
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
        if event.size().height() < event.oldSize().height():
            self._show_here()

    def _show_here(self) -> None:
        if self._here is not None and isValid(self._here):
            self.ensureWidgetVisible(self._here, 0, self._here.height())

    def sizeHint(self) -> QSize:
        layout = self.widget().layout()
        if layout is None:
            return QSize(120, 0)
        needed = layout.totalHeightForWidth(max(self.viewport().width(), 120))
        return QSize(120, max(needed, layout.totalMinimumSize().height()))  # no row is laid out lower than its least height

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 60)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # arrow and page keys are the room's


class _Find(QLineEdit):
    down = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returnPressed.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class OutlineRow(QAbstractButton):
    """One line of the outline: mark ● ◐ ○, title, count at the right."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self._title = self._count = self._mark = self._key = ""
        self._here = self._quiet = self._strong = self._inset = False
        self.pressed_with: Callable[[], object] = lambda: None
        self.clicked.connect(lambda: self.pressed_with())
        self.setAccessibleIdentifier(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_row(
        self,
        title: str,
        count: str,
        said: str,
        *,
        mark: str,
        here: bool,
        quiet: bool,
        key: str = "",
        strong: bool = False,
        inset: bool = False,
    ) -> None:
        """Show an instrument (``strong`` while one is in it), a section (``inset`` below an instrument) or a filter."""
        shown = (title, count, said, mark, here, quiet, key, strong, inset)
        if shown == self._shown:
            return
        as_wide = (title, len(count), bool(mark), inset) == (self._title, len(self._count), bool(self._mark), self._inset)
        self._shown = shown
        self._strong, self._inset = strong, inset
        self._title, self._count, self._mark, self._here, self._quiet, self._key = title, count, mark, here, quiet, key
        self.setText(title)
        self.setAccessibleName(said)
        self.setToolTip(said)
        if not as_wide:
            self.updateGeometry()  # at each key it would lay the whole room out again
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Its title over as many lines as it needs, as wide as it is while one stands there: going there moves nothing."""
        metrics = QFontMetrics(self._theme.font(DENSE, QFont.Weight.DemiBold))
        room = self._room(width)
        words = metrics.boundingRect(QRect(0, 0, room, 10_000), _wraps(metrics, self._title, room), self._title)
        return max(self._theme.px(28), words.height() + self._theme.px(8))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(170), self.heightForWidth(self._theme.px(170)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self._here:
            painter.setBrush(theme.tint("accent", 0.12))
        elif self.underMouse():
            painter.setBrush(theme.tint("text", 0.05))
        painter.drawRoundedRect(area, 6, 6)
        left = self._left
        if self._mark:
            self._paint_mark(painter, QPointF(left - theme.px(14), self.height() / 2))
        painter.setFont(theme.font(DENSE, QFont.Weight.DemiBold if self._here or self._strong else QFont.Weight.Normal))
        metrics = painter.fontMetrics()
        right = self.width() - theme.px(8)
        painter.setPen(theme.colour("muted"))
        wide = metrics.horizontalAdvance(self._count)
        painter.drawText(QRect(right - wide, 0, wide + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, self._count)
        room = self._room(self.width())
        painter.setPen(theme.colour("accent" if self._here else "muted" if self._quiet else "text"))
        painter.drawText(QRect(left, 0, room, self.height()), _wraps(metrics, self._title, room), self._title)
        if self._key and metrics.horizontalAdvance(self._title) + theme.px(28) < room:
            cap = keycap(theme, self._key)
            height = cap.deviceIndependentSize().height()
            painter.drawPixmap(QPointF(left + metrics.horizontalAdvance(self._title) + theme.px(8), (self.height() - height) / 2), cap)
        painter.end()

    @property
    def _left(self) -> int:
        return self._theme.px((28 if self._mark else 8) + (8 if self._inset else 0))

    def _room(self, width: int) -> int:
        """Give the pixels that the title has beside the widest count that can stand there."""
        answered, slash, asked = self._count.rpartition("/")
        widest = f"{asked}/{asked}" if slash and len(answered) <= len(asked) else self._count
        count = QFontMetrics(self._theme.font(DENSE, QFont.Weight.DemiBold)).horizontalAdvance(widest)
        return max(width - self._left - count - self._theme.px(16), self._theme.px(60))

    def _paint_mark(self, painter: QPainter, middle: QPointF) -> None:
        """Paint ● done, ◐ begun, ○ open: filled as far as it has come."""
        radius = self._theme.px(5)
        circle = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
        colour = self._theme.colour("low" if self._mark == "done" else "accent" if self._mark == "begun" else "outline")
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if self._mark == "done" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if self._mark == "begun":
            painter.setBrush(colour)
            painter.drawPie(circle, 90 * 16, 180 * 16)


def _wraps(metrics: QFontMetrics, title: str, room: int) -> Qt.TextFlag | Qt.AlignmentFlag:
    """Break a title between words; within one only where a single word has no room."""
    longest = max((metrics.horizontalAdvance(part) for part in title.replace("-", " ").split()), default=0)
    return _WRAPS if longest <= room else _WRAPS | Qt.TextFlag.TextWrapAnywhere
