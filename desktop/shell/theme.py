"""The look as it is now: colours, type sizes and icons for a scheme and a text size."""

from __future__ import annotations

import weakref
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.shell.style_sheet import style_sheet
from desktop.shell.tokens import DARK, LIGHT, Tokens, mixed
from resources import path

CAPTION, DENSE, BODY, SECTION, TITLE = 12, 13, 14, 16, 22
ICON = 18
ROW = 36


class _Pictures:
    """The few pictures that a style sheet can only take from files, in a folder that goes with this object."""

    def __init__(self) -> None:
        self._folder = QTemporaryDir()
        weakref.finalize(self, self._folder.remove)  # also when the program ends, where Qt's own objects are left as they are

    def written(self, tokens: Tokens) -> dict[str, str]:
        """Write them in the colours of a scheme and give their files."""
        roles = {"chevron-down": "muted", "chevron-up": "muted", "check": "on_accent"}
        files = {}
        for name, role in roles.items():
            file = Path(self._folder.path()) / f"{name}-{tokens.scheme}.svg"
            file.write_text(_svg(name, tokens.role(role)), encoding="utf-8")
            files[name] = file.as_posix()
        return files


class Theme:
    """One look. Widgets keep it and ask it when they paint, so that a new scheme needs no new widgets.

    Lengths are given at 100 % text size; ``px`` makes them pixels of the chosen size.
    """

    def __init__(self, *, scheme: str = "system", text_size: int = 100) -> None:
        self.scheme = scheme
        self.text_size = text_size
        self._drawn: dict[tuple[str, str, int], QIcon] = {}
        self._pictures = _Pictures()
        self.tokens: Tokens = LIGHT

    def px(self, length: float) -> int:
        """Scale a length with the text."""
        return round(length * self.text_size / 100)

    def font(self, size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Give a font for painting; its figures are tabular."""
        font = QFont("Inter")
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def colour(self, role: str) -> QColor:
        """Give the colour of a role in the scheme of now."""
        return QColor(self.tokens.role(role))

    def tint(self, role: str, share: float = 0.12, on: str = "surface") -> QColor:
        """Give the pale fill of a role that text may stand on."""
        return QColor(mixed(self.tokens.role(role), self.tokens.role(on), share))

    def icon(self, name: str, role: str = "text") -> QIcon:
        """Give one of the bundled outline icons in a role's colour, sharp up to twice the pixels."""
        key = (name, self.tokens.role(role), self.text_size)
        if key not in self._drawn:
            self._drawn[key] = QIcon(self.pixmap(name, role=role, size=self.px(ICON)))
            disabled = self.pixmap(name, role="outline", size=self.px(ICON))
            self._drawn[key].addPixmap(disabled, QIcon.Mode.Disabled)
        return self._drawn[key]

    def pixmap(self, name: str, *, role: str = "text", size: int = ICON) -> QPixmap:
        """Draw an icon at a size in pixels."""
        drawn = QPixmap(QSize(size, size) * 2)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        QSvgRenderer(QByteArray(_svg(name, self.tokens.role(role)).encode())).render(painter, QRectF(0, 0, size * 2, size * 2))
        painter.end()
        drawn.setDevicePixelRatio(2)
        return drawn

    def leading(self, name: str, role: str = "text") -> QIcon:
        """Give an icon with a gap behind it, to stand before a word in a button; its size is ``leading_size``."""
        key = (f"{name} leading", self.tokens.role(role), self.text_size)
        if key not in self._drawn:
            self._drawn[key] = QIcon(self._with_gap(name, role))
            self._drawn[key].addPixmap(self._with_gap(name, "outline"), QIcon.Mode.Disabled)
        return self._drawn[key]

    def leading_size(self) -> QSize:
        """Give the size of an icon with its gap."""
        return QSize(self.px(ICON) + self.px(4), self.px(ICON))

    def _with_gap(self, name: str, role: str) -> QPixmap:
        wide = QPixmap(self.leading_size() * 2)
        wide.fill(Qt.GlobalColor.transparent)
        wide.setDevicePixelRatio(2)
        painter = QPainter(wide)
        painter.drawPixmap(0, 0, self.pixmap(name, role=role, size=self.px(ICON)))
        painter.end()
        return wide

    def icon_size(self) -> QSize:
        """Give the size of an icon beside a word."""
        return QSize(self.px(ICON), self.px(ICON))

    def apply(self, application: QApplication) -> None:
        """Settle the scheme and dress the whole program in it."""
        self.tokens = DARK if self._is_dark() else LIGHT
        # Under a bare X server the hint changes nothing, which is why the palette is built here; elsewhere it gives native dialogs
        # and title bars the same scheme.
        application.styleHints().setColorScheme(
            {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(self.scheme, Qt.ColorScheme.Unknown)
        )
        application.setFont(self.font(BODY))
        application.setPalette(_palette(self.tokens))
        application.setStyleSheet(style_sheet(self.tokens, px=self.px, pictures=self._pictures.written(self.tokens)))
        # The style sheet outlives the theme until the next one is applied, and looks for its pictures whenever a widget is dressed.
        application.setProperty("pictures", self._pictures)

    @property
    def is_stale(self) -> bool:
        """Whether the system has changed its scheme since it was applied."""
        return self._is_dark() != (self.tokens.scheme == "dark")

    def _is_dark(self) -> bool:
        if self.scheme == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self.scheme == "dark"


def load_fonts() -> None:
    """Make the bundled type known to the program; without it lines would be longer on machines that lack it."""
    for name in ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf"):
        QFontDatabase.addApplicationFont(str(path("fonts", name)))


def _svg(name: str, colour: str) -> str:
    if name == "chevron-up":
        drawing = path("icons", "chevron-down.svg").read_text(encoding="utf-8").replace("<path", '<path transform="rotate(180 12 12)"')
    else:
        drawing = path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return drawing.replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.ground,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.ground,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.high,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Highlight: mixed(tokens.accent, tokens.surface, 0.28),
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Light: tokens.raised,
        role.Midlight: tokens.border,
        role.Mid: tokens.outline,
        role.Dark: tokens.outline,
        role.Shadow: tokens.border,
    }
    for where, colour in colours.items():
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(tokens.outline))
    return palette
