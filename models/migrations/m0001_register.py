"""Step 1 of the register: all its tables. Frozen text; what comes later is a step of its own."""

from __future__ import annotations

from models.database import EncryptedDatabase
from models.migrations import run_statements
from models.migrations.m0001_cases import TABLES as CASES
from models.migrations.m0001_people import TABLES as PEOPLE

#: One tuple of statements per subject, in the order in which they refer to each other.
PARTS: tuple[tuple[str, ...], ...] = (PEOPLE, CASES)


def up(_migrator: object, database: EncryptedDatabase) -> None:
    run_statements(database, *PARTS)
