"""Facts below each other, each beside what it is about; and sentences under bullets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from desktop.shell.theme import Theme
from desktop.widgets.text import label

#: From this text size on, in per cent, a fact stands below its title: a digest or a serial number would not fit beside it.
_LARGE_TEXT = 150


def facts_grid(theme: Theme, facts: Iterable[tuple[str, str | Sequence[str]]], *, name: str, kind: str = "dense") -> QGridLayout:
    """Set facts below each other; their words can be selected, to be compared elsewhere. Several words for one fact get bullets.

    ``name`` begins the identifiers of the words ("verify.fact" gives ``verify.fact.0``); ``kind`` is their kind of label.
    """
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(16))
    beside = theme.px(100) < _LARGE_TEXT
    grid.setVerticalSpacing(theme.px(6) if beside else 0)
    grid.setColumnStretch(1, 1)
    if beside:
        grid.setColumnMinimumWidth(0, theme.px(150))
    for at, (title, words) in enumerate(facts):
        row, column = (at, 1) if beside else (2 * at + 1, 0)
        heading = label(title, "muted", wrap=True)
        heading.setContentsMargins(0, 0 if beside or not at else theme.px(6), 0, 0)
        grid.addWidget(heading, row if beside else row - 1, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(words, str):
            grid.addWidget(_selectable(words, kind, f"{name}.{at}"), row, column, 1, 2 - column, Qt.AlignmentFlag.AlignTop)
        else:
            grid.addLayout(bullets(theme, words, kind=kind, name=f"{name}.{at}"), row, column, 1, 2 - column, Qt.AlignmentFlag.AlignTop)
    return grid


def bullets(theme: Theme, sentences: Iterable[str], *, kind: str = "body", name: str = "") -> QGridLayout:
    """Set sentences under bullets, their lines in line with each other."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(8))
    grid.setVerticalSpacing(theme.px(6))
    grid.setColumnStretch(1, 1)
    for at, sentence in enumerate(sentences):
        grid.addWidget(label("•", kind), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(sentence, kind, wrap=True, name=f"{name}.{at}" if name else ""), at, 1)
    return grid


def _selectable(words: str, kind: str, name: str) -> QLabel:
    made = label(words, kind, wrap=True, name=name)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
