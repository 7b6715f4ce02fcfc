"""A report that comes from another vault: really sealed and signed there, by the invented Systerstiftelsen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.operations import reporting, sealing, signing
from forms.reading import read_template
from models import actor, partner, person, report, revocation, signing_choice, starting, timestamp_setting, vault
from models.cards import AssessmentDraft, PartnerDraft
from models.identity import organisation
from models.timestamp_setting import AuthoritySetting
from models.wrapping import Cost
from tests.models.conftest import SmallCase

TEMPLATE = Path(__file__).parents[2] / "forms" / "three-questions.yaml"
PARTNER = PartnerDraft(
    "Bergets brunnar (påhittad)", "SE", "Ideell förening", registration_scheme="SE-ON", registration_number="802000-0009"
)
CHEAP = Cost(iterations=1, memory_kib=32, lanes=1)
FIRST, SECOND = "bodils egna ord", "pers egna ord"


@dataclass(frozen=True)
class Foreign:
    """The files that were sent: the report unsigned, signed by one and by both, and the root certificate.

    ``later_list`` is a revocation list that the organisation made afterwards, for the reviewer's key may be known to somebody else.
    """

    unsigned: bytes
    one: bytes
    both: bytes
    root_pem: bytes
    case_number: str
    later_list: bytes


def make(folder: Path, setting: AuthoritySetting | None = None) -> Foreign:
    """Seal and sign a small assessment in a vault of its own, which is closed again; with timestamps if it uses an authority."""
    with vault.create(
        folder=folder, organisation="Systerstiftelsen", person_name="Bodil Ås", passphrase=FIRST, use_keyring=False, cost=CHEAP
    ) as made:
        assert made.opened_by is not None
        bodil = actor.unlock(person=made.opened_by, passphrase=FIRST)
        card = person.add_person(
            by=bodil, administrator_passphrase=FIRST, name="Per Vik", email="", roles={"reviewer"}, passphrase=SECOND, cost=CHEAP
        )
        per = actor.unlock(person=card.id, passphrase=SECOND)
        template = read_template(TEMPLATE)
        registered = partner.register(actor=bodil, draft=PARTNER)
        draft = AssessmentDraft(registered, None, "new", "partner", template.id, "light", "Litet belopp", date(2026, 3, 9))
        case = SmallCase(bodil, per, registered, starting.start(actor=bodil, draft=draft, template=template), template)
        case.agree()
        sealing.seal_assessment(actor=bodil, assessment_id=case.assessment)
        reporting.make_report(actor=bodil, assessment_id=case.assessment, language_code="sv")
        if setting is not None:
            timestamp_setting.put(actor=bodil, setting=setting)
        for signer in (bodil, per):
            signing.sign_report(actor=signer, assessment_id=case.assessment, language_code="sv")
        pdfs = [report.pdf_bytes(one.id) for one in report.revisions(case.assessment, "sv")]
        used = signing_choice.in_use(per.person).fingerprint
        later = revocation.revoke(
            by=bodil, administrator_passphrase=FIRST, person=per.person, certificate_sha256=used, reason="key_known"
        ).der
        return Foreign(*pdfs, organisation().root_pem.encode("ascii"), case.file().card.case_number, later)
