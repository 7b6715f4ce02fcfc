"""Who answers what: the template names the role, the start names the person, and each finds the own questions."""

from __future__ import annotations

import dataclasses

import msgspec

from desktop.assessment.answerers import answerer, answerer_words
from desktop.assessment.outline_state import outline
from desktop.language import language
from models.cards import Assigned
from tests.desktop.reports.sample_file import ident, sample_file, three_questions

EN = language("en")
PER = ident("Per Ek")


def small(*, assigned=(), role="controller"):
    file = sample_file(three_questions(), sealed=False)
    section = file.template.sections[0]
    questions = [msgspec.structs.replace(one, answered_by=role if at == 1 else None) for at, one in enumerate(section.questions)]
    template = msgspec.structs.replace(file.template, sections=[msgspec.structs.replace(section, questions=questions)])
    card = dataclasses.replace(file.card, draft=dataclasses.replace(file.card.draft, assigned=assigned))
    return dataclasses.replace(file, template=template, card=card, people={PER: "Per Ek"})


def question(file, at):
    return file.template.sections[0].questions[at]


def test_whoever_was_chosen_answers_and_else_the_caseworker():
    file = small(assigned=(Assigned("controller", PER),))
    assert [answerer(file, question(file, at)) for at in range(3)] == [file.card.caseworker, PER, file.card.caseworker]
    assert answerer(small(), question(small(), 1)) == file.card.caseworker


def test_the_question_says_who_answers_it():
    assert answerer_words(small(), question(small(), 1), EN) == "The controller answers this"
    file = small(assigned=(Assigned("office", PER),), role="office")
    assert answerer_words(file, question(file, 1), EN) == "Per Ek answers this, for the country office"
    assert answerer_words(file, question(file, 0), EN) == ""


def test_each_goes_through_the_own_questions_where_others_answer_a_part():
    file = small(assigned=(Assigned("controller", PER),))
    shown = outline(file=file, focused=question(file, 0).id, filter_by="mine", language=EN, person=PER)
    assert shown.order == (question(file, 1).id,)
    assert [(one.id, one.count) for one in shown.filters if one.id == "mine"] == [("mine", 1)]


def test_where_one_answers_all_there_is_no_such_filter():
    shown = outline(file=small(), focused=question(small(), 0).id, filter_by="all", language=EN, person=PER)
    assert "mine" not in [one.id for one in shown.filters]
