"""Fields: what is typed is understood, committed once, and never lost on leaving."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.language import language
from desktop.widgets import date_field, money_field
from desktop.widgets.fields import Choice, CommittedLine, CommittedText, Segments


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-09", date(2026, 3, 9)),
        ("20260309", date(2026, 3, 9)),
        ("2026/3/9", date(2026, 3, 9)),
        ("9/3/2026", date(2026, 3, 9)),
        (" 9.3.2026 ", date(2026, 3, 9)),
        ("2026-02-30", None),
        ("9/3/26", None),
        ("today", None),
        ("", None),
    ],
)
def test_a_date_is_understood_as_people_write_it(typed, day):
    assert date_field.understood(typed) == day


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("1 250 000", "SEK", 125_000_000),
        ("1,250,000", "SEK", 125_000_000),
        ("1.250.000", "SEK", 125_000_000),
        ("1 250,5", "SEK", 125_050),
        ("1,250.50", "SEK", 125_050),
        ("12.50", "EUR", 1_250),
        ("1.500", "SEK", 150_000),
        ("500", "JPY", 500),
        ("0", "SEK", 0),
        ("-5", "SEK", None),
        ("1,25,000", "SEK", None),
        ("five", "SEK", None),
        ("", "SEK", None),
        ("12,345,67", "SEK", 1_234_567),
    ],
)
def test_an_amount_is_understood_exactly_or_not_at_all(typed, currency, minor):
    assert money_field.understood(typed, currency) == minor


def test_a_date_is_marked_when_it_is_none_and_counts_as_nothing(desk, qtbot):
    field = date_field.DateField(desk.theme, language("en"))
    qtbot.addWidget(field)
    qtbot.keyClicks(field.line, "2026-02-30")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.is_wrong
    assert field.day is None


def test_what_an_amount_field_writes_it_reads_again(desk, qtbot):
    for code in ("sv", "en"):
        field = money_field.MoneyField(desk.theme, language(code), minor=123_456_789, currency="SEK")
        qtbot.addWidget(field)
        assert field.amount == (123_456_789, "SEK")


def test_a_text_is_committed_once_after_the_last_key(desk, qtbot):
    field = CommittedText(desk.theme)
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.committed) as heard:
        qtbot.keyClicks(field, "minutes")
    assert heard.args == ["minutes"]
    with qtbot.assertNotEmitted(field.committed):
        field.commit()


def test_a_text_is_committed_at_once_on_leaving(desk, qtbot):
    field = CommittedText(desk.theme)
    qtbot.addWidget(field)
    said = []
    field.committed.connect(said.append)
    qtbot.keyClicks(field, "a")
    field.commit()
    assert said == ["a"]


def test_what_is_kept_does_not_overwrite_what_is_being_typed(qtbot):
    field = CommittedLine("old")
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "er")
    field.show_text("from elsewhere")
    assert field.text() == "older"
    field.commit()
    field.show_text("from elsewhere")
    assert field.text() == "from elsewhere"


def test_showing_a_choice_says_nothing_and_choosing_does(qtbot):
    field = Choice([("a", "First"), ("b", "Second")])
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.chosen):
        field.show_key("b")
    assert field.key == "b"
    with qtbot.waitSignal(field.chosen) as heard:
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert heard.args == ["a"]


def test_segments_are_passed_by_arrow_keys_and_chosen_by_space_or_enter(qtbot, desk):
    segments = Segments(desk.theme, [(one, one) for one in ("weak", "limited", "adequate")], name="judged", title="Judged")
    qtbot.addWidget(segments)
    segments.show()
    segments.layout().itemAt(0).widget().setFocus()
    chosen = []
    segments.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(segments.focusWidget(), key)
    assert chosen == []
    qtbot.keyClick(segments.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(segments.focusWidget(), Qt.Key.Key_Left)
    qtbot.keyClick(segments.focusWidget(), Qt.Key.Key_Return)
    assert chosen == ["adequate", "limited"]
    assert segments.key == "limited"
