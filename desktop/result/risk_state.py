"""Risks as the result room shows them: those that wait for a decision, those decided, and what is typed about one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

from desktop.charts.risk_matrix import NumberedRisk, number_risks
from desktop.charts.wording import risk_word, subject_word
from desktop.language import Language
from desktop.reports.content_reader import Reader
from desktop.result.scores import QuestionWay, ways
from desktop.words import RISK_CHOICES, Mark, rating_mark, word
from forms.risk import RiskChoice, RiskEntry, rate
from forms.template import RiskMatrix
from forms.text import N_
from models.cards import AssessmentFile
from models.risks import matrix_template, proposals, risk_id

LIKELIHOODS = {
    1: N_("Very unlikely"),
    2: N_("Unlikely"),
    3: N_("Possible"),
    4: N_("Likely"),
    5: N_("Almost certain"),
}
IMPACTS = {
    1: N_("Negligible"),
    2: N_("Minor"),
    3: N_("Moderate harm"),
    4: N_("Serious"),
    5: N_("Very serious"),
}


@dataclass(frozen=True)
class WaitingRisk:
    """A risk that the answers propose and nobody has decided on; ``entry`` is what accepting it as it is would record."""

    entry: RiskEntry
    title: str
    about: str
    mark: Mark
    because: tuple[QuestionWay, ...]


@dataclass(frozen=True)
class DecidedRisk:
    """A risk that stands, as a row of the register."""

    entry: RiskEntry
    number: str
    title: str
    about: str
    before: Mark
    done: str
    after: Mark


@dataclass(frozen=True)
class SetAside:
    """A proposed risk that was set aside, and why."""

    entry: RiskEntry
    title: str
    reason: str


@dataclass(frozen=True)
class RiskState:
    """The risk part. ``numbered`` is what the matrix draws; ``none_said`` stands instead when there is nothing."""

    matrix: RiskMatrix | None
    waiting: tuple[WaitingRisk, ...]
    decided: tuple[DecidedRisk, ...]
    set_aside: tuple[SetAside, ...]
    numbered: tuple[NumberedRisk, ...]
    summary: str


def risk_state(file: AssessmentFile, language: Language) -> RiskState:
    """Sort and word the risks."""
    reader = Reader(file, language)
    rated_by = matrix_template(file)
    matrix = rated_by.risk_matrix if rated_by is not None else None
    waiting = _waiting(reader)
    numbered = number_risks(matrix, file.risks) if matrix is not None else ()
    return RiskState(
        matrix=matrix,
        waiting=waiting,
        decided=tuple(_decided(reader, one) for one in numbered),
        set_aside=tuple(SetAside(entry, entry.title, entry.reason) for entry in file.risks if entry.choice == "rejected"),
        numbered=numbered,
        summary=_summary(language, waiting, numbered),
    )


def _summary(language: Language, waiting: tuple[WaitingRisk, ...], numbered: tuple[NumberedRisk, ...]) -> str:
    if waiting:
        return language.plural("{n} proposed risk waits for your decision", "{n} proposed risks wait for your decision", len(waiting))
    if numbered:
        return language.plural("{n} risk stands", "{n} risks stand", len(numbered))
    return language.text(N_("The answers point to no risk. Add your own if you see one."))


def _waiting(reader: Reader) -> tuple[WaitingRisk, ...]:
    file, language = reader.file, reader.language
    done = {entry.proposal for entry in file.risks if entry.proposal}
    known = proposals(file)
    found = []
    for seen in file.each():
        for risk in seen.result.risks:
            name = risk_id(seen, risk.id)
            if name in done:
                continue
            _, template = known[name]
            entry = RiskEntry(
                id=name,
                proposal=name,
                choice="accepted",
                title=reader.own(template.text),
                subject=risk.subject,
                likelihood=risk.likelihood,
                impact=risk.impact,
                on_people=risk.on_people,
                mitigation=reader.own(template.mitigation) if template.mitigation is not None else "",
                residual_likelihood=risk.likelihood,
                residual_impact=risk.impact,
            )
            about = language.text(
                N_("{subject} · likelihood {likelihood}, impact {impact}"),
                subject=subject_word(language, risk.subject),
                likelihood=risk.likelihood,
                impact=risk.impact,
            )
            found.append(WaitingRisk(entry, entry.title, about, rating_mark(risk.rating, language), ways(reader, risk.because)))
    return tuple(found)


def _decided(reader: Reader, risk: NumberedRisk) -> DecidedRisk:
    language, entry = reader.language, risk.entry
    tail = [subject_word(language, entry.subject), word(RISK_CHOICES, entry.choice, language).lower()]
    if entry.choice == "changed" and entry.reason:
        tail.append(entry.reason)
    owner = language.text(N_("Owner: {owner}."), owner=entry.owner) if entry.owner else ""
    return DecidedRisk(
        entry=entry,
        number=language.number(risk.number),
        title=entry.title,
        about=" · ".join(tail),
        before=_mark(risk.inherent, entry.likelihood, entry.impact, language),
        done=" ".join(part for part in (entry.mitigation, owner) if part),
        after=_mark(risk.residual, entry.residual_likelihood, entry.residual_impact, language),
    )


def _mark(rating: str, likelihood: int, impact: int, language: Language) -> Mark:
    place = language.text(N_("L{likelihood} I{impact}"), likelihood=likelihood, impact=impact)
    return Mark(rating_mark(rating, language).tone, f"{risk_word(language, rating)} {place}")


def rated(matrix: RiskMatrix, language: Language, *, likelihood: int, impact: int, on_people: bool) -> Mark:
    """Say what a likelihood and an impact come to by the table."""
    return rating_mark(rate(matrix, likelihood=likelihood, impact=impact, on_people=on_people), language)


def steps(words: dict[int, str], language: Language) -> list[tuple[int, str]]:
    """Give the five steps of likelihood or impact with their words, to choose from."""
    return [(step, f"{step} · {language.text(said)}") for step, said in words.items()]


def own_risk(subject: str) -> RiskEntry:
    """Give an empty risk of the caseworker's own, to be filled in."""
    return RiskEntry(
        id=f"own.{uuid4()}",
        proposal="",
        choice="own",
        title="",
        subject=subject,
        likelihood=3,
        impact=3,
        on_people=False,
        mitigation="",
        residual_likelihood=3,
        residual_impact=3,
    )


def beginning(entry: RiskEntry, choice: RiskChoice, file: AssessmentFile, language: Language) -> RiskEntry:
    """Begin a decision from what stands now; a proposal that is accepted goes back to the template's own numbers."""
    if entry.proposal not in (known := proposals(file)):
        return entry
    _, proposal = known[entry.proposal]
    if choice == "accepted":
        return replace(
            entry,
            choice=choice,
            title=Reader(file, language).own(proposal.text),
            likelihood=proposal.likelihood,
            impact=proposal.impact,
            residual_likelihood=min(entry.residual_likelihood, proposal.likelihood),
            residual_impact=min(entry.residual_impact, proposal.impact),
            reason="",
        )
    return replace(entry, choice=choice)
