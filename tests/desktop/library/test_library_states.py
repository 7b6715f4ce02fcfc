"""What the library says of each template, in words that hold."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest

from desktop.language import language
from desktop.library.paper import Paper
from desktop.library.preview import write_section
from desktop.library.rules import write_rules
from desktop.library.shown import Shown, write_view
from desktop.library.state import LEFT_OUT, acts_of, library_lines, page_state, version_rows
from desktop.library.trial_words import write_trial
from desktop.operations.templates import LibraryEntry, TemplatePage, Version, bundled
from forms.heads import head_of
from forms.scopes import asked_in
from forms.template import Template
from forms.trial import try_out
from models.identity import PersonCard
from models.template_acts import Done

EN, SV = language("en"), language("sv")
INK = {"text": "#111111", "muted": "#555555", "accent": "#0000ff", "border": "#cccccc", "high": "#aa0000"}
PROJECT = bundled().newest("partner-project")
ADA = Done(uuid4(), "Ada Lindqvist", datetime(2026, 3, 2, 9, 0), "§ 4")  # noqa: DTZ001


def person(*roles: str) -> PersonCard:
    return PersonCard(uuid4(), "Rut", "", frozenset(roles), "", True)


def entry(*versions: Version, on: bool = True, switched: Done | None = None) -> LibraryEntry:
    return LibraryEntry(PROJECT.id, versions, on, switched)


def page(one: LibraryEntry, version: Version | None = None) -> TemplatePage:
    return TemplatePage(one, version or one.newest, PROJECT)


HEAD = head_of(PROJECT)
BUNDLED = Version(HEAD, "bundled")
OWN = Version(HEAD, "own", imported=ADA, file="ours.xlsx")


def test_a_bundled_template_is_in_use_as_it_comes_and_says_that_nobody_here_has_approved_it() -> None:
    (line,) = library_lines((entry(BUNDLED),), EN)
    assert (line.standing.tone, line.standing.word, line.is_own) == ("low", "In use", False)
    assert "Comes with Gedigen; nobody here has approved it" in line.facts
    assert f"version {PROJECT.version}" in line.facts[0]
    assert "Swedish" in line.facts[0]


def test_an_own_template_waits_for_approval_and_says_who_took_it_in() -> None:
    (line,) = library_lines((entry(OWN),), EN)
    assert (line.standing.tone, line.standing.word, line.is_own) == ("moderate", "Waits for approval", True)
    assert "Taken in from ours.xlsx by Ada Lindqvist, 2 Mar 2026" in line.facts
    assert "Not approved here yet" in line.facts


def test_an_approval_is_said_with_name_day_and_where_it_was_decided() -> None:
    approved = Version(HEAD, "own", approved=ADA, imported=ADA, file="ours.xlsx", used=3)
    said = page_state(page(entry(approved)), SV).facts
    assert any("Ada Lindqvist, 2026-03-02: § 4" in fact for fact in said)
    assert page_state(page(entry(approved)), EN).facts[-1] == "Used in 3 assessments"


def test_what_is_switched_off_says_so_wherever_it_stands() -> None:
    off = entry(BUNDLED, on=False, switched=ADA)
    assert library_lines((off,), EN)[0].standing.word == "Switched off"
    assert "Switched off by Ada Lindqvist, 2 Mar 2026" in page_state(page(off), EN).facts


@pytest.mark.parametrize(
    ("me", "acts"),
    [
        (None, set()),
        (person("caseworker", "reviewer"), set()),
        (person("administrator"), {"approve", "switch_off"}),
        (person("manager"), {"approve", "switch_off"}),
    ],
)
def test_only_an_administrator_or_manager_may_approve_and_switch(me: PersonCard | None, acts: set[str]) -> None:
    assert acts_of(page(entry(BUNDLED)), me) == acts


def test_what_is_approved_is_not_approved_again_and_what_is_off_can_be_switched_on() -> None:
    approved = Version(HEAD, "bundled", approved=ADA)
    assert acts_of(page(entry(approved, on=False)), person("manager")) == {"switch_on"}


def test_versions_are_listed_with_where_each_stands() -> None:
    newer = Version(head_of(PROJECT), "own", imported=ADA, file="ours.xlsx")
    rows = version_rows(entry(newer, BUNDLED), EN)
    assert [(row[1], row[4]) for row in rows] == [("ours.xlsx", "Waits for approval"), ("comes with Gedigen", "In use")]


def test_what_is_left_out_is_named_with_the_reason() -> None:
    said = " ".join(LEFT_OUT)
    assert "NUPAS" in said
    assert "eight" in said
    assert said.count("could not be verified from a primary source") == 2
    assert "2016" in said


# -- what is written of a template


def paper() -> Paper:
    return Paper(ink=INK, px=10)


def plain(written: Paper) -> str:
    import html
    import re

    return html.unescape(re.sub(r"<[^>]+>", "\n", written.html()))


@pytest.mark.parametrize("template", bundled().templates(), ids=lambda one: one.id)
def test_every_question_answer_and_condition_of_every_template_can_be_shown(template: Template) -> None:
    for code in template.languages:
        for scope in template.scopes:
            for section, questions in asked_in(template, scope):
                written = paper()
                write_section(written, template, section=section.id, scope=scope, code=code, language=EN)
                said = plain(written)
                for question in questions:
                    assert question.text[code] in said
                    assert question.id in said
                    assert all(level.text[code] in said for level in question.levels)
                assert said.count("Asked only if") == sum(question.asked_if is not None for question in questions)


@pytest.mark.parametrize("template", bundled().templates(), ids=lambda one: one.id)
def test_every_stop_band_and_rule_of_every_template_can_be_shown(template: Template) -> None:
    written = paper()
    write_rules(written, template, code=template.languages[0], language=EN)
    said, code = plain(written), template.languages[0]
    assert all(stop.text[code] in said for stop in template.stops)
    assert all(f"Band table “{name}”" in said for name in template.bands)
    assert all(rule.text[code] in said for rule in template.recommendation)
    assert template.hash in said


def test_a_trial_says_that_nothing_is_kept_and_shows_bands_and_edges() -> None:
    written = paper()
    write_trial(written, PROJECT, try_out(PROJECT, scope="light", random_runs=10), code="en", language=EN)
    said = plain(written)
    assert "Nothing is kept" in said
    assert "Times out of 10" in said
    assert "Edges of the bands" in said
    assert said.index("0.0  Weak") < said.index("100.0  Strong")


def test_what_a_page_shows_stays_where_it_was_when_the_template_changes() -> None:
    shown = Shown.of_page(page(entry(BUNDLED)), None, "en")
    assert (shown.scope, shown.code, shown.section) == ("light", "en", PROJECT.sections[0].id)
    later = shown.turned(scope="full", code="sv").stepped(1)
    assert later.section != shown.section
    assert later.stepped(-1).section == shown.section
    assert shown.stepped(-1) == shown
    again = Shown.of_page(page(entry(BUNDLED)), later, "en")
    assert (again.scope, again.code, again.section) == ("full", "sv", later.section)


def test_a_file_says_that_it_is_not_kept_yet_and_offers_to_take_it_in() -> None:
    shown = Shown.of_file(PROJECT, None, "nb")
    assert shown.code == "sv"
    assert shown.acts(person("administrator")) == {"again", "take_in"}
    assert shown.acts(person("caseworker")) == {"again"}
    written = paper()
    write_view(written, shown, "form", trial=None, language=EN)
    assert "only a file yet" in plain(written)


def test_what_a_template_says_is_never_taken_for_markup() -> None:
    written = paper()
    written.say("<b>1 < 2</b>")
    written.table(["<i>"], [["a\nb"]])
    assert "<b>1" not in written.html()
    assert "&lt;b&gt;1 &lt; 2" in written.html()
    assert "a<br>b" in written.html()
