"""Conditions of a template said in words: when a question is asked, when a stop criterion is met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from desktop.language import Language
from desktop.words import ANSWER_STATES, COLLABORATIONS, KINDS, YES_PARTLY_NO, word
from forms.kinds import answers_of, points_of
from forms.template import Condition, Question, Template
from forms.text import N_, in_language

_FACTS = {
    "kind": N_("the assessment is: {values}"),
    "collaboration": N_("the form of collaboration is: {values}"),
    "first_time": N_("it is the partner’s first assessment here: {values}"),
    "fragile": N_("the context is fragile: {values}"),
    "not_applicable_approved": N_("the reviewer has accepted the share of “not applicable”: {values}"),
}
_VALUES = {**KINDS, **COLLABORATIONS, **YES_PARTLY_NO}
_STATES = {"open": N_("Not answered"), **ANSWER_STATES}
#: From so many answers on, levels are said as "2 or lower" instead of one by one.
_MANY = 2


class ConditionWords:
    """Words conditions of one template in one language.

    ``name`` says how a question is called (“question 12”); a template's own texts are taken in ``code``, which the program's language
    need not be.
    """

    def __init__(self, template: Template, language: Language, *, name: Callable[[str], str], code: str = "") -> None:
        self._questions: Mapping[str, Question] = {question.id: question for _, question in template.questions()}
        self._language, self._name, self._code = language, name, code or language.code

    def say(self, condition: Condition) -> str:
        """Say when a condition holds, as the rest of a sentence that begins with “if”."""
        return self._say(condition, within=False)

    def _say(self, condition: Condition, *, within: bool) -> str:
        text = self._language.text
        if condition.all_ is not None:
            return self._joined(condition.all_, N_("{one} and {other}"), within=within)
        if condition.any_ is not None:
            return self._joined(condition.any_, N_("{one} or {other}"), within=within)
        if condition.not_ is not None:
            return text(N_("it is not so that {condition}"), condition=self._say(condition.not_, within=True))
        if condition.fact is not None:
            values = self._either([word(_VALUES, value, self._language).lower() for value in condition.is_ or []])
            return text(_FACTS.get(condition.fact, N_("{fact} is: {values}")), fact=condition.fact, values=values)
        return self._about(condition, self._questions[condition.question or ""])

    def _joined(self, parts: list[Condition], message: str, *, within: bool) -> str:
        said = self._say(parts[0], within=True)
        for part in parts[1:]:
            said = self._language.text(message, one=said, other=self._say(part, within=True))
        return f"({said})" if within and len(parts) > 1 else said

    def _about(self, condition: Condition, question: Question) -> str:
        text, name = self._language.text, self._name(question.id)
        if condition.state is not None:
            states = self._either([word(_STATES, state, self._language).lower() for state in condition.state])
            return text(N_("{question} stands as: {states}"), question=name, states=states)
        if condition.is_ is not None:
            return text(N_("the answer to {question} is {answers}"), question=name, answers=self._answers(question, condition.is_))
        low, high = condition.at_least, condition.at_most
        worth = points_of(question)
        if worth is None or (question.kind == "choices"):
            return self._number(question, name, low, high)
        fitting = [one for one in answers_of(question) or [] if (low is None or worth[one] >= low) and (high is None or worth[one] <= high)]
        if question.kind == "level" and len(fitting) > _MANY and (low is None) != (high is None):
            if low is None:
                return text(N_("the answer to {question} is level {level} or lower"), question=name, level=fitting[-1])
            return text(N_("the answer to {question} is level {level} or higher"), question=name, level=fitting[0])
        return text(N_("the answer to {question} is {answers}"), question=name, answers=self._answers(question, fitting))

    def _number(self, question: Question, name: str, low: int | None, high: int | None) -> str:
        text = self._language.text
        unit = 100 if question.kind == "money" else 1
        least, most = (None if limit is None else self._language.number(Fraction(limit, unit)) for limit in (low, high))
        if question.kind == "choices":
            least, most = (None if limit is None else text(N_("{n} points"), n=limit) for limit in (low, high))
        if least is not None and most is not None:
            return text(N_("the answer to {question} is from {least} to {most}"), question=name, least=least, most=most)
        if least is not None:
            return text(N_("the answer to {question} is at least {least}"), question=name, least=least)
        return text(N_("the answer to {question} is at most {most}"), question=name, most=most)

    def _answers(self, question: Question, answers: list[str]) -> str:
        if question.kind == "level":
            return self._either([self._language.text(N_("level {level}"), level=one) for one in answers])
        return self._either([self._language.quoted(self._answer(question, one)) for one in answers])

    def _answer(self, question: Question, answer: str) -> str:
        if question.kind == "yes_partly_no":
            return word(YES_PARTLY_NO, answer, self._language)
        if question.kind == "country":
            return self._language.country(answer)
        return next((in_language(option.text, self._code) for option in question.options if option.id == answer), answer)

    def _either(self, words: list[str]) -> str:
        said = words[0] if words else ""
        for one in words[1:]:
            said = self._language.text(N_("{one} or {other}"), one=said, other=one)
        return said
