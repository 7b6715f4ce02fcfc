"""The help says the same in every language, and what it says about numbers and keys is so."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest

from desktop.assessment.keys import ACTION_KEYS
from desktop.language import language
from forms.answers import Answer, AnswerKey, AnswerSet
from forms.reading import read_template
from forms.result import Case
from forms.scoring import score
from resources import path

TEMPLATE = read_template(path("templates", "partner-project.yaml"))
FINANCE = {
    "finance.turnover": "100000000 SEK",
    "finance.largest_donor.share": 40,
    "finance.payment.route": "own_account",
    "finance.further.partners": "none",
    "finance.audit.year_end": "2024-12-31",
    "finance.resilience": 2,
    "finance.account.control": 3,
    "finance.segregation": 3,
    "finance.trace": 2,
    "finance.audit.result": 3,
    "finance.audit.followup": 3,
}
OTHERS = {
    "identity.registration": "registered",
    "identity.legal": 4,
    "governance.board.meetings": 3,
    "governance.ties": 3,
    "integrity.screening.done": 4,
    "integrity.screening.outcome": "nothing",
    "integrity.documents.genuine": "confirmed",
    "integrity.irregularities.handling": 3,
    "integrity.leadership.suspicion": "none",
    "safeguarding.conduct": 3,
    "safeguarding.channel": 3,
    "safeguarding.allegation.handling": "none_known",
    "delivery.need": 4,
    "delivery.record": 3,
    "people.staff.number": 12,
    "people.staff.conditions": 3,
    "people.data": 3,
    "partnership.networks": "None.",
    "partnership.our_part": "Nothing.",
    "partnership.rates_us": "easy",
}
#: The languages that have help of their own; the others show the English one.
HELP = ("en", "sv")
NOT_ESTABLISHED = Answer("not_established", reason="No vouchers were shown.")
NOT_APPLICABLE = Answer("not_applicable", reason="Founded this year.")


def help_text(code, name):
    return path("help", code, name).read_text("utf-8")


def result(**changed):
    """Score the example; a question changed to ``None`` is left open."""
    given = FINANCE | OTHERS | {question.replace("__", "."): value for question, value in changed.items()}
    answers = {
        AnswerKey(TEMPLATE.id, question): value if isinstance(value, Answer) else Answer("answered", value=value, known="seen")
        for question, value in given.items()
        if value is not None
    }
    return score(TEMPLATE, AnswerSet(answers), Case(as_of=date(2026, 3, 2), scope="light"))


def finance(**changed):
    return next(one for one in result(**changed).sections if one.section == "finance").score


def test_there_are_the_same_texts_in_every_language():
    texts = {code: {file.name: help_text(code, file.name) for file in path("help", code).glob("*.md")} for code in HELP}
    shape = {
        code: {name: [re.match(r"#*", line)[0] for line in text.splitlines() if line.startswith(("#", "|"))] for name, text in of.items()}
        for code, of in texts.items()
    }
    assert shape["sv"] == shape["en"] != {}


def test_the_example_of_scoring_is_what_scoring_gives():
    assert (finance().percent, finance().band, finance().next_band.value) == (Fraction(135, 2), "adequate", Fraction(25, 2))
    assert [gap.question for gap in result().gaps] == ["finance.trace"]
    held = finance(finance__trace=1)
    assert (held.percent, held.band, held.band_uncapped) == (Fraction(125, 2), "limited", "adequate")
    lowest = finance(finance__trace=NOT_ESTABLISHED)
    assert (lowest.percent, lowest.band) == (Fraction(115, 2), "limited")
    assert finance(finance__trace=None).interval == (Fraction(115, 2), Fraction(155, 2))
    without = finance(finance__resilience=NOT_APPLICABLE)
    assert (without.percent, without.band) == (Fraction(2500, 36), "adequate")
    organisation = next(one.score for one in result().subjects if one.subject == "organisation")
    assert (organisation.percent, organisation.band, organisation.band_uncapped) == (Fraction(5765, 72), "adequate", "strong")
    assert organisation.held_by == ("finance", "safeguarding")


@pytest.mark.parametrize("code", HELP)
def test_the_help_on_scoring_prints_the_numbers_of_the_example(code):
    text, words = help_text(code, "scoring.md"), language(code)
    shown = {words.number(Fraction(value), 1) for value in ("67.5", "62.5", "57.5", "77.5", "12.5", "87.5")}
    shown |= {words.number(Fraction(2500, 36), 1), words.number(Fraction(5765, 72), 2), words.number(Fraction(275, 3), 1)}
    assert [figure for figure in shown if figure not in text] == []
    figures = {words.number(one.score.percent, 1) for one in result().sections if one.subject == "organisation" and one.score.percent}
    assert [figure for figure in figures if figure.removesuffix(".0").removesuffix(",0") not in text] == []


@pytest.mark.parametrize("code", HELP)
def test_the_help_on_the_keyboard_names_every_key_of_a_question(code):
    text = help_text(code, "keyboard.md")
    usual = {first for first, _ in ACTION_KEYS.values()}
    listed = {key for row in re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE) for key in re.split(r", | … ", row)}
    assert usual - listed == set()
    giving_way = {second for first, second in ACTION_KEYS.values() if second != first}
    assert {key for key in giving_way if f"**{key}**" not in text} == set()
