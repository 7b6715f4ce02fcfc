"""Which release is packaged: its version and its moment, which stands in every file so that the same source gives the same package."""

from __future__ import annotations

import os
import subprocess
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAINTAINER = "The Gedigen authors <gedigen@localhost>"


@dataclass(frozen=True)
class Release:
    """``version`` as pyproject has it; ``moment`` in seconds since 1970."""

    version: str
    moment: int

    @property
    def date(self) -> str:
        """The day, as ISO 8601 writes it, in UTC."""
        return self._at.date().isoformat()

    @property
    def mail_date(self) -> str:
        """The moment as Debian's changelogs write it."""
        return format_datetime(self._at)

    @property
    def _at(self) -> datetime:
        return datetime.fromtimestamp(self.moment, UTC)

    def fill(self, text: str) -> str:
        """Put version and date in their places in a file of the package."""
        return text.replace("@VERSION@", self.version).replace("@DATE@", self.date)


def this_release() -> Release:
    """Give the release of this source; its moment is SOURCE_DATE_EPOCH, else the last commit's, else when CHANGELOG was written."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    said = os.environ.get("SOURCE_DATE_EPOCH") or _last_commit() or str(int((ROOT / "CHANGELOG.md").stat().st_mtime))
    return Release(version=version, moment=int(said))


def _last_commit() -> str:
    try:
        return subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
