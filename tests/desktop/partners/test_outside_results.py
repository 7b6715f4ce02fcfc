"""Registering another body's result, seeing whether it still holds, and taking it back: words by themselves, then in the window."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from uuid import uuid4

import pytest

from desktop.language import language
from desktop.operations import outside, partners
from desktop.partners.outside_state import TypedResult, outside_lines, result_of, result_problems
from desktop.shell.place import Place
from forms.outside import OutsideResult
from models.cards import OutsideCard

EN = language("en")
TODAY = date(2026, 11, 22)
RESULT = OutsideResult("Agency (invented)", "hact_micro_assessment", "moderate", date(2025, 5, 1), date(2026, 11, 22), "Finance")
CARD = OutsideCard(uuid4(), uuid4(), RESULT, "report.pdf", "ab", 2, "application/pdf", "Ada", datetime(2026, 1, 1))  # noqa: DTZ001
TYPED = TypedResult("Agency (invented)", "hact_micro_assessment", "moderate", date(2025, 5, 1), None, "", "given")


def line(**changes):
    result = {name: changes.pop(name) for name in list(changes) if name in OutsideResult.__dataclass_fields__}
    card = dataclasses.replace(CARD, result=dataclasses.replace(RESULT, **result), **changes)
    (made,) = outside_lines((card,), EN, today=TODAY)
    return made


def test_a_result_says_kind_rating_owner_validity_consent_and_file():
    shown = line()
    assert shown.title == "HACT micro assessment: Moderate risk"
    for part in ("Agency (invented)", "valid until 22 Nov 2026", "The partner has agreed", "report.pdf", "registered by Ada"):
        assert part in shown.about
    assert (shown.mark, shown.may_withdraw) == (None, True)


def test_one_that_has_expired_or_may_not_be_used_is_marked():
    assert line(valid_until=date(2026, 11, 21)).mark.word == "Expired"
    assert line(consent="none").mark.word == "No consent"


def test_one_that_is_withdrawn_says_why_and_stands_last():
    gone = dataclasses.replace(CARD, id=uuid4(), withdrawn="Replaced", withdrawn_at=datetime(2026, 2, 2))  # noqa: DTZ001
    shown = outside_lines((gone, CARD), EN, today=TODAY)
    assert [one.id for one in shown] == [CARD.id, gone.id]
    assert (shown[1].mark.word, shown[1].reason, shown[1].may_withdraw) == ("Withdrawn", "Withdrawn because: Replaced", False)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"kind": ""}, ["outside.kind"]),
        ({"rating": ""}, ["outside.rating"]),
        ({"owner": " "}, ["outside.owner"]),
        ({"dated": None}, ["outside.dated"]),
        ({"dated": date(2026, 11, 23)}, ["outside.dated"]),
        ({"valid_until": date(2025, 4, 30)}, ["outside.until"]),
        ({"wrong": frozenset({"outside.until"})}, ["outside.until"]),
        ({"consent": ""}, ["outside.consent"]),
    ],
)
def test_what_is_missing_is_said_by_its_field(changes, wrong):
    assert list(result_problems(dataclasses.replace(TYPED, **changes), EN, today=TODAY)) == wrong


def test_the_result_is_what_was_typed():
    assert result_of(TYPED) == OutsideResult("Agency (invented)", "hact_micro_assessment", "moderate", date(2025, 5, 1))


def choose(walk, name, key):
    field = walk.find(name)
    field.show_key(key)
    field.chosen.emit(key)
    walk.wait()


def test_a_result_is_registered_with_its_file_and_withdrawn_with_a_reason(walk, tmp_path):
    partner = walk.register()
    report = tmp_path / "micro assessment.pdf"
    report.write_bytes(b"%PDF-1.7 invented")
    walk.go(Place("partner", partner=partner))
    walk.press("partner.outside")
    walk.press("outside.save")
    assert "Choose what kind of result it is." in walk.said()
    choose(walk, "outside.kind", "hact_micro_assessment")
    choose(walk, "outside.rating", "significant")
    walk.type("outside.owner", "Agency (invented)")
    walk.type("outside.dated", "2025-05-01")
    walk.type("outside.until", "2025-12-31")
    choose(walk, "outside.consent", "given")
    walk.type("outside.file", str(report))
    walk.press("outside.save")
    (card,) = walk.do(lambda: partners.partner_page(partner_id=partner)).outside
    assert (card.result.rating, card.file_name) == ("significant", "micro assessment.pdf")
    assert walk.do(lambda: outside.result_bytes(result_id=card.id)) == report.read_bytes()
    assert "HACT micro assessment: Significant risk" in walk.said()
    walk.press(f"outside.withdraw.{card.id}")
    walk.type(f"outside.withdraw.{card.id}.why", "Sent by mistake")
    walk.press(f"outside.withdraw.{card.id}.why.take")
    assert "Withdrawn because: Sent by mistake" in walk.said()
