"""The style sheet, written from tokens.

Selectors name a widget's own class, object name or property, never an ancestor: a sheet on everything inside a scroll area also hits
its scroll bars.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop.shell.tokens import Tokens, mixed


def style_sheet(tokens: Tokens, *, px: Callable[[float], int], pictures: dict[str, str]) -> str:
    """Write the whole sheet; ``px`` scales lengths with the text, ``pictures`` are paths of recoloured icons."""
    parts = (_text, _surfaces, _buttons, _fields, _lists, _chrome)
    return "\n".join(part(tokens, px, pictures) for part in parts)


def _text(t: Tokens, px: Callable[[float], int], _: dict[str, str]) -> str:
    return f"""
QLabel {{ background: transparent; color: {t.text}; }}
QLabel[kind="title"] {{ font-size: {px(22)}px; font-weight: 600; }}
QLabel[kind="section"] {{ font-size: {px(16)}px; font-weight: 600; }}
QLabel[kind="strong"] {{ font-weight: 600; }}
QLabel[kind="muted"] {{ color: {t.muted}; }}
QLabel[kind="dense"] {{ font-size: {px(13)}px; }}
QLabel[kind="caption"] {{ font-size: {px(12)}px; color: {t.muted}; }}
QLabel[kind="heading"] {{ font-size: {px(12)}px; font-weight: 600; color: {t.muted}; }}
QLabel[kind="number"] {{ font-size: {px(36)}px; font-weight: 600; }}
QLabel[kind="error"] {{ font-size: {px(13)}px; color: {t.high}; }}
QLabel[kind="brand"] {{ font-size: {px(16)}px; font-weight: 600; }}
QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.border}; padding: {px(4)}px {px(8)}px; }}
"""


def _surfaces(t: Tokens, _px: Callable[[float], int], _: dict[str, str]) -> str:
    note = mixed(t.accent, t.surface, 0.10)
    warning = mixed(t.moderate, t.surface, 0.12)
    stop = mixed(t.high, t.surface, 0.12)
    return f"""
