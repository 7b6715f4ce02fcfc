"""Paint a chart on a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.charts.print_colours import red_green_blue
from desktop.charts.shapes import Drawing, Path, Pattern, Text

REGULAR, BOLD = "NotoSans", "NotoSans-Bold"
PATTERN_STEP = 3.2  #: points between the lines or dots of a pattern
PATTERN_LINE = 0.55
PATTERN_TINT = 0.55  #: lighter than what lies on it, still plain in grey

#: Turns a text into one that the page's font can show.
Printable = Callable[[str], str]


def paint(canvas: Any, drawing: Drawing, *, x: float, y: float, printable: Printable) -> None:
    """Paint a drawing with its lower left corner at (x, y) of a reportlab canvas, whose y grows upwards."""
    canvas.saveState()
    canvas.setLineCap(0)
    canvas.setLineJoin(1)
    for shape in drawing.shapes:
        if isinstance(shape, Text):
            _paint_text(canvas, shape, left=x, top=y + drawing.height, printable=printable)
        else:
            paint_path(canvas, shape, left=x, top=y + drawing.height)
    canvas.restoreState()


def paint_path(canvas: Any, path: Path, *, left: float, top: float) -> None:
    """Paint one path whose coordinates count rightwards from ``left`` and downwards from ``top``."""
    canvas.saveState()
    if path.fill is not None:
        canvas.setFillColorRGB(*red_green_blue(path.fill))
        if path.fill_opacity < 1:
            canvas.setFillAlpha(path.fill_opacity)
    if path.stroke is not None:
        canvas.setStrokeColorRGB(*red_green_blue(path.stroke))
        canvas.setLineWidth(path.width)
        canvas.setDash(list(path.dash))
    if path.pattern is None:
        canvas.drawPath(_outline(canvas, path, left, top), fill=path.fill is not None, stroke=path.stroke is not None)
    else:
        canvas.drawPath(_outline(canvas, path, left, top), fill=path.fill is not None, stroke=0)
        _paint_pattern(canvas, path, path.pattern, left=left, top=top)
        if path.stroke is not None:
            canvas.drawPath(_outline(canvas, path, left, top), fill=0, stroke=1)
    canvas.restoreState()


def _outline(canvas: Any, path: Path, left: float, top: float) -> Any:
    outline = canvas.beginPath()
    for command in path.commands:
        if command[0] == "M":
            outline.moveTo(left + command[1], top - command[2])
        elif command[0] == "L":
            outline.lineTo(left + command[1], top - command[2])
        elif command[0] == "C":
            _, x1, y1, x2, y2, x3, y3 = command
            outline.curveTo(left + x1, top - y1, left + x2, top - y2, left + x3, top - y3)
        else:
            outline.close()
    return outline


def _paint_pattern(canvas: Any, path: Path, pattern: Pattern, *, left: float, top: float) -> None:
    """Fill the path's outline with lines or dots; drawn as clipped strokes since a tiling pattern prints unevenly."""
    first_x, first_y, last_x, last_y = path.box()
    x0, x1 = left + first_x, left + last_x
    y0, y1 = top - last_y, top - first_y
    canvas.saveState()
    canvas.clipPath(_outline(canvas, path, left, top), stroke=0, fill=0)
    colour = red_green_blue(path.fill or path.stroke or "muted", tint=PATTERN_TINT)
    canvas.setFillAlpha(1)
    canvas.setStrokeColorRGB(*colour)
    canvas.setFillColorRGB(*colour)
    canvas.setLineWidth(PATTERN_LINE)
    canvas.setDash([])
    if pattern == "dots":
        # a row of dots is a line of strokes that have no length but round ends
        canvas.setLineCap(1)
        canvas.setLineWidth(2 * PATTERN_LINE)
        canvas.setDash([0, PATTERN_STEP])
        for row in range(int((y1 - y0) / PATTERN_STEP) + 1):
            first = x0 + (PATTERN_STEP / 2 if row % 2 else 0) + 1
            canvas.line(first, y0 + row * PATTERN_STEP + 1, x1 + PATTERN_STEP, y0 + row * PATTERN_STEP + 1)
    else:
        height = y1 - y0
        step = PATTERN_STEP * 1.25
        for number in range(int((x1 - x0 + height) / step) + 1):
            at = x0 - height + number * step
            canvas.line(at, y0, at + height, y1)
            if pattern == "cross":
                canvas.line(at, y1, at + height, y0)
    canvas.restoreState()


def _paint_text(canvas: Any, text: Text, *, left: float, top: float, printable: Printable) -> None:
    canvas.setFillColorRGB(*red_green_blue(text.role))
    canvas.setFont(BOLD if text.weight == "bold" else REGULAR, text.size)
    draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}[text.anchor]
    draw(left + text.x, top - text.y, printable(text.text))
