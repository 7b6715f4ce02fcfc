"""The templates in a folder, texts in a language, and money in whole units."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from forms.errors import TemplateError
from forms.library import Library
from forms.money import is_currency, minor_digits, whole_units
from forms.text import Said, in_language
from tests.forms.building import BUNDLED, THREE, scored, three


def place(folder: Path, *versions: str) -> Path:
    for version in versions:
        text = THREE.read_text(encoding="utf-8").replace('version: "1"', f'version: "{version}"')
        (folder / f"{version}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_newest_version_is_by_number_not_by_letter(tmp_path: Path) -> None:
    library = Library(place(tmp_path, "9", "10", "9.10", "9.9"))
    assert library.newest("three-questions").version == "10"
    assert [template.version for template in library.templates()] == ["9", "9.9", "9.10", "10"]


def test_a_template_that_is_not_there_is_a_key_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Library(tmp_path).newest("three-questions")


def test_one_version_stands_in_one_file(tmp_path: Path) -> None:
    place(tmp_path, "1")
    (tmp_path / "copy.yaml").write_bytes(THREE.read_bytes())
    with pytest.raises(TemplateError, match=r"copy\.yaml: version 1 of “three-questions” is already there"):
        Library(tmp_path)


def test_a_folder_with_a_template_that_cannot_be_used_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("format: 7", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"bad\.yaml: format:"):
        Library(place(tmp_path, "1"))


def test_the_bundled_templates_can_all_be_used() -> None:
    assert "partner-project" in {template.id for template in Library(BUNDLED).templates()}


def test_questions_and_sections_are_found_by_id(tmp_path: Path) -> None:
    template = Library(place(tmp_path, "1")).newest("three-questions")
    assert template.question("governance.plan").kind == "yes_partly_no"
    assert template.section_of("governance.plan").id == "governance"
    for find in (template.question, template.section_of):
        with pytest.raises(KeyError):
            find("nowhere")


def test_a_result_is_looked_up_by_id() -> None:
    result = scored(three(), {})
    assert result.section("governance").asked == 3
    assert result.line("nowhere") is None
    assert result.subject("project") is None
    with pytest.raises(KeyError):
        result.section("nowhere")


def test_a_text_is_given_in_the_language_or_in_english_or_as_there_is() -> None:
    assert in_language({"sv": "hej", "en": "hello"}, "sv") == "hej"
    assert in_language({"sv": "hej", "en": "hello"}, "fr") == "hello"
    assert in_language({"sv": "hej"}, "fr") == "hej"
    assert in_language({}, "fr") == ""


def test_a_message_carries_its_parameters_and_may_hold_another() -> None:
    assert str(Said("{file}: {what}", {"file": "a", "what": Said("line {line}", {"line": 3})})) == "a: line 3"


@pytest.mark.parametrize(
    ("currency", "digits", "units"), [("SEK", 2, Fraction(251, 2)), ("XOF", 0, Fraction(12550)), ("TND", 3, Fraction(251, 20))]
)
def test_money_in_minor_units_is_whole_units_exactly(currency: str, digits: int, units: Fraction) -> None:
    assert minor_digits(currency) == digits
    assert whole_units(12550, currency) == units


@pytest.mark.parametrize(("code", "right"), [("SEK", True), ("sek", False), ("SE", False), ("SE1", False), ("ÅÄÖ", False)])
def test_a_currency_code_is_three_capital_letters(code: str, right: bool) -> None:
    assert is_currency(code) == right
