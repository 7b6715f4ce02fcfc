"""Write a report piece by piece; what comes out is tagged, and only then set on pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Spacer

from desktop.charts.marks import Status
from desktop.charts.shapes import Drawing
from desktop.language import NO_BREAK_SPACE
from desktop.reports import styles
from desktop.reports.blocks import CALLOUT_PADDING, GUTTER, TwoColumns, framed
from desktop.reports.contents_page import Listed, contents_lines, way_to_list
from desktop.reports.flowables import DigestLines, Figure, HeadingParagraph, SignatureBox, SignatureRow, TaggedParagraph
from desktop.reports.fonts import printable, register_fonts
from desktop.reports.keeping import KeptTogether, with_room
from desktop.reports.page import Furniture, LaidOut, lay_out
from desktop.reports.tables import Column, Size, data_table, facts_table, key_value_table, link_paragraph, status_paragraph
from desktop.reports.tagging import Element
from desktop.reports.texts import Bold, Cell, Digest, Inline, Link, StatusWord, markup
from forms.text import N_

if TYPE_CHECKING:
    from desktop.language import Language

__all__ = ["Bold", "Column", "Digest", "LaidOut", "Link", "ReportBuilder", "StatusWord"]

#: The space within a figure (50 000), before its unit (% or SEK), and after the sign for a paragraph.
_FIGURE = re.compile(r"(?<=\d) (?=\d{3}(?!\d))|(?<=\d) (?=%|[A-Z]{3}\b)|(?<=§) (?=\d)")
_HEADING_TAGS = {1: "H1", 2: "H2", 3: "H3"}


class ReportBuilder:
    """A report in one language, built from top to bottom.

    Widths are points. Every method adds one piece below what is there; ``with`` blocks (``callout``, ``columns``,
    ``keep_together``) take the pieces added inside them. Letters that the typeface lacks are replaced by words saying so,
    and listed in ``unprintable``.
    """

    def __init__(self, *, language: Language, title: str, subject: str, author: str, left: str, right: str, foot: str = "") -> None:
        register_fonts()
        self.language = language
        self.unprintable: list[str] = []
        self._title, self._subject, self._author = title, subject, author
        self._left, self._right, self._foot = left, right, foot
        self._document = Element("Document")
        self._sections: list[Element] = [self._document]
        self._element: Element = self._document
        self._flow: list[Flowable] = []
        self._story = self._flow
        self._width = styles.TEXT_WIDTH
        self._level = 0
        named = (language.text(N_("question {number}"), number=""), language.text(N_("questions {numbers}"), numbers=""))
        self._numbered = re.compile(rf"\b({'|'.join(re.escape(one.strip()) for one in named)}) (?=\d)", re.IGNORECASE)

    # -- text

    def title(self, text: str, *, subtitle: Inline | None = None) -> None:
        """Begin the report with its title, a heading of the first level."""
        self._open_section(1)
        self._add(
            HeadingParagraph(self._markup(text), styles.TITLE, self._element.add("H1"), level=1, title=self._printable(text), anchor=None)
        )
        if subtitle is not None:
            self._add(TaggedParagraph(self._markup(subtitle), self._measured(styles.SUBTITLE), self._element.add("P")))

    def heading(self, level: Literal[1, 2, 3], text: str, *, anchor: str | None = None, tight: bool = False) -> None:
        """Begin a section; it gets a bookmark, stays with what follows, and links may lead to ``#anchor``; ``tight`` saves room.

        Raises ValueError for a level that skips one, which PDF/UA forbids and a reader cannot follow.
        """
        if level > self._level + 1:
            raise ValueError(f"heading level {level} after level {self._level}")
        if self._flow is self._story:
            self._open_section(level)
        element = self._element.add(_HEADING_TAGS[level])
        style = styles.HEADING_TIGHT if tight else styles.HEADINGS[level]
        self._add(HeadingParagraph(self._markup(text), style, element, level=level, title=self._printable(text), anchor=anchor))

    def contents(self, listed: Sequence[Listed]) -> None:
        """List parts of the document with their pages under a heading, each a link; nothing for none.

        What is listed is chosen so that it takes no more than a page.
        """
        if not listed:
            return
        self._open_section(1)
        title = self._printable(self.language.text(N_("Contents")))
        heading = self._element.add("H1")
        self._add(HeadingParagraph(title, styles.HEADINGS[1], heading, level=1, title=title, anchor=None, listed=False))
        way = way_to_list(listed, width=self._width)
        lines = contents_lines(way.listed, self._element.add("TOC"))
        if way.columns == 1:
            self._flow.extend(lines)
            return
        with self.columns() as sides:
            self._flow.extend(lines[: way.in_left_column])
            sides.right()
            self._flow.extend(lines[way.in_left_column :])

    def paragraph(
        self,
        text: Inline,
        *,
        style: Literal["body", "reading", "compact", "lead", "small", "statement"] = "body",
        language: str | None = None,
    ) -> None:
        """Add running text; ``language`` is given when it is in another one than the report."""
        self._add(TaggedParagraph(self._markup(text), self._measured(styles.STYLES[style]), self._element.add("P", language=language)))

    def link(self, text: str, target: str) -> None:
        """Add a line that leads to ``#anchor`` or to an address."""
        style = styles.derived(styles.BODY, spaceAfter=styles.BODY.spaceAfter)
        self._add(link_paragraph(Link(text, target), style=style, element=self._element.add("P"), printable=self._printable))

    def status(self, status: Status, word: str) -> None:
        """Add a status on a line of its own: shape, word and colour."""
        element = self._element.add("P")
        self._add(status_paragraph(StatusWord(status, word), style=styles.BODY, element=element, printable=self._printable))

    def bullets(self, items: Sequence[Inline]) -> None:
        """Add a list in no particular order."""
        self._list(items, labels=["•"] * len(items), numbering="Disc")

    def numbered(self, items: Sequence[Inline]) -> None:
        """Add a list in an order, counted from 1."""
        self._list(items, labels=[f"{number}." for number in range(1, len(items) + 1)], numbering="Decimal")

    def _list(self, items: Sequence[Inline], *, labels: list[str], numbering: str) -> None:
        if not items:
            return
        element = self._element.add("L", attributes={"List": {"ListNumbering": numbering}})
        widest = max(styles.LIST_INDENT, styles.LIST_INDENT / 2 + 6 * max(len(label) for label in labels))
        style = self._measured(styles.derived(styles.ITEM, leftIndent=widest))
        for label, item in zip(labels, items, strict=True):
            entry = element.add("LI")
            mark = entry.add("Lbl")
            paragraph = TaggedParagraph(self._markup(item), style, entry.add("LBody"))
            paragraph.label = (label, mark)
            self._add(paragraph)
        paragraph.style = styles.derived(style, spaceAfter=styles.BODY.spaceAfter)

    # -- blocks

    def key_values(self, rows: Sequence[tuple[str, Cell]], *, key_width: float = 120.0, small: bool = False) -> None:
        """Add labelled values: a quiet label to the left, its value to the right; ``small`` where a page must not run over."""
        if rows:
            self._add(
                key_value_table(
                    rows=rows,
                    width=self._width,
                    key_width=min(key_width, self._width * 0.45),
                    parent=self._element,
                    style=styles.VALUE_SMALL if small else styles.VALUE,
                    key_style=styles.LABEL,
                    printable=self._printable,
                )
            )

    def facts(self, facts: Sequence[tuple[str, Cell]], *, widths: Sequence[float]) -> None:
        """Add labelled values side by side, each below its label; ``widths`` are shares of the whole width."""
        self._add(facts_table(facts=facts, width=self._width, shares=widths, parent=self._element, printable=self._printable))

    def digests(self, rows: Sequence[tuple[str, str]]) -> None:
        """Add SHA-256 digests, each in one line beside what it is the digest of."""
        if rows:
            self._add(
                key_value_table(
                    rows=[(label, Digest(digest)) for label, digest in rows],
                    width=self._width,
                    key_width=self._width - DigestLines.full_width(),
                    parent=self._element,
                    style=styles.DIGEST,
                    key_style=styles.DIGEST_LABEL,
                    printable=self._printable,
                )
            )

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        *,
        row_headers: bool = True,
        summary: str | None = None,
        width: float | None = None,
        size: Size = "normal",
        by_content: bool = False,
    ) -> None:
        """Add a table; it may run over pages, its header repeated.

        ``row_headers``: the first cell of a row names the row; a row whose first cell is None heads those below it and stays with
        the next. ``size``: *dense* for long records, *large* for the few rows of page one.
        ``by_content``: room goes to the columns with much in them, as far as that makes the table lower.
        """
        self._add(
            data_table(
                columns=columns,
                rows=rows,
                row_headers=row_headers,
                width=width or self._width,
                parent=self._element,
                summary=summary,
                printable=self._printable,
                size=size,
                by_content=by_content,
            )
        )

    def figure(self, drawing: Drawing) -> None:
        """Add a chart; its sentence becomes the alternative text."""
        element = self._element.add("Figure", alternative=self._printable(drawing.sentence))
        self._add(Figure(drawing, element, printable=self._printable))

    @contextmanager
    def callout(self, role: Literal["stop", "note"], title: str) -> Iterator[None]:
        """Frame what is added inside: ``stop`` in red with ■, ``note`` with a line in the accent colour."""
        outer = self._element
        self._element = outer.add("Sect")
        element = self._element.add("P")
        with self._inside(self._width - 2 * CALLOUT_PADDING) as pieces:
            if role == "stop":
                heading = status_paragraph(
                    StatusWord("high", title), style=styles.CALLOUT_TITLE, element=element, printable=self._printable
                )
            else:
                in_colour = styles.derived(styles.CALLOUT_TITLE, textColor=styles.colour("accent"))
                heading = TaggedParagraph(self._markup(title), in_colour, element)
            pieces.append(heading)
            yield
        self._element = outer
        self._add(framed(pieces, width=self._width, role=role))

    @contextmanager
    def columns(self, *, left_share: float = 0.5) -> Iterator[TwoColumns]:
        """Set what is added inside side by side: first the left column, and after ``right()`` the right one.

        The block stays on one page, so it must not be higher than a page.
        """
        left_width = (self._width - GUTTER) * left_share
        both = TwoColumns(self, left_width, self._width - GUTTER - left_width)
        width, flow = self._width, self._flow
        self._width, self._flow = left_width, both.left_pieces
        yield both
        self._width, self._flow = width, flow
        self._add(both.block())

    @contextmanager
    def keep_together(self, *, most: float = 1.0) -> Iterator[None]:
        """Keep what is added inside on one page if it takes no more than a share of one, ``most``.

        Within ``columns``, which always are on one page, it changes nothing.
        """
        nested = self._flow is not self._story
        with self._inside(self._width) as pieces:
            yield
        if nested:
            self._flow.extend(pieces)
        else:
            self._add(KeptTogether(pieces, most=most))

    def signature_fields(self, fields: Sequence[tuple[str, str, str]]) -> None:
        """Add a line to sign on for each (field, role in words, name), three side by side; nothing is signed yet."""
        boxes: list[SignatureBox] = []
        for field, role, name in fields:
            words = TaggedParagraph(self._markup(Bold(role)), styles.derived(styles.BODY, spaceAfter=0), self._element.add("P"))
            person = TaggedParagraph(self._markup(name), styles.LABEL, self._element.add("P"))
            described = self.language.text(N_("Signature field: {role}, {name}"), role=role, name=name) if name else role
            boxes.append(
                SignatureBox(
                    field=field, words=words, name=person, element=self._element.add("Form"), description=self._printable(described)
                )
            )
        for first in range(0, len(boxes), SignatureRow.ACROSS):
            self._add(SignatureRow(boxes[first : first + SignatureRow.ACROSS]))

    def space(self, points: float) -> None:
        """Leave some room; none at the top of a page."""
        self._add(Spacer(1, points))

    def page_break(self, *, unless_left: float | None = None) -> None:
        """Continue on a new page; with ``unless_left`` (points) only when less than that is left of this one."""
        self._add(PageBreak() if unless_left is None else CondPageBreak(unless_left))

    # -- the end

    def lay_out(self) -> LaidOut:
        """Set everything on pages. To be called once, since the pieces take their places in the document then."""
        furniture = Furniture(
            left=self._printable(self._left),
            right=self._printable(self._right),
            foot=self._page_number,
            foot_left=self._printable(self._foot),
        )
        return lay_out(
            with_room(self._story),
            document=self._document,
            furniture=furniture,
            language=self.language.code,
            title=self._printable(self._title),
            subject=self._printable(self._subject),
            author=self._printable(self._author),
        )

    def _page_number(self, page: int, pages: int) -> str:
        return self.language.text(N_("Page {page} of {pages}"), page=page, pages=pages)

    # -- inner workings

    def _add(self, flowable: Flowable) -> None:
        self._flow.append(flowable)

    @contextmanager
    def _inside(self, width: float) -> Iterator[list[Flowable]]:
        outer_width, outer_flow = self._width, self._flow
        self._width, self._flow = width, []
        yield self._flow
        self._width, self._flow = outer_width, outer_flow

    def _open_section(self, level: int) -> None:
        del self._sections[level:]
        self._sections.append(self._sections[-1].add("Sect"))
        self._element = self._sections[-1]
        self._level = level

    def _measured(self, style: ParagraphStyle) -> ParagraphStyle:
        return styles.derived(style, rightIndent=max(0.0, self._width - styles.MEASURE))

    def _markup(self, text: Inline) -> str:
        return markup(text, self._printable)

    def _printable(self, text: str) -> str:
        text = self._numbered.sub(rf"\1{NO_BREAK_SPACE}", _FIGURE.sub(NO_BREAK_SPACE, text))
        if self.language.code == "fr":
            text = re.sub(" (?=[:;?!»])|(?<=«) ", NO_BREAK_SPACE, text)  # so that no line begins with a colon
        return printable(text, replacement=self._say_unprintable, with_scripts=True)

    def _say_unprintable(self, script: str) -> str:
        self.unprintable.append(script)
        return self.language.text(N_("[text in {script} script, not printed]"), script=script)
