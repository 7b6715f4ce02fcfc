"""A value is worded alike wherever it stands, and as the reader's language writes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.language import language
from desktop.value_words import answer_words, row_title, sum_words
from forms.answers import Answer
from forms.question import Question
from forms.tables import Sum
from tests.forms.building import wide

WIDE = wide()
EN, SV = language("en"), language("sv")


def said(question: str, value: Any, spoken: Any = EN, **more: Any) -> str:
    return answer_words(WIDE.question(question), Answer("answered", value), spoken, **more).replace("\N{NO-BREAK SPACE}", " ")


def test_each_kind_has_its_words() -> None:
    assert said("area.one", 2) == "2 · Text"
    assert said("area.one", 2, brief=True) == "2"
    assert said("facts.several", ("x", "z")) == "Text; Text"
    assert said("facts.country", "CD") == "Congo - Kinshasa"
    assert said("facts.country", "CD", SV) == "Kongo-Kinshasa"
    assert said("facts.number", "SE-ON 556091-2148") == "SE-ON 556091-2148"


@pytest.mark.parametrize(
    ("expires", "as_of", "words"),
    [
        ("", date(2099, 1, 1), "does not expire"),
        ("2026-03-01", None, "holds through 1 Mar 2026"),
        ("2026-03-01", date(2026, 3, 1), "holds through 1 Mar 2026"),
        ("2026-03-01", date(2026, 3, 2), "expired 1 Mar 2026"),
    ],
)
def test_a_document_says_until_when_it_holds(expires: str, as_of: date | None, words: str) -> None:
    assert said("facts.paper", ("Licence", "2024-01-31", expires), as_of=as_of) == f"Licence, dated 31 Jan 2024, {words}"


def test_a_table_is_said_row_by_row_or_by_how_many_there_are() -> None:
    rows = (("100000 SEK", "90000 SEK", 4, "Clean"), (None, None, None, None))
    assert said("facts.figures", rows) == "Text: income SEK 1,000.00, cost SEK 900.00, staff 4, opinion Clean; Text: –"
    assert said("facts.figures", rows, brief=True) == "2 rows"
    one = (("Fund A", 40, 2019, "2027-06-30", "grant", "SE", "100 SEK", 1250),)
    assert said("facts.funders", one) == (
        "1: name Fund A, share 40%, since 2019, until 30 Jun 2027, form Text, seat Sweden, amount SEK 1.00, people 1,250"
    )
    assert said("facts.funders", one, brief=True) == "1 row"


def test_a_row_is_told_by_the_name_or_year_that_stands_first_in_it() -> None:
    figures, funders = WIDE.question("facts.figures"), WIDE.question("facts.funders")
    rows = (("Fund A", 40, 2019, None, None, None, None, None), (None, 40, None, None, None, None, None, None))
    assert [row_title(funders, rows, place, EN) for place in (0, 1)] == ["Fund A", "2"]
    assert row_title(figures, (("1 SEK", None, None, None),) * 2, 1, EN) == "Text"


def test_a_state_that_is_no_answer_is_said_by_its_name() -> None:
    assert answer_words(WIDE.question("facts.paper"), Answer("dont_know"), EN) == "Don’t know yet"


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (Sum("a", 1250, "", 0, ""), "1,250"),
        (Sum("a", 125000, "SEK", 1, ""), "SEK 1,250.00"),
        (Sum("a", None, "", 2, "empty"), "–"),
        (Sum("a", None, "", 0, "currencies"), "several currencies"),
    ],
)
def test_a_sum_that_there_is_not_says_why(total: Sum, words: str) -> None:
    assert sum_words(total, EN).replace("\N{NO-BREAK SPACE}", " ") == words


def test_yes_and_no_are_in_the_language_of_the_reader() -> None:
    question = Question(id="q", kind="yes_partly_no", text={"en": "Q"}, guidance={"en": "G"})
    assert [answer_words(question, Answer("answered", "partly"), spoken) for spoken in (EN, SV)] == ["Partly", "Delvis"]
