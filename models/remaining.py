"""What remains before an assessment can be submitted, sealed or signed. Pure: one file of the case in, obstacles out.

A stop criterion never blocks here: it goes to the board. What blocks is process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from forms.answers import AnswerKey
from forms.outside import standing
from forms.text import N_
from models.cards import AssessmentFile
from models.judging import areas, judged_of, needs_reason
from models.protection import Kind, named_places
from models.relying import relied_on
from models.reviewed import digest_of
from models.risks import risk_id

Stage = Literal["submit", "seal"]

#: Where a protected partner may be named → the room where that is put right, and what is said. Nothing here repeats the name.
_NAMED: Mapping[Kind, tuple[str, str]] = {
    "partner": ("partner_edit", N_("The legal form names the protected partner.")),
    "project": ("project_edit", N_("The project’s texts name the protected partner.")),
    "answer": ("assessment", N_("The answer, its comment or its reason names the protected partner")),
    "evidence": (
        "assessment",
        N_("A file name or note of the evidence names the protected partner: take it back and add it under another"),
    ),
    "outside": ("assessment", N_("Another body’s result names the protected partner: take it back and register it in other words")),
    "risk": ("result", N_("Risk {number} names the protected partner.")),
    "judged": ("result", N_("The reason for a judged rating names the protected partner.")),
    "recommendation": ("recommendation", N_("The recommendation or a condition names the protected partner.")),
    "tie": ("assessment", N_("A text about the ties of {name} names the protected partner.")),
    "review": ("review", N_("A comment in the review of {name} names the protected partner: take it back and have it reviewed again.")),
}


@dataclass(frozen=True)
class Obstacle:
    """One thing that remains: a sentence with its parameters, the room where it is done, and the question it is about."""

    id: str
    message: str
    room: str
    params: Mapping[str, object] = field(default_factory=dict)
    question: str = ""


def obstacles(file: AssessmentFile, *, stage: Stage) -> tuple[Obstacle, ...]:
    """List what remains before a stage, in the order one would do it; empty when it is ready."""
    found = [*_ties(file), *_answers(file), *_relied(file), *_result(file), *_recommendation(file)]
    if stage == "seal":
        found += _review(file)
    return (*found, *_named(file, stage))


def _named(file: AssessmentFile, stage: Stage) -> Iterator[Obstacle]:
    """Name the places where a text would tell who a protected partner is; a review is the last word, so it is looked at when sealing."""
    for place in named_places(file):
        room, message = _NAMED[place.kind]
        params: dict[str, object] = {"number": place.number} if place.number else {"name": place.person} if place.person else {}
        if place.kind != "review" or stage == "seal":
            yield Obstacle("named", message, room, params, place.question)


def _ties(file: AssessmentFile) -> Iterator[Obstacle]:
    declared = {tie.person for tie in file.ties}
    for person in involved(file):
        if person not in declared:
            yield Obstacle("tie", N_("{name} has not declared ties to the partner."), "assessment", {"name": file.people.get(person, "")})
    for tie in file.ties:
        if tie.has_tie and not tie.resolution:
            yield Obstacle(
                "tie_open",
                N_("{name} has declared a tie; another person must write down what was decided about it."),
                "assessment",
                {"name": tie.person_name},
            )


def involved(file: AssessmentFile) -> tuple[UUID, ...]:
    """Give everybody who must declare ties: the caseworker, everybody who has answered, everybody who has reviewed."""
    reviewers = [review.reviewer for review in file.reviews]
    return tuple(dict.fromkeys([file.card.caseworker, *file.answered_by, *reviewers]))


def _answers(file: AssessmentFile) -> Iterator[Obstacle]:
    for seen in file.each():
        yield from _answers_in(seen)


def _answers_in(file: AssessmentFile) -> Iterator[Obstacle]:
    for line in file.result.lines:
        if not line.is_open or line.optional:
            continue
        message = N_("Still “don’t know yet”") if line.state == "dont_know" else N_("Not answered")
        yield Obstacle("open", message, "assessment", {}, line.question)
    for line in file.result.lines:
        if AnswerKey(file.template.id, line.question) in file.origins:
            continue  # what it lacks is said where it is answered
        if line.state == "answered" and line.scored and line.known is None:
            yield Obstacle("known", N_("Say how this is known: said, document seen or verified"), "assessment", {}, line.question)
        if line.key and _stands_on_nothing(file, line.question):
            yield Obstacle(
                "confirmed",
                N_("Confirmed as last time, but its evidence was withdrawn: add evidence, or say in a sentence how you know"),
                "assessment",
                {},
                line.question,
            )
        if line.state == "not_established" and line.key and not _has_reason(file, line.question):
            yield Obstacle("reason", N_("Say why this could not be established"), "assessment", {}, line.question)


def _relied(file: AssessmentFile) -> Iterator[Obstacle]:
    """Name the answers that rely on another body's result which was withdrawn, does not hold then, or is no longer behind the answer."""
    behind = relied_on(file)
    for question in [card.question for card in file.answer_cards if card.source == "relied_on"]:
        card = behind.get(question)
        if card is None or standing(card.result, as_of=file.card.draft.as_of, withdrawn=card.is_withdrawn) != "usable":
            message = N_("Relies on another body’s result that no longer holds: answer it anew")
            yield Obstacle("relied", message, "assessment", {}, question)


