"""What a check reports."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold, with its path in the file."""

    path: str
    message: str
    params: dict[str, object] = field(default_factory=dict)
