"""A date typed as the language writes it, or picked from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.text import set_property

_LOCALES = {
    "sv": QLocale(QLocale.Language.Swedish, QLocale.Country.Sweden),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
    "nb": QLocale(QLocale.Language.NorwegianBokmal, QLocale.Country.Norway),
    "fr": QLocale(QLocale.Language.French, QLocale.Country.France),
}


class DateField(QWidget):
    """A date or nothing. Understands 2026-03-09, 9/3/2026, 9.3.2026 and what it writes itself; says ``changed(date | None)``.

    What is not a date is marked and counts as nothing; ``is_wrong`` tells it from an empty field.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, language: Language, *, day: date | None = None) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._day: date | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        self.line = QLineEdit()
        self.line.setMaximumWidth(theme.px(150))
        self.line.setPlaceholderText(language.text("YYYY-MM-DD"))
        self.line.editingFinished.connect(self._settle)
        self._open = QPushButton()
        self._open.setProperty("kind", "quiet")
        self._open.setIcon(theme.icon("calendar-check", "muted"))
        self._open.setIconSize(theme.icon_size())
        self._open.setAccessibleName(language.text("Choose in a calendar"))
        self._open.setToolTip(language.text("Choose in a calendar"))
        self._open.clicked.connect(self._show_calendar)
        row.addWidget(self.line)
        row.addWidget(self._open)
        row.addStretch(1)
        self.setFocusProxy(self.line)
        self.show_day(day)

    @property
    def day(self) -> date | None:
        """The date, ``None`` while there is none or it is wrong; what is being typed counts."""
        return understood(self.line.text())

    @property
    def is_wrong(self) -> bool:
        """Whether something stands there that is no date."""
        return bool(self.line.text().strip()) and self.day is None

    def show_day(self, day: date | None) -> None:
        """Show a date without saying that it changed."""
        self._day = day
        self.line.setText(day.isoformat() if day else "")
        set_property(self.line, "wrong", "false")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def setAccessibleIdentifier(self, name: str) -> None:
        self.line.setAccessibleIdentifier(name)
        self._open.setAccessibleIdentifier(f"{name}.calendar")

    def _settle(self) -> None:
        day = self.day
        set_property(self.line, "wrong", "true" if self.is_wrong else "false")
        if day is not None:
            self.line.setText(day.isoformat())
        if day != self._day:
            self._day = day
            self.changed.emit(day)

    def _show_calendar(self) -> None:
        sheet = QFrame(self, Qt.WindowType.Popup)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.setProperty("surface", "raised")
        inside = QVBoxLayout(sheet)
        calendar = QCalendarWidget()
        calendar.setLocale(_LOCALES[self._language.code])
        calendar.setAccessibleName(self.accessibleName())
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        day = self.day or date.today()  # noqa: DTZ011 — the calendar opens on the reader's own today
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))

        def take(chosen: QDate) -> None:
            self.line.setText(date(chosen.year(), chosen.month(), chosen.day()).isoformat())
            sheet.close()
            self._settle()
            self.line.setFocus()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        inside.addWidget(calendar)
        sheet.move(self.mapToGlobal(QPoint(0, self.height())))
        sheet.show()
        calendar.setFocus()


def understood(typed: str) -> date | None:
    """Read a date as people write it: year first, or day, month and year; ``None`` when it is none."""
    parts = typed.strip().replace("/", "-").replace(".", "-").replace(" ", "-").strip("-").split("-")
    if len(parts) == 1 and len(parts[0]) == 8 and parts[0].isdigit():
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    first, second, third = (int(part) for part in parts)
    year, day = (first, third) if len(parts[0]) == 4 else (third, first)
    try:
        return date(year, second, day) if year >= 1000 else None
    except ValueError:
        return None
