"""What a signature looks like on the page: name, role and time, in the report's own typeface."""

from __future__ import annotations

import io
from typing import Any

from pyhanko.pdf_utils.font.api import FontEngineFactory
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.stamp import TextStampStyle

from desktop.reports.fonts import printable, subset_for

_SIZE = 9
_LEADING = 12  # whole: pyHanko counts in fractions


class _SmallFont(FontEngineFactory):
    """Hands pyHanko the typeface cut down to the letters in use; with the whole one each signature takes four times as long."""

    def __init__(self, text: str) -> None:
        self._face = subset_for(text)

    def create_font_engine(self, writer: Any, obj_stream: Any = None) -> GlyphAccumulator:
        """Make the font within the file being signed."""
        if obj_stream is None and writer.stream_xrefs:
            obj_stream = writer.prepare_object_stream()
        return GlyphAccumulator(writer=writer, font_handle=io.BytesIO(self._face), font_size=_SIZE, obj_stream=obj_stream)


def stamp_style(lines: list[str]) -> tuple[TextStampStyle, dict[str, str]]:
    """Give the style of a stamp with these lines, and the parameters that pyHanko fills it with.

    The lines are passed as a parameter since pyHanko reads a percent sign in the template as a place to fill. A letter
    without a glyph becomes "?": the full name stands printed beside the field and in the certificate.
    """
    text = "\n".join(printable(line, replacement=lambda _: "?").replace("\n", " ") for line in lines)
    style = TextStampStyle(
        stamp_text="%(lines)s",
        border_width=0,
        background=None,
        text_box_style=TextBoxStyle(
            font=_SmallFont(text),
            font_size=_SIZE,
            leading=_LEADING,
            box_layout_rule=SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MIN, margins=Margins(0, 0, 0, 0)),
        ),
        inner_content_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MIN,
            y_align=AxisAlignment.ALIGN_MIN,
            margins=Margins(left=2, right=2, top=1, bottom=3),
            inner_content_scaling=InnerScaling.SHRINK_TO_FIT,
        ),
    )
    return style, {"lines": text}
