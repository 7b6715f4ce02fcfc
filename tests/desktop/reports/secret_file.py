"""An assessment whose every confidential field holds a word of its own that occurs nowhere else: what no reader but the own may find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from desktop.reports.partner_viewing import OWED
from forms.answers import AnswerSet
from forms.outside import OutsideResult
from models.cards import (
    AgreementCondition,
    AssessmentFile,
    BankAccount,
    Contact,
    DecisionCard,
    DecisionDraft,
    OutsideCard,
    Waiver,
)
from tests.desktop.reports.sample_file import SEALED, STARTED, ident, sample_file, with_seal


@dataclass
class Words:
    """Gives a new word each time it is asked, and keeps whose it was; ``group`` names what the word is part of."""

    given: dict[str, str]

    def new(self, group: str) -> str:
        word = f"Qx{len(self.given):03d}zK"
        self.given[word] = group
        return word

    def of(self, *groups: str) -> Iterator[str]:
        """Give the words of some groups."""
        return (word for word, group in self.given.items() if group in groups)


#: Never in any partner's version or public record.
NEVER = "never"
#: In a partner's version when they are ticked, or in the feedback; never in a public record.
COMMENTS, JUDGED, RISKS, FEEDBACK = "comments", "judged reasons", "risks", "feedback"


def secret_file(*, sealed: bool) -> tuple[AssessmentFile, Words]:
    """Give the file and its words."""
    words = Words({})
    file = sample_file(renewal=True, stops=True, sealed=False)
    recommended, project = file.recommendation, file.project
    assert recommended is not None
    assert project is not None
    assert file.earlier is not None
    earlier = replace(file.earlier, answers=_answers(file.earlier.answers, words, told=frozenset()))
    told = frozenset(line.question for line in file.result.lines if line.is_gap or line.state == "not_established")
    file = replace(
        file,
        card=replace(
            file.card,
            reviewer_name=words.new(NEVER),
            draft=replace(file.card.draft, scope_reason=words.new(NEVER)),
        ),
        partner=replace(file.partner, draft=_partner(file, words)),
        project=replace(project, draft=replace(project.draft, summary=words.new(NEVER), funding_source=words.new(NEVER))),
        answers=_answers(file.answers, words, told=told),
        answer_cards=tuple(replace(one, person_name=words.new(NEVER), why=words.new(NEVER)) for one in file.answer_cards),
        evidence=tuple(
            replace(one, name=words.new(NEVER), note=words.new(NEVER), person_name=words.new(NEVER)) for one in file.evidence[:6]
        ),
        ties=tuple(
            replace(one, has_tie=True, text=words.new(NEVER), person_name=words.new(NEVER), resolution=words.new(NEVER))
            for one in file.ties
        ),
        risks=tuple(
            replace(one, title=words.new(RISKS), mitigation=words.new(RISKS), owner=words.new(NEVER), reason=words.new(NEVER))
            for one in file.risks
        ),
        judged=tuple(replace(one, reason=words.new(JUDGED)) for one in file.judged),
        recommendation=replace(
            recommended,
            summary=words.new(NEVER),
            departure=words.new(NEVER),
            visit=words.new(NEVER),
            limits=words.new(NEVER),
            conditions=(AgreementCondition(words.new(NEVER), "payment"),),
            capacity_plan=words.new(FEEDBACK),
            partner_reply=words.new(FEEDBACK),
        ),
        reviews=tuple(
            replace(
                one,
                reviewer_name=words.new(NEVER),
                comment=words.new(NEVER),
                points=tuple(replace(point, comment=words.new(NEVER)) for point in one.points),
            )
            for one in file.reviews
        ),
        outside=(_outside(file, words),),
        people={ident("somebody"): words.new(NEVER)},
        decision=_decision(words),
        earlier=earlier,
    )
    return (with_seal(file) if sealed else file), words


def _answers(answers: AnswerSet, words: Words, *, told: frozenset[str]) -> AnswerSet:
    """Put a word into every comment, reason and text of somebody's own; ``told`` are the questions that a partner is told about."""
    for key, answer in list(answers.items()):
        group = COMMENTS if key.question in told else NEVER
        value = answer.value
        if key.question in OWED:
            value = words.new(FEEDBACK)
        elif isinstance(value, str) and answer.state == "answered" and " " in value and not value.split(" ")[0].isdigit():
            value = words.new(NEVER)
        answers = answers.with_answer(key, replace(answer, value=value, comment=words.new(group), reason=words.new(group)))
    return answers


def _partner(file: AssessmentFile, words: Words):  # type: ignore[no-untyped-def]
    new = words.new
    return replace(
        file.partner.draft,
        legal_form=new(NEVER),
        former_names=(new(NEVER),),
        registration_number=new(NEVER),
        website=new(NEVER),
        notes=new(NEVER),
        people=(Contact(new(NEVER), new(NEVER), signs=True),),
        accounts=(BankAccount(new(NEVER), new(NEVER), "KE", new(NEVER), "KES"),),
    )


def _outside(file: AssessmentFile, words: Words) -> OutsideCard:
    result = OutsideResult(words.new(NEVER), "hact_micro_assessment", "low", date(2025, 5, 1), scope=words.new(NEVER))
    return OutsideCard(
        ident("outside"), file.partner.id, result, words.new(NEVER), "ab" * 32, 10, "application/pdf", words.new(NEVER), STARTED
    )


def _decision(words: Words) -> DecisionCard:
    new = words.new
    return DecisionCard(
        DecisionDraft(
            outcome="approve_with_conditions",
            body=new(NEVER),
            minutes=new(NEVER),
            paragraph=new(NEVER),
            decided_on=date(2026, 4, 14),
            took_no_part=new(NEVER),
            departure=new(NEVER),
            waivers=(Waiver("identity", new(NEVER), date(2026, 12, 1), new(NEVER)),),
            conditions=(AgreementCondition(new(FEEDBACK), "signing"),),
        ),
        new(NEVER),
        SEALED,
    )
