"""What travels inside a decision document: the decision and what it is about, linked by hash, as one canonical JSON document."""

from __future__ import annotations

from uuid import UUID

from desktop.reports.content_reader import Reader
from desktop.reports.record import RequiredSigner
from forms.canonical import canonical_json
from models.cards import ReportCard
from models.casefile import next_due
from models.stops import met_stops

SCHEMA = "gedigen-decision/1"


def decision_payload(
    reader: Reader, *, decision_id: UUID, vault_id: UUID, recorder: RequiredSigner, reports: tuple[ReportCard, ...]
) -> bytes:
    """Write the decision that ``reader.file`` carries; the same arguments give the same bytes.

    The file must be sealed and carry the decision. ``recorder`` is who signs, ``reports`` the registered revisions of the full report
    that the board can have had. Raises ValueError for a file without seal or decision.
    """
    file = reader.file
    if file.seal is None or file.decision is None:
        raise ValueError("a decision document is about a sealed assessment with a decision")
    draft, case = file.decision.draft, file.card.draft
    terms = case.rapid
    texts = {stop.id: stop.text for stop in met_stops(file)}
    recommended = file.recommendation
    return canonical_json(
        {
            "schema": SCHEMA,
            "vault": vault_id,
            "decision": {
                "id": decision_id,
                "outcome": draft.outcome,
                "body": draft.body,
                "minutes": draft.minutes,
                "paragraph": draft.paragraph,
                "decided_on": draft.decided_on,
                "took_no_part": draft.took_no_part,
                "departure": draft.departure,
                "waivers": [
                    {"stop": one.stop, "text": texts.get(one.stop, {}), "limit": one.limit, "until": one.until, "control": one.control}
                    for one in draft.waivers
                ],
                "conditions": [{"text": one.text, "before": one.before, "due": one.due} for one in draft.conditions],
                "next_due": next_due(case, draft, recommended),
                "granted": None
                if terms is None or draft.granted_minor is None
                else {"amount_minor": draft.granted_minor, "currency": terms.currency, "until": draft.granted_until},
                "recorded_by": file.decision.by_name,
                "recorded_at": file.decision.at,
            },
            "about": {
                "assessment": file.card.id,
                "case_number": file.card.case_number,
                "partner": {"id": file.partner.id, "name": file.partner.name},
                "project": file.project.draft.title if file.project is not None else None,
                "as_of": case.as_of,
                "recommended": recommended.decision if recommended is not None else None,
                "stops_met": sorted(texts),
                "record_sha256": file.seal.sha256,
                "reports": [{"language": one.language, "revision": one.revision, "sha256": one.sha256} for one in reports],
            },
            "required_signers": [
                {"field": recorder.field, "name": recorder.name, "certificate_sha256": recorder.certificate_sha256.lower()}
            ],
        }
    )
