"""What somebody gave to judge files by, beside or instead of what the open vault knows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Given:
    """Files: an organisation's root certificate, timestamp authorities' root certificates, revocation lists."""

    root: Path | None = None
    clocks: tuple[Path, ...] = ()
    lists: tuple[Path, ...] = ()

    @property
    def is_anything(self) -> bool:
        """Whether anything was given at all."""
        return self != Given()
