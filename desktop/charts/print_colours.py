"""What a colour role looks like on white paper."""

from __future__ import annotations

from desktop.charts.shapes import Role

#: sRGB of each role: the light theme's colours, all at least 5.9 : 1 against white where text is set in them.
PRINT_COLOURS: dict[Role, str] = {
    "text": "#16202C",
    "muted": "#51606F",
    "border": "#D9DEE5",
    "ground": "#F5F7FA",
    "surface": "#FFFFFF",
    "accent": "#1D5FB8",
    "low": "#1B7245",
    "moderate": "#835800",
    "significant": "#A8430A",
    "high": "#B3261E",
    "incomplete": "#51606F",
}


def red_green_blue(role: Role, *, tint: float = 1.0) -> tuple[float, float, float]:
    """Give a role's colour as three shares of 0 to 1; ``tint`` below 1 mixes it with white, as ink on paper would."""
    code = PRINT_COLOURS[role]
    red, green, blue = (1 - (1 - int(code[at : at + 2], 16) / 255) * tint for at in (1, 3, 5))
    return red, green, blue
