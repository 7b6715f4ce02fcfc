"""Answers of an invented partner to any template, so that every kind of question and comment occurs."""

from __future__ import annotations

from datetime import date

from forms.answers import Answer, AnswerKey, AnswerSet
from forms.asked_if import Lookup
from forms.result import Case
from forms.scoring import is_asked, lookup_in
from forms.tables import row_limits
from forms.template import Question, Template
from forms.values import Value

COMMENTS = (
    "Protokoll från fyra möten lästa; besluten går att följa till nästa möte. Två ledamöter närvarade på distans.",
    "Policyn är antagen 2024 och känd av de fyra i personalen vi talade med. Den har inte prövats i något skarpt ärende.",
    "Vi följde tio verifikat från bokföring till kvitto. Ett saknade attest och kompletterades medan vi var där.",
    "",
    "Kassören berättar att rutinen följs, men den är inte skriven. Ny rutin väntas till hösten.",
    "Partnern visade pärmen på plats och förklarade avvikelsen i mars.",
    "",
)


#: What stands in a cell of each kind; amounts fall a little from row to row.
_CELLS: dict[str, int | str] = {
    "short_text": "Vattenfonden (påhittad)",
    "integer": 14,
    "percent": 62,
    "date": "2025-11-30",
    "country": "KE",
    "year": 2025,
}


def _table(question: Question) -> Value:
    least, most = row_limits(question)
    rows = []
    for place in range(max(least, min(2, most))):
        amounts = iter(f"{(96 - 7 * place) * 10**7 // divisor} SEK" for divisor in (1, 2, 3, 4, 5, 6, 7, 8, 9))
        rows.append(
            tuple(
                next(amounts) if one.kind == "money" else one.options[0].id if one.options else _CELLS[one.kind] for one in question.columns
            )
        )
    return tuple(rows)


def _value(question: Question, place: int, lift: int) -> Value:
    match question.kind:
        case "level":
            keys = sorted(level.key for level in question.levels)
            wanted = (3, 2, 3, 4, 2, 3, 1, 3)[place % 8] + lift
            if question.key and wanted < 2:
                wanted = 2 + lift
            return min(max(wanted, keys[0]), keys[-1])
        case "yes_partly_no":
            return ("yes", "partly", "yes")[place % 3]
        case "choice":
            return question.options[min(place % 2, len(question.options) - 1)].id
        case "choices":
            return tuple(option.id for option in question.options[:2])
        case "country":
            return "KE"
        case "organisation_number":
            return "KE-NCB OP.218/051/2003"
        case "document":
            return ("Registreringsbevis", "2024-05-12", "2027-05-11")
        case "table":
            return _table(question)
        case "integer":
            return max(question.minimum or 0, 14)
        case "percent":
            return 62
        case "money":
            return "48000000 SEK"
        case "date":
            return "2025-11-30"
        case "short_text":
            return "Nätverket för vattenkooperativ, sedan 2019"
        case _:
            return "Vi har lovat svar inom tre veckor och höll det i två fall av tre. Partnern ger samarbetet betyget gott."


def all_answers(form: Template, *, lift: int, case: Case, overrides: dict[str, Answer]) -> AnswerSet:
    """Give an answer to every question that is asked; ``lift`` moves the levels up or down."""
    answers = AnswerSet()
    for place, (_, question) in enumerate(form.questions()):
        lookup: Lookup = lookup_in(form, answers, case)
        if not is_asked(question, lookup, case):
            continue
        known = ("seen", "verified", "said", "seen", "verified", "seen")[place % 6]
        answer = Answer(
            state="answered", value=_value(question, place, lift), known=known, comment=COMMENTS[(place + lift) % len(COMMENTS)]
        )
        answers = answers.with_answer(AnswerKey(form.id, question.id), overrides.get(question.id, answer))
    return answers


def stop_answers(form: Template) -> dict[str, Answer]:
    """Answer so that the first never-waivable and the first board-waivable criterion that a single answer can meet are met."""
    found: dict[str, Answer] = {}
    for waivable in ("never", "board"):
        for stop in form.stops:
            when = stop.when.any_[0] if stop.when.any_ else stop.when
            if stop.waivable != waivable or when.question is None or (when.at_most is None and not when.is_):
                continue
            question = form.question(when.question)
            value: Value = when.is_[0] if when.is_ else sorted(level.key for level in question.levels)[0] if question.levels else "no"
            found[question.id] = Answer(
                "answered", value, "verified", comment="Bekräftat vid platsbesöket och av två av varandra oberoende källor."
            )
            break
    return found


def case_on(as_of: date, *, scope: str) -> Case:
    """Give the case of an invented project on a day."""
    return Case(
        as_of=as_of,
        scope=scope,
        amount_minor=185000000,
        currency="SEK",
    )
