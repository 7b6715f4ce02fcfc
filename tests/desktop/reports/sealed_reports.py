"""Whole reports of sealed records that hold when they are scored again, with signers of one's choice; every name is invented."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from cryptography.x509.oid import NameOID

from desktop.language import language
from desktop.reports.content import render
from desktop.reports.record import RequiredSigner, sealed_record
from forms.answers import Answer
from forms.scoring import score
from forms.template import Template
from models.cards import AnswerCard, AssessmentFile, SealCard
from models.casefile import case_for
from tests.desktop.reports.sample_answers import all_answers
from tests.desktop.reports.sample_file import SEALED, STARTED, ident, sample_file, three_questions
from tests.desktop.reports.samples import Holder


def scored_file(form: Template | None = None, *, renewal: bool = False, overrides: Mapping[str, Answer] | None = None) -> AssessmentFile:
    """Give a file that is not sealed, scored for the very case that its record will say."""
    file = sample_file(form or three_questions(), renewal=renewal, sealed=False)
    case = case_for(draft=file.card.draft, project=file.project)
    answers = all_answers(file.template, lift=0, case=case, overrides=dict(overrides or {}))
    cards = tuple(AnswerCard(key.question, answer, "typed", "Maja Ekwall", STARTED) for key, answer in answers.items())
    return replace(file, answers=answers, answer_cards=cards, result=score(file.template, answers, case))


def name_of(holder: Holder) -> str:
    """Give the name in a certificate."""
    return str(holder.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def sealed(file: AssessmentFile, signers: Mapping[str, Holder], *, chair: bool = True) -> AssessmentFile:
    """Give a file as it is after sealing, to be signed by these."""
    required = tuple(RequiredSigner(field, name_of(holder), holder.fingerprint) for field, holder in signers.items())
    head = hashlib.sha256(b"the audit trail's head").hexdigest()
    record = sealed_record(file, vault_id=ident("vault"), signers=required, audit_seq=412, audit_head=head, chair=chair)
    return with_record(file, record)


def with_record(file: AssessmentFile, record: bytes) -> AssessmentFile:
    """Give a file as if this record had been sealed."""
    head = hashlib.sha256(b"the audit trail's head").hexdigest()
    seal = SealCard(hashlib.sha256(record).hexdigest(), record, "Maja Ekwall", SEALED, 412, head)
    return replace(file, seal=seal, card=replace(file.card, state="sealed"))


def printed(file: AssessmentFile, root: Holder, code: str = "en") -> bytes:
    """Print a sealed file as the program does."""
    return render(file, language(code), organisation="Havsstiftelsen", root_fingerprint=root.fingerprint)
