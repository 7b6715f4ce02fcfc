"""What every bundled template keeps to, whoever wrote it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from forms.kinds import answers_of
from forms.reading import read_template
from forms.template import Question, Template

FILES = sorted((Path(__file__).parents[2] / "resources" / "templates").glob("*.yaml"))
TEMPLATES = {path.stem: read_template(path) for path in FILES}
#: Level texts that say how good instead of what one would see.
FILLER = re.compile(
    r"^(none|weak|some|good|excellent|poor|fair|adequate|ingen|svag|viss|god|utmärkt|bra|dålig|noen|svak|godt)\.?$", re.IGNORECASE
)


def texts(value: object) -> Iterator[dict[str, str]]:
    """Go through every text of a template, whatever it hangs on."""
    if isinstance(value, dict):
        if value and all(isinstance(key, str) and len(key) == 2 for key in value) and all(isinstance(text, str) for text in value.values()):
            yield value
        else:
            for part in value.values():
                yield from texts(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from texts(part)


def levelled(template: Template) -> list[Question]:
    return [question for _, question in template.questions() if question.levels]


@pytest.mark.parametrize("name", TEMPLATES)
def test_file_is_named_as_its_template_and_says_whom_it_follows_and_how_long_it_takes(name: str) -> None:
    template = TEMPLATES[name]
    assert template.id == name
    assert set(template.time) == set(template.scopes)
    assert all(minutes > 0 for minutes in template.time.values())


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_text_is_missing_in_any_language_and_none_is_left_untranslated(name: str) -> None:
    template = TEMPLATES[name]
    found = list(texts(msgspec.to_builtins(template)))
    assert len(found) > 50
    assert {frozenset(text) for text in found} == {frozenset(template.languages)}
    long = [text for text in found if len(text["en"]) > 40]
    assert [text for text in long if len(set(text.values())) < len(text)] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_levels_say_what_one_would_see(name: str) -> None:
    for question in levelled(TEMPLATES[name]):
        for language in TEMPLATES[name].languages:
            said = [level.text[language] for level in question.levels]
            assert len(set(said)) == len(said), question.id
            assert not [words for words in said if FILLER.match(words)], question.id


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_scored_question_can_be_answered_from_evidence_or_says_where_to_look(name: str) -> None:
    for section, question in TEMPLATES[name].questions():
        assert all(question.guidance.values()), question.id
        if question.levels and section.bands:
            assert question.evidence is not None, question.id


@pytest.mark.parametrize("name", TEMPLATES)
def test_texts_are_typeset(name: str) -> None:
    template = TEMPLATES[name]
    wrong = [
        text
        for text in texts(msgspec.to_builtins(template))
        if any("'" in words or " - " in words or "  " in words for words in text.values())
    ]
    assert wrong == []


def test_question_ids_are_unique_over_the_library() -> None:
    counts = Counter(question.id for template in TEMPLATES.values() for _, question in template.questions())
    assert [question for question, count in counts.items() if count > 1] == []


def test_links_between_templates_lead_to_questions_that_exist_and_to_answers_that_they_have() -> None:
    known = {question.id: question for template in TEMPLATES.values() for _, question in template.questions()}
    for template in TEMPLATES.values():
        for _, question in template.questions():
            for link in question.same_as:
                other = known[link.question]
                theirs, ours = answers_of(other), answers_of(question)
                assert theirs is not None, (question.id, link.question)
                assert ours is not None, (question.id, link.question)
                if link.answers:
                    assert set(link.answers) <= set(theirs), (question.id, link.question)
                    assert set(link.answers.values()) <= set(ours), (question.id, link.question)
                else:
                    assert set(theirs) <= set(ours), (question.id, link.question)
