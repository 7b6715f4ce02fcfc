"""Paints a chart's shapes with Qt."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from desktop.charts.shapes import Drawing, Path, Text
from desktop.shell.theme import Theme

#: Fonts have whole pixels only; text is set this much larger and painted smaller, so that 7.5 points are 7.5 points.
_FINER = 8
_PATTERNS = {"hatch": Qt.BrushStyle.BDiagPattern, "dots": Qt.BrushStyle.Dense6Pattern, "cross": Qt.BrushStyle.DiagCrossPattern}


def paint_drawing(painter: QPainter, drawing: Drawing, theme: Theme, *, into: QRectF) -> None:
    """Paint a drawing as large as fits into a rectangle, in its middle."""
    if not drawing.width or not drawing.height:
        return
    scale = min(into.width() / drawing.width, into.height() / drawing.height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(into.center() - QPointF(drawing.width * scale / 2, drawing.height * scale / 2))
    painter.scale(scale, scale)
    for shape in drawing.shapes:
        if isinstance(shape, Path):
            paint_path(painter, shape, theme)
        else:
            _paint_text(painter, shape, theme)
    painter.restore()


def paint_path(painter: QPainter, shape: Path, theme: Theme) -> None:
    """Paint one outline, filled, patterned and stroked as it says."""
    path = _outline(shape)
    if shape.fill is not None:
        colour = theme.colour(shape.fill)
        pale = QColor(colour)
        pale.setAlphaF(shape.fill_opacity)
        painter.fillPath(path, pale)
        if shape.pattern is not None:
            painter.fillPath(path, QBrush(colour, _PATTERNS[shape.pattern]))
    if shape.stroke is not None:
        pen = QPen(theme.colour(shape.stroke), shape.width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if shape.dash:
            pen.setDashPattern([length / shape.width for length in shape.dash])
        painter.strokePath(path, pen)


def text_width(text: str, size: float, weight: str = "regular") -> float:
    """Measure a chart's line of text in points, for laying a chart out."""
    return QFontMetricsF(_font(size, weight)).horizontalAdvance(text) / _FINER


def _paint_text(painter: QPainter, shape: Text, theme: Theme) -> None:
    font = _font(shape.size, shape.weight)
    width = QFontMetricsF(font).horizontalAdvance(shape.text) / _FINER
    left = shape.x - {"start": 0.0, "middle": width / 2, "end": width}[shape.anchor]
    painter.save()
    painter.translate(left, shape.y)
    painter.scale(1 / _FINER, 1 / _FINER)
    painter.setFont(font)
    painter.setPen(theme.colour(shape.role))
    painter.drawText(QPointF(0, 0), shape.text)
    painter.restore()


def _font(size: float, weight: str) -> QFont:
    font = QFont("Inter")
    font.setPixelSize(max(1, round(size * _FINER)))
    font.setWeight(QFont.Weight.DemiBold if weight == "bold" else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _outline(shape: Path) -> QPainterPath:
    path = QPainterPath()
    for command in shape.commands:
        match command:
            case ("M", x, y):
                path.moveTo(x, y)
            case ("L", x, y):
                path.lineTo(x, y)
            case ("C", x1, y1, x2, y2, x, y):
                path.cubicTo(x1, y1, x2, y2, x, y)
            case _:
                path.closeSubpath()
    return path
