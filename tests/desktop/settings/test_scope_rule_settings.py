"""The organisation's numbers for scope: read from what is typed, and set in the window by those who may."""

from __future__ import annotations

import pytest

from desktop.language import language
from desktop.operations import rules
from desktop.settings.scope_rule_state import TypedThreshold, read_rule, rule_words, typed_rule
from desktop.shell.place import Place
from forms.scope_rule import BUNDLED, ScopeRule, Threshold
from models import identity
from models.organisation_rule import KeptRule
from tests.desktop.walking import begin

EN, SV = language("en"), language("sv")


@pytest.fixture
def walk(desk, settled, qtbot, tmp_path):
    return begin(desk, settled, qtbot, tmp_path)


@pytest.mark.parametrize("tongue", [EN, SV])
def test_what_stands_in_the_form_is_read_back_as_the_same_rule(tongue):
    assert read_rule(typed_rule(BUNDLED, tongue), str(BUNDLED.years), tongue) == BUNDLED


def test_amounts_are_whole_units_with_any_usual_grouping_and_empty_rows_are_none():
    rows = (TypedThreshold("jpy", "1 000", "9,000"), TypedThreshold(), TypedThreshold("TND", "10", "20"))
    assert read_rule(rows, " 3 ", EN) == ScopeRule((Threshold("JPY", 1000, 9000), Threshold("TND", 10, 20)), 3)


@pytest.mark.parametrize("row", [TypedThreshold("SEK", "", "1"), TypedThreshold("SEK", "10,5", "20"), TypedThreshold("SEK", "ten", "20")])
def test_what_is_no_whole_number_is_said(row):
    assert "SEK" in read_rule((row,), "5", EN)
    assert "whole number" in read_rule((), "five", EN)


def test_the_rule_says_whose_numbers_they_are():
    assert "come with the program" in rule_words(KeptRule(), EN).whose
    assert rule_words(KeptRule(), EN).amounts[0].light.replace("\N{NO-BREAK SPACE}", " ") == "light up to SEK 200,000"


def test_an_administrator_sets_them_and_what_cannot_be_is_said_in_place(walk):
    walk.go(Place("settings"))
    walk.press("settings.scope_rule")
    walk.type("scope_rule.light.0", "9 000 000")
    walk.press("scope_rule.save")
    assert any("must be at least the one for light" in words for words in walk.said())
    assert walk.do(rules.scope_rule).at is None
    walk.type("scope_rule.light.0", "150 000")
    walk.type("scope_rule.years", "4")
    walk.press("scope_rule.save")
    kept = walk.do(rules.scope_rule)
    assert (kept.rule.thresholds[0], kept.rule.years) == (Threshold("SEK", 150_000, 1_000_000), 4)
    assert any("Set by Ada" in words for words in walk.said())


def test_others_only_read_them(walk):
    ruth = next(one for one in walk.do(identity.people) if one.name == "Ruth")
    walk.window.desk.become(ruth, walk.ruth)
    walk.go(Place("settings"))
    assert not [one for one in walk.said() if one == "Change the numbers"]
    with pytest.raises(AssertionError):
        walk.find("settings.scope_rule")