QMainWindow, QDialog, QWidget[surface="ground"] {{ background: {t.ground}; }}
QWidget[surface="plain"] {{ background: transparent; }}
QFrame[surface="card"] {{ background: {t.surface}; border: 1px solid {t.border}; border-radius: 8px; }}
QFrame[surface="raised"] {{ background: {t.raised}; border: 1px solid {t.border}; border-radius: 8px; }}
QFrame[surface="note"] {{ background: {note}; border: none; border-radius: 8px; }}
QFrame[surface="warning"] {{ background: {warning}; border: none; border-radius: 8px; }}
QFrame[surface="stop"] {{ background: {stop}; border: none; border-radius: 8px; }}
QFrame[surface="line"] {{ background: {t.border}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[surface="upright"] {{ background: {t.border}; border: none; max-width: 1px; min-width: 1px; }}
QScrollArea, QStackedWidget {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {t.outline}; min-height: 32px; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:horizontal {{ background: {t.outline}; min-width: 32px; border-radius: 3px; margin: 3px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _buttons(t: Tokens, px: Callable[[float], int], pictures: dict[str, str]) -> str:
    hover = mixed(t.text, t.surface, 0.06)
    pressed = mixed(t.text, t.surface, 0.11)
    primary_hover = mixed(t.text, t.accent, 0.12)
    chosen = mixed(t.accent, t.surface, 0.12)
    return f"""
QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.outline}; border-radius: 6px; font-weight: 500;
  min-height: {px(20)}px; padding: {px(5)}px {px(13)}px; }}
QPushButton::menu-indicator {{ image: url({pictures["chevron-down"]}); width: {px(14)}px; height: {px(14)}px;
  subcontrol-position: right center; subcontrol-origin: padding; right: {px(6)}px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {pressed}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: {px(5) - 1}px {px(13) - 1}px; }}
QPushButton:disabled {{ color: {t.outline}; border-color: {t.border}; background: transparent; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; font-weight: 600; }}
QPushButton[kind="primary"]:hover {{ background: {primary_hover}; }}
QPushButton[kind="primary"]:focus {{ border-color: {t.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.border}; color: {t.muted}; border-color: {t.border}; }}
QPushButton[kind="danger"] {{ color: {t.high}; border-color: {t.high}; }}
QPushButton[kind="quiet"] {{ background: transparent; border: 2px solid transparent; color: {t.text};
  padding: {px(5) - 1}px {px(8)}px; text-align: left; }}
QPushButton[kind="quiet"]:disabled {{ color: {t.outline}; }}
QPushButton[kind="quiet"]:hover {{ background: {hover}; }}
QPushButton[kind="quiet"]:focus {{ border-color: {t.accent}; }}
QPushButton[kind="quiet"]:checked {{ background: {chosen}; color: {t.accent}; font-weight: 600; }}
QPushButton[kind="menu"] {{ background: transparent; border: 2px solid transparent;
  padding: {px(5) - 1}px {px(30)}px {px(5) - 1}px {px(8)}px; }}
QPushButton[kind="menu"]:hover {{ background: {hover}; }}
QPushButton[kind="menu"]:focus {{ border-color: {t.accent}; }}
QPushButton[kind="link"] {{ background: transparent; border: 2px solid transparent; color: {t.accent}; padding: {px(2)}px {px(2)}px;
  text-align: left; min-height: {px(24)}px; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border-color: {t.accent}; }}
QPushButton[kind="link"]:disabled {{ color: {t.outline}; }}
QPushButton[kind="row"] {{ background: transparent; border: 2px solid transparent; border-radius: 6px; text-align: left;
  padding: {px(6)}px {px(8)}px; font-weight: 400; }}
QPushButton[kind="row"]:hover {{ background: {hover}; }}
QPushButton[kind="row"]:focus {{ border-color: {t.accent}; }}
QPushButton[kind="segment"] {{ border: 1px solid {t.outline}; border-radius: 6px; }}
QPushButton[kind="segment"]:checked {{ background: {chosen}; color: {t.accent}; border: 2px solid {t.accent}; font-weight: 600;
  padding: {px(5) - 1}px {px(13) - 1}px; }}
QPushButton[kind="segment"]:focus {{ border: 2px solid {t.text}; padding: {px(5) - 1}px {px(13) - 1}px; }}
QToolButton {{ background: transparent; border: 2px solid transparent; border-radius: 6px; padding: {px(4)}px; color: {t.text}; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:focus {{ border-color: {t.accent}; }}
QToolButton::menu-indicator {{ image: none; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}px; min-height: {px(26)}px; border: 2px solid transparent;
  border-radius: 6px; padding: 0 {px(4)}px 0 0; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {t.accent}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(16)}px; height: {px(16)}px; border: 1px solid {t.outline};
  background: {t.surface}; }}
QCheckBox::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: {px(8) + 1}px; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; image: url({pictures["check"]}); }}
QRadioButton::indicator:checked {{ border-color: {t.accent};
  background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5, stop:0 {t.accent}, stop:0.5 {t.accent}, stop:0.6 {t.surface}); }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {t.border}; }}
"""


def _fields(t: Tokens, px: Callable[[float], int], pictures: dict[str, str]) -> str:
    base = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox"
    focused = ", ".join(f"{name.strip()}:focus" for name in base.split(","))
    disabled = ", ".join(f"{name.strip()}:disabled" for name in base.split(","))
    return f"""
{base} {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.outline}; border-radius: 6px;
  padding: {px(5)}px {px(9)}px; min-height: {px(20)}px; selection-background-color: {mixed(t.accent, t.surface, 0.28)};
  selection-color: {t.text}; }}
{focused} {{ border: 2px solid {t.accent}; padding: {px(5) - 1}px {px(9) - 1}px; }}
{disabled} {{ color: {t.muted}; background: {t.ground}; border-color: {t.border}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"], QDateEdit[wrong="true"] {{ border: 2px solid {t.high};
  padding: {px(5) - 1}px {px(9) - 1}px; }}
QLineEdit[kind="palette"] {{ border: none; font-size: {px(16)}px; background: transparent; padding: {px(10)}px {px(12)}px; }}
QLineEdit[kind="part"] {{ border: none; background: transparent; padding: 0; min-height: 0; }}
QLineEdit[kind="cell"], QComboBox[kind="cell"] {{ border: 2px solid {t.accent}; border-radius: 0; padding: 0 {px(6)}px; min-height: 0; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: {px(28)}px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url({pictures["chevron-down"]}); width: {px(16)}px; height: {px(16)}px; }}
QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.border}; outline: none; padding: {px(4)}px; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: {px(20)}px; }}
QSpinBox::up-arrow {{ image: url({pictures["chevron-up"]}); width: {px(12)}px; height: {px(12)}px; }}
QSpinBox::down-arrow {{ image: url({pictures["chevron-down"]}); width: {px(12)}px; height: {px(12)}px; }}
QCalendarWidget QToolButton {{ color: {t.text}; }}
QProgressBar {{ background: {t.border}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
"""


def _lists(t: Tokens, px: Callable[[float], int], _: dict[str, str]) -> str:
    chosen = mixed(t.accent, t.surface, 0.14)
    hover = mixed(t.text, t.surface, 0.04)
    return f"""
QTableView, QListView, QTreeView {{ background: {t.surface}; alternate-background-color: {t.surface}; border: 1px solid {t.border};
  border-radius: 8px; gridline-color: transparent; outline: none; selection-background-color: {chosen}; selection-color: {t.text}; }}
QTableView:focus, QListView:focus, QTreeView:focus {{ border: 1px solid {t.accent}; }}
QTableView::item {{ border: none; border-bottom: 1px solid {t.border}; padding: 0 {px(8)}px; }}
QTableView::item:selected {{ background: {chosen}; color: {t.text}; }}
QTableView[kind="cells"] {{ gridline-color: {t.border}; border-radius: 0; border-color: {t.outline}; }}
QTableView[kind="cells"]::item {{ border: none; }}
QTableView[kind="cells"] QHeaderView::section {{ background: {t.ground}; border-bottom: 1px solid {t.border};
  border-right: 1px solid {t.outline}; }}
QTableView[kind="cells"]::item:focus {{ border: 2px solid {t.accent}; padding: 0 {px(8) - 2}px; }}
QListView::item {{ padding: {px(6)}px {px(8)}px; border-radius: 6px; border: none; }}
QListView::item:hover {{ background: {hover}; }}
QListView::item:selected {{ background: {chosen}; color: {t.text}; }}
QListView[kind="palette"] {{ border: none; background: transparent; }}
QHeaderView {{ background: {t.surface}; border: none; border-top-left-radius: 8px; border-top-right-radius: 8px; }}
QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: none; border-bottom: 1px solid {t.outline};
  padding: {px(8)}px {px(8) + 3}px; font-size: {px(12)}px; font-weight: 600; }}
QHeaderView::section:hover {{ color: {t.text}; }}
QTableCornerButton::section {{ background: {t.surface}; border: none; }}
QMenu {{ background: {t.raised}; border: 1px solid {t.border}; border-radius: 8px; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(6)}px {px(24)}px {px(6)}px {px(12)}px; border-radius: 6px; color: {t.text}; }}
QMenu::item:selected {{ background: {chosen}; }}
QMenu::item:disabled {{ color: {t.muted}; }}
QMenu::separator {{ height: 1px; background: {t.border}; margin: {px(4)}px {px(8)}px; }}
"""


def _chrome(t: Tokens, px: Callable[[float], int], _: dict[str, str]) -> str:
    chosen = mixed(t.accent, t.surface, 0.12)
    hover = mixed(t.text, t.surface, 0.05)
    return f"""
QFrame#sidebar {{ background: {t.surface}; border: none; border-right: 1px solid {t.border}; }}
QFrame#topbar {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.border}; }}
QPushButton[kind="nav"] {{ background: transparent; border: 2px solid transparent; border-radius: 6px; text-align: left;
  padding: {px(6)}px {px(10)}px; min-height: {px(22)}px; color: {t.text}; font-weight: 500; }}
QPushButton[kind="nav"]:hover {{ background: {hover}; }}
QPushButton[kind="nav"]:focus {{ border-color: {t.accent}; }}
QPushButton[kind="nav"]:checked {{ background: {chosen}; color: {t.accent}; font-weight: 600; }}
QPushButton[kind="search"] {{ background: {t.ground}; color: {t.muted}; border: 1px solid {t.border}; border-radius: 6px;
  font-weight: 400; text-align: left; padding: {px(5)}px {px(12)}px; }}
QPushButton[kind="search"]:hover {{ border-color: {t.outline}; }}
QPushButton[kind="search"]:focus {{ border: 2px solid {t.accent}; padding: {px(5) - 1}px {px(12) - 1}px; }}
QFrame#message {{ background: {t.text}; border-radius: 8px; }}
QLabel#messageText {{ color: {t.ground}; }}
QPushButton#messageUndo, QPushButton#messageClose {{ background: transparent; border: 2px solid transparent; color: {t.ground};
  font-weight: 600; padding: {px(3)}px {px(8)}px; }}
QPushButton#messageUndo:focus, QPushButton#messageClose:focus {{ border-color: {t.ground}; }}
QFrame#message[tone="wrong"] {{ background: {mixed(t.high, t.surface, 0.14)}; border: 1px solid {t.high}; }}
QLabel#messageText[tone="wrong"], QPushButton#messageUndo[tone="wrong"], QPushButton#messageClose[tone="wrong"] {{ color: {t.text}; }}
QFrame#paletteFrame {{ background: {t.raised}; border: 1px solid {t.outline}; }}
"""
