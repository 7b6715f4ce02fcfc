"""The steps that make and change the schema, in order, each in one transaction."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import peewee
from playhouse.migrations import Migration, Runner

from forms.text import N_
from models.database import EncryptedDatabase, full_disk_said, utc_now
from models.errors import VaultDamaged, VaultTooNew

#: Steps of the register and of the evidence file: modules of this package, in order, with ``up(migrator, database)``.
REGISTER_STEPS = (
    "m0001_register",
    "m0002_instruments",
    "m0002_organisation_acts",
    "m0003_outside",
    "m0004_report_kinds",
    "m0005_certificates",
    "m0007_decision_documents",
    "m0008_imported",
    "m0009_decision_timestamps",
    "m0010_authority_lists",
    "m0011_comparisons",
)
EVIDENCE_STEPS = ("e0001_evidence",)


class Step(Migration):  # type: ignore[misc]
    """A step by module name, so that an installed program needs no source files to find it."""

    __slots__ = ()

    def load(self) -> ModuleType:
        return importlib.import_module(f"{__name__}.{self.name}")


class Ladder(Runner):  # type: ignore[misc]
    """The steps of one file of the vault: which were taken, and taking the rest."""

    def __init__(self, database: EncryptedDatabase, steps: tuple[str, ...]) -> None:
        super().__init__(database)
        self.steps = steps

        class History(database.Model):  # type: ignore[misc, name-defined]
            name = peewee.TextField(primary_key=True)
            applied = peewee.DateTimeField(default=utc_now)

            class Meta:
                table_name = "schema_step"

        self.History = History

    def migrations(self) -> list[Step]:
        return [Step(number, name, name, None) for number, name in enumerate(self.steps, 1)]

    def pending(self) -> list[str]:
        """Name the steps not taken yet. Raises ``VaultTooNew`` if the file has a step that this program does not know."""
        status = self.status()
        if any(step.path is None for step in status):
            raise VaultTooNew(
                N_("This vault was written by a newer version of Gedigen. Nothing was changed. Update Gedigen and open it again.")
            )
        return [step.name for step in status if not step.applied]

    def climb(self, *, backup: Path | None = None) -> None:
        """Take the steps that are left; each is whole or not there. A copy is written and checked first, if a place for it is given.

        Raises ``DiskFull``, or ``VaultDamaged`` if afterwards a record refers to one that is missing.
        """
        if backup is not None:
            self.database.copy_to(backup)
        with full_disk_said():
            self.up()
        if self.database.execute_sql("PRAGMA foreign_key_check").fetchone() is not None:
            raise VaultDamaged(N_("Some records in the vault refer to others that are missing. Restore the vault from a backup."))


def run_statements(database: EncryptedDatabase, *parts: tuple[str, ...]) -> None:
    """Run the statements of each part in order, in the step's transaction."""
    for part in parts:
        for statement in part:
            database.execute_sql(statement)
