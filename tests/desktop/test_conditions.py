"""Conditions are said in words that mean what they do."""

from __future__ import annotations

import msgspec
import pytest

from desktop.conditions import ConditionWords
from desktop.language import language
from forms.question import Condition
from forms.reading import read_template
from resources import path

TEMPLATE = read_template(path("templates", "partner-project.yaml"))
LEVEL = next(question.id for _, question in TEMPLATE.questions() if question.kind == "level")
CHOICE = next(question for _, question in TEMPLATE.questions() if question.kind == "choice")


def said(condition: object, code: str = "en") -> str:
    words = ConditionWords(TEMPLATE, language(code), name=lambda _: "question 7", code="en")
    return words.say(msgspec.convert(condition, Condition))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"question": LEVEL, "at_most": 0}, "the answer to question 7 is level 0"),
        ({"question": LEVEL, "at_most": 1}, "the answer to question 7 is level 0 or level 1"),
        ({"question": LEVEL, "at_most": 2}, "the answer to question 7 is level 2 or lower"),
        ({"question": LEVEL, "at_least": 2}, "the answer to question 7 is level 2 or higher"),
        ({"question": LEVEL, "state": ["not_established"]}, "question 7 stands as: could not be established"),
        ({"question": CHOICE.id, "is": [CHOICE.options[0].id]}, f"the answer to question 7 is “{CHOICE.options[0].text['en']}”"),
        ({"fact": "kind", "is": ["renewal"]}, "the assessment is: renewal"),
        ({"not": {"question": LEVEL, "at_most": 0}}, "it is not so that the answer to question 7 is level 0"),
        (
            {"all": [{"question": LEVEL, "at_most": 0}, {"any": [{"question": LEVEL, "at_most": 0}, {"question": LEVEL, "at_least": 4}]}]},
            "the answer to question 7 is level 0 and (the answer to question 7 is level 0 or the answer to question 7 is level 4)",
        ),
    ],
)
def test_a_condition_is_said_as_the_rest_of_a_sentence(condition: object, words: str) -> None:
    assert said(condition) == words


def test_every_condition_of_the_bundled_templates_can_be_said() -> None:
    for file in sorted(path("templates").glob("*.yaml")):
        template = read_template(file)
        words = ConditionWords(template, language("en"), name=lambda id_: id_, code=template.languages[0])
        conditions = [question.asked_if for _, question in template.questions() if question.asked_if is not None]
        conditions += [one.when for one in (*template.stops, *template.contradictions, *template.risks)]
        assert all(words.say(condition) for condition in conditions)
