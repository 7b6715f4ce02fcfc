"""An assessment of an invented partner, whole, made from any template: what reports and charts are tried on."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from desktop.reports.record import RequiredSigner, sealed_record
from forms.answers import Answer, AnswerKey, AnswerSet
from forms.reading import read_template
from forms.result import Result
from forms.risk import RiskEntry
from forms.scoring import score
from forms.template import Template
from models.cards import (
    AgreementCondition,
    AnswerCard,
    AssessmentCard,
    AssessmentDraft,
    AssessmentFile,
    BankAccount,
    Contact,
    Earlier,
    EvidenceCard,
    JudgedRating,
    PartnerCard,
    PartnerDraft,
    ProjectCard,
    ProjectDraft,
    RecommendationDraft,
    ReviewCard,
    ReviewPoint,
    SealCard,
    TieCard,
)
from tests.desktop.reports.sample_answers import all_answers, case_on, stop_answers

ROOT = Path(__file__).parents[3]
REAL = ROOT / "resources/templates/partner-project.yaml"
THREE = ROOT / "tests/forms/three-questions.yaml"
_SPACE = UUID("8c5e2b1e-6b1f-4f43-9d6a-0c7a54b1f001")
STARTED = datetime(2026, 3, 2, 8, 15)  # noqa: DTZ001 - the vault keeps naive UTC
SEALED = datetime(2026, 3, 27, 13, 40)  # noqa: DTZ001


def ident(name: str) -> UUID:
    """Give the same id for the same name."""
    return uuid5(_SPACE, name)


def template() -> Template:
    """Give the bundled partner and project template."""
    return read_template(REAL)


def three_questions() -> Template:
    """Give the smallest template there is."""
    return read_template(THREE)


def _risks(form: Template, result: Result) -> tuple[RiskEntry, ...]:
    entries = []
    tongue = "sv" if "sv" in form.languages else form.languages[0]
    for place, risk in enumerate(result.risks):
        proposal = next(one for one in form.risks if one.id == risk.id)
        entries.append(
            RiskEntry(
                id=f"risk-{place}",
                proposal=risk.id,
                choice="accepted",
                title=proposal.text[tongue],
                subject=risk.subject,
                likelihood=risk.likelihood,
                impact=risk.impact,
                on_people=risk.on_people,
                mitigation=(proposal.mitigation or {}).get(tongue) or "Två personer går igenom varje utbetalning före attest.",
                residual_likelihood=max(1, risk.likelihood - 1 - place % 2),
                residual_impact=max(1, risk.impact - place % 2),
                owner="Partnerns ekonomichef",
            )
        )
    own = RiskEntry(
        id="risk-own",
        proposal="",
        choice="own",
        title="Vägen till två av byarna stängs under regnperioden och uppföljningen uteblir",
        subject="project",
        likelihood=4,
        impact=2,
        on_people=False,
        mitigation="Besöken läggs i januari och oktober; samtal per telefon däremellan.",
        residual_likelihood=2,
        residual_impact=2,
        owner="Handläggaren",
    )
    return (*entries, own) if form.risk_matrix is not None else ()


def _evidence(form: Template, result: Result) -> tuple[EvidenceCard, ...]:
    names = ("Styrelseprotokoll 2025", "Registerutdrag", "Revisionsberättelse 2024", "Bankintyg", "Uppförandekod, undertecknad")
    cards = []
    for place, line in enumerate(one for one in result.lines if one.key or one.known == "seen"):
        if place % 3 and not line.key:
            continue
        name = names[place % len(names)]
        cards.append(
            EvidenceCard(
                id=ident(f"evidence-{line.question}"),
                question=line.question,
                name=f"{name}.pdf",
                note="",
                dated=date(2025, 1 + place % 12, 14),
                sha256="" if place % 9 == 8 else f"{ident(name + line.question).hex}{ident(line.question).hex}",
                size=184_320 + place * 977,
                media_type="application/pdf",
                person_name="Maja Ekwall",
                at=STARTED + timedelta(days=place),
            )
        )
    return tuple(cards)


def _cards(form: Template, answers: AnswerSet, at: datetime) -> tuple[AnswerCard, ...]:
    return tuple(
        AnswerCard(key.question, answer, "typed", "Maja Ekwall", at + timedelta(minutes=9 * place))
        for place, (key, answer) in enumerate(answers.items())
        if key.instrument == form.id
    )


def sample_file(
    form: Template | None = None,
    *,
    renewal: bool = False,
    stops: bool = False,
    sealed: bool = True,
    overrides: dict[str, Answer] | None = None,
) -> AssessmentFile:
    """Give the whole file of an invented partner, scored by the real engine."""
    form = form or template()
    scope = form.scopes[0]
    as_of = date(2026, 3, 20)
    case = case_on(as_of, scope=scope)
    answers = all_answers(form, lift=0, case=case, overrides={**(stop_answers(form) if stops else {}), **(overrides or {})})
    result = score(form, answers, case)
    partner = PartnerCard(
        id=ident("partner"),
        rev=3,
        draft=PartnerDraft(
            name="Lumora Vattenkooperativ",
            country="KE",
            legal_form="Medlemsägd förening",
            former_names=("Lumora Brunnsförening",),
            registration_scheme="KE-NCB",
            registration_number="OP.218/051/19-0417",
            notes="Påhittad organisation.",
            people=(Contact("Joyce Wanjala", "Ordförande", signs=True, controls=True), Contact("Peter Otieno", "Kassör", signs=True)),
            accounts=(BankAccount("Lumora Vattenkooperativ", "Kisumu Folkbank", "KE", "0110-448-2210", "KES"),),
        ),
        created_at=STARTED,
    )
    project = ProjectCard(
        id=ident("project"),
        partner=partner.id,
        rev=1,
        draft=ProjectDraft(
            title="Rent vatten i fyra byar",
            summary=(
                "Borra och driva fyra brunnar med byarnas egna vattenkommittéer, utbilda tolv tekniker och lämna över driften till "
                "kommittéerna under det tredje året."
            ),
            country="KE",
            funding_source="Stiftelsens egna medel",
            amount_minor=185000000,
            currency="SEK",
            starts=date(2026, 7, 1),
            ends=date(2029, 6, 30),
        ),
    )
    card = AssessmentCard(
        id=ident("assessment"),
        case_number="2026-014",
        draft=AssessmentDraft(
            partner=partner.id,
            project=project.id,
            kind="renewal" if renewal else "new",
            collaboration="partner",
            template_id=form.id,
            scope=scope,
            scope_reason="Beloppet är under två miljoner kronor och partnern är liten.",
            as_of=as_of,
            previous=ident("earlier") if renewal else None,
        ),
        partner_name=partner.name,
        project_title=project.draft.title,
        template_hash=form.hash,
        caseworker=ident("Maja Ekwall"),
        caseworker_name="Maja Ekwall",
        state="agreed",
        created_at=STARTED,
        touched_at=SEALED,
        asked=result.completeness.asked,
        answered=result.completeness.answered,
    )
    judged = tuple(
        JudgedRating(form.id, subject.subject, "adequate" if subject.score.band == "limited" else subject.score.band or "limited", reason)
        for subject, reason in zip(
            result.subjects,
            ("Styrelsen bytte kassör i februari och de två luckorna i attesten är redan stängda; vi har sett de nya rutinerna i bruk.", ""),
            strict=False,
        )
    )
    review = ReviewCard(
        reviewer=ident("Henrik Sandell"),
        reviewer_name="Henrik Sandell",
        outcome="agreed",
        comment="Jag har läst underlagen till nyckelfrågorna och ringt en av referenserna.",
        points=tuple(
            ReviewPoint(
                line.question,
                agrees=place != 3,
                comment="Jag hade satt nivån ett steg lägre: protokollen rör bara ett halvår." if place == 3 else "",
            )
            for place, line in enumerate(one for one in result.lines if one.key)
        ),
        approves_not_applicable=False,
        at=SEALED - timedelta(days=2),
    )
    file = AssessmentFile(
        card=card,
        partner=partner,
        project=project,
        template=form,
        answers=answers,
        answer_cards=_cards(form, answers, STARTED),
        result=result,
        evidence=_evidence(form, result),
        ties=(
            TieCard(ident("Maja Ekwall"), "Maja Ekwall", has_tie=False, text="", at=STARTED),
            TieCard(
                ident("Henrik Sandell"),
                "Henrik Sandell",
                has_tie=True,
                text="Satt i samma nätverks styrelse som partnerns ordförande till 2021.",
                at=STARTED,
                resolution="Bedömd som avslutad; får granska men inte besluta.",
                resolved_by="Ruth Bergman",
            ),
        ),
        risks=_risks(form, result),
        judged=judged,
        recommendation=RecommendationDraft(
            decision="decline" if stops else "approve_with_conditions",
            summary=(
                "Kooperativet är litet, väl förankrat och har levererat det som lovats. Styrelsen möts och dokumenterar. Ekonomin sköts "
                "ordentligt men vilar på för få händer: samma person väljer leverantör och bokför. Partnern känner till det och har själv "
                "föreslagit en ändrad arbetsordning. Vi föreslår stöd i tre år med villkor som är möjliga att uppfylla före första "
                "utbetalningen, och ett besök varje år."
            ),
            departure=""
            if stops
            else "Bristerna är kända, avgränsade och möjliga att åtgärda före första utbetalningen; två av dem är redan på väg.",
            conditions=(
                AgreementCondition("En annan person än kassören väljer leverantör vid inköp över 50 000 kronor", "payment"),
                AgreementCondition("Styrelsen antar en skriftlig rutin för misstankar om oegentligheter", "date", date(2026, 9, 30)),
                AgreementCondition("Undertecknade uppförandekoder för all personal lämnas in", "signing"),
            ),
            capacity_plan=(
                "Ekonomiutbildning för två personer 2026, erfarenhetsutbyte med ett annat kooperativ 2027, stöd till egen intern kontroll."
            ),
            visit="Besök 9–12 mars 2026 i Kisumu och två byar; samtal med styrelse, fyra anställda och elva medlemmar.",
            limits="Den tredje byn kunde inte nås. Bokföringen för 2023 finns bara på papper och granskades genom stickprov.",
            partner_reply=(
                "Vi känner igen bilden. Att samma person väljer och bokför beror på att vi bara är två på kontoret; "
                "vi börjar låta en ledamot välja leverantör."
            ),
            next_due=date(2028, 3, 31),
        ),
        reviews=(review,),
        earlier=_earlier(form, card, scope) if renewal else None,
        result_seen_at=STARTED + timedelta(days=12),
        changed_after_result=2,
    )
    return with_seal(file) if sealed else file


def _earlier(form: Template, card: AssessmentCard, scope: str) -> Earlier:
    case = case_on(date(2025, 3, 18), scope=scope)
    answers = all_answers(form, lift=0, case=case, overrides={})
    for place, (_, question) in enumerate(form.questions()):
        answer = answers.of(form.id, question.id)
        if answer is not None and question.kind == "level" and place % 4 == 1 and isinstance(answer.value, int):
            step = 1 if place % 8 == 1 else -1
            keys = [level.key for level in question.levels]
            answers = answers.with_answer(
                AnswerKey(form.id, question.id), replace(answer, value=min(max(answer.value + step, min(keys)), max(keys)))
            )
    result = score(form, answers, case)
    earlier = replace(
        card,
        id=ident("earlier"),
        case_number="2025-009",
        draft=replace(card.draft, kind="new", previous=None, as_of=date(2025, 3, 18)),
        state="sealed",
    )
    return Earlier(assessment=earlier, template=form, answers=answers, result=result, evidence=())


SIGNERS = (RequiredSigner("Caseworker", "Maja Ekwall", "ab" * 32), RequiredSigner("Reviewer", "Henrik Sandell", "cd" * 32))


def with_seal(file: AssessmentFile) -> AssessmentFile:
    """Give the file as it is after sealing."""
    head = hashlib.sha256(b"the audit trail's head").hexdigest()
    record = sealed_record(file, vault_id=ident("vault"), signers=SIGNERS, audit_seq=412, audit_head=head, chair=True)
    seal = SealCard(hashlib.sha256(record).hexdigest(), record, "Maja Ekwall", SEALED, 412, head)
    return replace(file, seal=seal, card=replace(file.card, state="sealed"))


def half_done(file: AssessmentFile) -> AssessmentFile:
    """Take every fifth answer away and score again: how an unfinished draft looks."""
    answers = file.answers
    for place, key in enumerate(file.answers):
        if place % 5 == 2:
            answers = answers.with_answer(key, None)
    result = score(file.template, answers, case_on(file.card.draft.as_of, scope=file.card.draft.scope))
    return replace(file, answers=answers, result=result, seal=None, answer_cards=_cards(file.template, answers, STARTED), judged=())


__all__ = ["SEALED", "SIGNERS", "half_done", "ident", "sample_file", "template", "three_questions", "with_seal"]
