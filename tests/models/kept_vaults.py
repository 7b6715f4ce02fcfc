"""Make the vault that is kept for a released schema: ``python -m tests.models.kept_vaults 0.1.0`` from the top of the repository.

It writes ``tests/models/vaults/VERSION.zip`` with today's program: two people, a sealed and decided assessment with an evidence file,
and a renewal with one answer. Made once for each released schema and never again: later programs must open it as it is. Everything in
it is invented, and its passphrases stand in ``conftest.py``.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path

from forms.reading import read_template
from models import actor, deciding, evidence, partner, person, starting, vault
from models.cards import AssessmentDraft, DecisionDraft, PartnerDraft
from models.database import open_register, own_day
from models.wrapping import Cost
from tests.models.conftest import ASA, RUT, SmallCase

KEPT = Path(__file__).parent / "vaults"
DOCUMENT = "Protokoll 2026-01, Källvattnets vänner (påhittad)".encode()
_CHEAP = Cost(iterations=1, memory_kib=32, lanes=1)


def make(folder: Path) -> None:
    """Make the vault in a folder that is not there yet."""
    with vault.create(
        folder=folder, organisation="Provstiftelsen", person_name="Åsa Ek", passphrase=ASA, use_keyring=False, cost=_CHEAP
    ) as made:
        if made.opened_by is None:
            raise AssertionError("a new vault is opened by its first person")
        asa = actor.unlock(person=made.opened_by, passphrase=ASA)
        card = person.add_person(
            by=asa, administrator_passphrase=ASA, name="Rut Al", email="rut@example.org", roles={"reviewer"}, passphrase=RUT, cost=_CHEAP
        )
        template = read_template(Path(__file__).parents[1] / "forms" / "three-questions.yaml")
        registered = partner.register(actor=asa, draft=PartnerDraft(name="Källvattnets vänner (påhittad)", country="KE"))
        draft = AssessmentDraft(registered, None, "new", "partner", template.id, "light", "Litet belopp", date(2026, 3, 9))
        started = starting.start(actor=asa, draft=draft, template=template)
        case = SmallCase(asa, actor.unlock(person=card.id, passphrase=RUT), registered, started, template)
        document = folder.parent / "protokoll.txt"
        document.write_bytes(DOCUMENT)
        evidence.add(
            actor=asa,
            assessment=started,
            instrument=template.id,
            question="governance.board.meetings",
            path=document,
            name="",
            note="Påhittat",
            dated=date(2026, 1, 20),
        )
        case.seal()
        decided = DecisionDraft("approve", "Styrelsen", "2026-11", "§ 4", own_day())
        deciding.put(actor=asa, assessment=started, draft=decided)
        case.renew().give("governance.board.meetings", 4)
        open_register().execute_sql("VACUUM")


def keep(version: str) -> Path:
    """Make the vault of a version and pack it. Raises ``FileExistsError`` when it is kept already."""
    KEPT.mkdir(exist_ok=True)
    path = KEPT / f"{version}.zip"
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as packed:
        folder = Path(scratch) / "Provvalv.gedigen"
        make(folder)
        for name in ("vault.json", "register.db", "evidence.db"):
            packed.write(folder / name, f"{folder.name}/{name}")
    return path


if __name__ == "__main__":
    keep(sys.argv[1])