def _stands_on_nothing(file: AssessmentFile, question: str) -> bool:
    """Say whether a key question was confirmed by evidence alone that is there no more."""
    card = next((card for card in file.answer_cards if card.question == question and card.source == "confirmed"), None)
    if card is None or file.earlier is None or any(one.question == question for one in file.evidence):
        return False
    asked = file.template.question(question)
    before = (file.earlier.answers.of(file.earlier.template.id, id_) for id_ in [asked.id, *asked.replaces])
    return any(answer is not None and answer.comment == card.answer.comment for answer in before)


def _has_reason(file: AssessmentFile, question: str) -> bool:
    answer = file.answers.of(file.template.id, question)
    return answer is not None and bool(answer.reason.strip())


def _result(file: AssessmentFile) -> Iterator[Obstacle]:
    if not file.is_complete:
        return
    decided = {entry.proposal for entry in file.risks if entry.proposal}
    for seen in file.each():
        titles = {risk.id: risk.text for risk in seen.template.risks}
        for risk in seen.result.risks:
            if risk_id(seen, risk.id) not in decided:
                yield Obstacle("risk", N_("A proposed risk waits for your decision: {risk}"), "result", {"risk": titles[risk.id]})
    for seen in file.each():
        yield from _judged(seen)


def _judged(file: AssessmentFile) -> Iterator[Obstacle]:
    for area in areas(file.template, file.result):
        rating = judged_of(file, area.id)
        what: dict[str, object] = {"subject": area.id}
        if area.kind != "subject":
            title = {section.id: section.title for section in file.template.sections}.get(area.id, file.template.name)
            what = {"area": title}
        if rating is None:
            message = (
                N_("Enter your judged rating of the {subject} beside the calculated one.")
                if area.kind == "subject"
                else N_("Enter your judged rating beside the calculated one: {area}")
            )
            yield Obstacle("judged", message, "result", what)
        elif needs_reason(file.template, area, rating.rating) and not rating.reason.strip():
            message = (
                N_("Your judged rating of the {subject} differs from the calculated one; say why.")
                if area.kind == "subject" and rating.rating != area.calculated
                else N_("Write a comment to your judged rating of the {subject}.")
                if area.kind == "subject"
                else N_("Write a comment to your judged rating: {area}")
            )
            yield Obstacle("judged_reason", message, "result", what)


def _recommendation(file: AssessmentFile) -> Iterator[Obstacle]:
    if not file.is_complete:
        return
    file = file.main()
    if file.recommendation is None:
        yield Obstacle("recommendation", N_("Write your recommendation."), "recommendation")
        return
    calculated = file.result.proposal
    if calculated is not None and calculated.decision != file.recommendation.decision and not file.recommendation.departure.strip():
        yield Obstacle("departure", N_("Your recommendation differs from the calculated one; say why."), "recommendation")
    terms, next_due = file.card.draft.rapid, file.recommendation.next_due
    if terms is not None and next_due is not None and next_due > terms.complete_by:
        message = N_("A rapid start must be completed by {date}; the next assessment cannot be due later than that.")
        yield Obstacle("rapid_due", message, "recommendation", {"date": terms.complete_by})
    if file.recommendation.decision == "approve_with_conditions" and not file.recommendation.conditions:
        yield Obstacle("conditions", N_("Approving with conditions needs at least one condition."), "recommendation")


def _review(file: AssessmentFile) -> Iterator[Obstacle]:
    if file.card.state != "agreed":
        yield Obstacle("review", N_("A second person has not reviewed and agreed yet."), "review")
        return
    agreed = file.reviews[-1] if file.reviews else None
    if agreed is not None and agreed.reviewed and agreed.reviewed != digest_of(file):
        yield Obstacle(
            "changed_since_review",
            N_("Something was changed after {name} agreed, such as the partner or the project. Take it back and have it reviewed again."),
            "review",
            {"name": agreed.reviewer_name},
        )
