"""The colours of the window by role, measured for contrast in both schemes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Tokens:
    """One scheme. ``raised`` lies on ``surface`` on ``ground``; ``on_accent`` is text on an accent fill."""

    scheme: Scheme
    ground: str
    surface: str
    raised: str
    border: str
    outline: str
    text: str
    muted: str
    accent: str
    on_accent: str
    low: str
    moderate: str
    significant: str
    high: str

    def role(self, name: str) -> str:
        """Give the colour of a role; *incomplete* is muted. Raises ``KeyError`` for a role that there is not."""
        if name == "incomplete":
            return self.muted
        colours: dict[str, str] = {key: value for key, value in vars(self).items() if key != "scheme"}
        return colours[name]


LIGHT = Tokens(
    scheme="light",
    ground="#F5F7FA",
    surface="#FFFFFF",
    raised="#FFFFFF",
    border="#D9DEE5",
    outline="#7C8A99",
    text="#16202C",
    muted="#51606F",
    accent="#1D5FB8",
    on_accent="#FFFFFF",
    low="#1B7245",
    moderate="#835800",
    significant="#A8430A",
    high="#B3261E",
)
DARK = Tokens(
    scheme="dark",
    ground="#12171E",
    surface="#1B222C",
    raised="#232C38",
    border="#2C3643",
    outline="#6B7A8C",
    text="#E8EDF3",
    muted="#A3B0BF",
    accent="#7DB0FF",
    on_accent="#12171E",
    low="#5CC28E",
    moderate="#E3B453",
    significant="#F2935A",
    high="#FF8178",
)


def mixed(colour: str, ground: str, share: float) -> str:
    """Lay so much (0–1) of a colour over a ground and give the opaque result, ``#rrggbb``."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(over * share + under * (1 - share)):02x}" for over, under in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
