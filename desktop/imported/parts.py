"""Pieces that both rooms of other organisations' assessments are made of."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.imported.state import InstrumentScores
from desktop.shell.theme import Theme
from desktop.widgets.card import Card
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from desktop.words import Mark


def marks_grid(theme: Theme, marks: Iterable[tuple[str, Mark]]) -> QGridLayout:
    """Set marks below each other, each beside what it is about, in line with a grid of facts."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(16))
    grid.setVerticalSpacing(theme.px(6))
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, theme.px(150))
    for at, (title, mark) in enumerate(marks):
        grid.addWidget(label(title, "muted", wrap=True), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(StatusMark(theme, mark, strong=True), at, 1, Qt.AlignmentFlag.AlignLeft)
    return grid


def marks_row(theme: Theme, marks: Iterable[tuple[str, Mark]]) -> QHBoxLayout:
    """Set marks beside each other, each after what it is about."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    for title, mark in marks:
        row.addWidget(label(title, "muted"))
        row.addWidget(StatusMark(theme, mark, strong=True))
        row.addSpacing(theme.px(12))
    row.addStretch(1)
    return row


def findings_card(theme: Theme, heading: str, findings: Iterable[tuple[Mark, str]]) -> QWidget:
    """Say what a verification found, finding by finding."""
    card = Card(theme, heading)
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(16))
    grid.setVerticalSpacing(theme.px(8))
    grid.setColumnStretch(1, 1)
    for at, (mark, sentence) in enumerate(findings):
        grid.addWidget(StatusMark(theme, mark), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(sentence, wrap=True, name=f"imported.finding.{at}"), at, 1)
    card.body.addLayout(grid)
    return card


def scores_card(theme: Theme, heading: str, under: str, instruments: Iterable[InstrumentScores]) -> QWidget:
    """Show the result of each instrument: its subjects, then its sections, with figure and band."""
    card = Card(theme, heading)
    card.body.addWidget(label(under, "muted", wrap=True))
    for instrument in instruments:
        card.body.addWidget(label(instrument.name, "heading", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(0, 1)
        for at, line in enumerate(instrument.lines):
            grid.addWidget(label(line.title, "strong" if line.is_subject else "body", wrap=True), at, 0)
            grid.addWidget(label(line.figure, "dense"), at, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(StatusMark(theme, line.mark, strong=line.is_subject), at, 2)
        card.body.addLayout(grid)
    return card
