"""What stands around every room: the way to the places, the search, and who is here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout

from desktop.shell.desk import Desk
from desktop.widgets.text import label, line
from forms.text import N_

#: Room, word, icon, shortcut; ``None`` is the line before Settings.
ENTRIES: tuple[tuple[str, str, str, str] | None, ...] = (
    ("home", N_("Home"), "home", "Ctrl+1"),
    ("partners", N_("Partners"), "building-2", "Ctrl+2"),
    ("assessments", N_("Assessments"), "clipboard-list", "Ctrl+3"),
    ("library", N_("Library"), "library", "Ctrl+5"),
    None,
    ("verify", N_("Check a report"), "shield-check", "Ctrl+4"),
    ("settings", N_("Settings"), "settings", "Ctrl+,"),
)
#: Rooms without an entry of their own belong under one.
_UNDER = {
    "partner": "partners",
    "comparison": "partners",
    "partner_edit": "partners",
    "project_edit": "partners",
    "outside_result": "partners",
    "documents": "assessments",
    "new_assessment": "assessments",
    "assessment": "assessments",
    "result": "assessments",
    "recommendation": "assessments",
    "review": "assessments",
    "seal": "assessments",
    "report": "assessments",
    "decision": "assessments",
    "decision_document": "assessments",
    "imported": "assessments",
    "keep_report": "verify",
    "template": "library",
}
WIDE, FOLDED = 200, 64


class Sidebar(QFrame):
    """The ways to the main places; folds to icons with tooltips when there is little width."""

    def __init__(self, desk: Desk, go: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self._desk = desk
        theme = desk.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(14), theme.px(10), theme.px(12))
        column.setSpacing(theme.px(2))
        self._brand = label("Gedigen", "brand")
        self._brand.setContentsMargins(theme.px(10), 0, 0, theme.px(10))
        column.addWidget(self._brand)
        self._buttons: dict[str, QPushButton] = {}
        self._words: dict[str, str] = {}
        group = QButtonGroup(self)
        for entry in ENTRIES:
            if entry is None:
                column.addSpacing(theme.px(6))
                column.addWidget(line())
                column.addSpacing(theme.px(6))
                continue
            room, message, _, shortcut = entry
            word = desk.language.text(message)
            made = QPushButton(word)
            made.setProperty("kind", "nav")
            made.setCheckable(True)
            made.setAccessibleName(word)
            made.setAccessibleIdentifier(f"nav.{room}")
            made.setToolTip(f"{word}  {shortcut}")
            made.setCursor(Qt.CursorShape.PointingHandCursor)
            made.clicked.connect(lambda _=False, room=room: go(room))
            group.addButton(made)
            column.addWidget(made)
            self._buttons[room], self._words[room] = made, word
        column.addStretch(1)
        self._folded: bool | None = None
        self._here = ""
        self.fold(False)

    def fold(self, folded: bool) -> None:
        """Show icons only, or icons and words."""
        if folded == self._folded:
            return
        self._folded = folded
        theme = self._desk.theme
        self.setFixedWidth(theme.px(FOLDED) if folded else theme.px(WIDE))
        self._brand.setVisible(not folded)
        for room, made in self._buttons.items():
            made.setText("" if folded else self._words[room])
            made.setIconSize(theme.icon_size() if folded else theme.leading_size())
        self.mark(self._here)

    def mark(self, room: str) -> None:
        """Mark where one is."""
        self._here = room
        icons = {entry[0]: entry[2] for entry in ENTRIES if entry is not None}
        here = _UNDER.get(room, room)
        draw = self._desk.theme.icon if self._folded else self._desk.theme.leading
        for name, made in self._buttons.items():
            made.setChecked(name == here)
            made.setIcon(draw(icons[name], "accent" if name == here else "muted"))


class TopBar(QFrame):
    """Back, the search and the person's menu."""

    def __init__(self, desk: Desk, *, search: Callable[[], object], menu: QMenu) -> None:
        super().__init__()
        self.setObjectName("topbar")
        theme, language = desk.theme, desk.language
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(16), theme.px(8))
        row.setSpacing(theme.px(12))
        self.back = QPushButton()
        self.back.setProperty("kind", "quiet")
        self.back.setIcon(theme.icon("arrow-left"))
        self.back.setIconSize(theme.icon_size())
        self.back.setToolTip(language.text("Back") + "  Alt+←")
        self.back.setAccessibleName(language.text("Back"))
        self.back.setAccessibleIdentifier("nav.back")
        self.back.clicked.connect(desk.back)
        self._search = QPushButton()
        self._search.setProperty("kind", "search")
        self._search.setText(language.text("Search or command"))
        self._search.setIcon(theme.leading("search", "muted"))
        self._search.setIconSize(theme.leading_size())
        keys = label("Ctrl+K", "caption")
        keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(self._search)
        inside.setContentsMargins(0, 0, theme.px(12), 0)
        inside.addStretch(1)
        inside.addWidget(keys)
        self._search.setAccessibleName(language.text("Search or command"))
        self._search.setAccessibleIdentifier("nav.search")
        self._search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Its words, and the keys after them, which the button itself knows nothing of.
        self._search.ensurePolished()
        needed = self._search.sizeHint().width() + keys.sizeHint().width() + theme.px(16)
        self._search.setMinimumWidth(max(theme.px(232), needed))
        self._search.setMaximumWidth(theme.px(440))
        self._search.setCursor(Qt.CursorShape.PointingHandCursor)
        self._search.clicked.connect(lambda: search())
        self.person = QPushButton()
        self.person.setProperty("kind", "menu")
        self.person.setIcon(theme.leading("user-round", "muted"))
        self.person.setIconSize(theme.leading_size())
        self.person.setAccessibleIdentifier("nav.person")
        self.person.setMenu(menu)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self._search, 4)
        row.addStretch(1)
        row.addWidget(self.person)
