"""What a review was about: a digest of everything that the reviewer agreed to, so that nothing else is sealed in its name."""

from __future__ import annotations

import hashlib

from forms.canonical import canonical_json
from models.cards import AssessmentFile


def digest_of(file: AssessmentFile) -> str:
    """Give the SHA-256 (hexadecimal) of what a review covers: partner, project, answers, evidence, risks, ratings, recommendation.

    The Result follows from these and the template, so it is not part of it; ties are declared by people for themselves.
    """
    covered: dict[str, object] = {
        "partner": {"id": file.partner.id, "rev": file.partner.rev, "draft": file.partner.draft},
        "project": None if file.project is None else {"id": file.project.id, "rev": file.project.rev, "draft": file.project.draft},
        "template": file.card.template_hash,
        "answers": sorted(file.answer_cards, key=lambda card: card.question),
        "evidence": sorted(file.evidence, key=lambda card: str(card.id)),
        "risks": file.risks,
        "judged": file.judged,
        "recommendation": file.recommendation,
    }
    if len(file.instruments) > 1:  # a review of one instrument keeps the digest it has always had
        covered["instruments"] = [{"template": one.template.hash, "scope": one.scope} for one in file.instruments]
    return hashlib.sha256(canonical_json(covered)).hexdigest()
