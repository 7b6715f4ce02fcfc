"""What can be chosen in the report's room: the kind, what a partner's version shows, by when it is answered, and the form for archives."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.report.state import Kind, ReportState, Wanted
from desktop.reports.chosen import Ticks
from desktop.shell.desk import Desk
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import Segments, check
from desktop.widgets.flow_row import flow
from desktop.widgets.text import label


class KindChoice(QWidget):
    """Says ``changed()`` when something else is chosen, and ``spoken(code)`` for another language; ``wanted`` gives all of it.

    ``tools`` stand at its foot, right above the pages.
    """

    changed = Signal()
    spoken = Signal(str)

    def __init__(self, desk: Desk, tools: QWidget) -> None:
        super().__init__()
        self._desk = desk
        theme, text = desk.theme, desk.language.text
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._kinds: Segments | None = None
        self._languages: Segments | None = None
        self._offered: tuple[object, object] = ((), ())
        self.archive = check(text("For archives that refuse attachments (PDF/A-2a)"), name="report.archive", changed=self._said)
        self._comments = check(text("Show our comments"), name="report.show.comments", changed=self._said)
        self._judged = check(text("Show the judged rating"), name="report.show.judged", changed=self._said)
        self._risks = check(text("Show the risks"), name="report.show.risks", changed=self._said)
        self._reply = QWidget()
        reply = QHBoxLayout(self._reply)
        reply.setContentsMargins(0, 0, 0, 0)
        reply.setSpacing(theme.px(8))
        reply.addWidget(label(text("Reply by"), "muted"))
        self._by = DateField(theme, desk.language)
        self._by.setAccessibleName(text("Reply by"))
        self._by.setAccessibleIdentifier("report.reply_by")
        self._by.changed.connect(self._said)
        reply.addWidget(self._by)
        self._row = QWidget()
        self._partner = flow([self._comments, self._judged, self._risks, self._reply], gap=theme.px(14))
        self._purpose = label("", "muted", wrap=True, name="report.purpose")
        self._column.addWidget(self._row)
        self._column.addWidget(self._purpose)
        self._column.addWidget(self._partner)
        self._column.addWidget(flow([self.archive, tools], gap=theme.px(14), ends=True))
        self._partner.hide()

    def show_state(self, state: ReportState) -> None:
        """Offer what there is to choose for this case, and show what is chosen."""
        if (state.kinds, state.languages) != self._offered:
            self._offered = (state.kinds, state.languages)
            self._offer(state)
        if self._kinds is not None:
            self._kinds.show_key(state.kind)
        if self._languages is not None:
            self._languages.show_key(state.language)
        self._purpose.setText(state.purpose)
        self.archive.setVisible(state.offers_archive)
        self._partner.setVisible(state.kind == "partner")
        self._reply.setVisible(state.is_draft)

    def _offer(self, state: ReportState) -> None:
        theme, text = self._desk.theme, self._desk.language.text
        self._kinds = Segments(theme, state.kinds, name="report.kind", title=text("Kind of document"), current=state.kind)
        self._kinds.chosen.connect(lambda _key: self.changed.emit())
        self._languages = None
        parts: list[QWidget] = [self._kinds]
        if len(state.languages) > 1:
            title = text("Language of the report")
            self._languages = Segments(theme, state.languages, name="report.language", title=title, current=state.language)
            self._languages.chosen.connect(lambda code: self.spoken.emit(str(code)))
            parts.append(self._languages)
        row = flow(parts, gap=theme.px(14), ends=True)
        self._column.replaceWidget(self._row, row)
        self._row.hide()
        self._row.deleteLater()
        self._row = row

    def choose(self, kind: Kind) -> None:
        """Choose a kind as if it had been pressed."""
        if self._kinds is not None:
            self._kinds.show_key(kind)
            self.changed.emit()

    def clear(self) -> None:
        """Forget what was chosen: another case is looked at."""
        for box in (self.archive, self._comments, self._judged, self._risks):
            box.blockSignals(True)
            box.setChecked(False)
            box.blockSignals(False)
        self._by.show_day(None)
        if self._kinds is not None:
            self._kinds.show_key("full")

    def wanted(self, language: str) -> Wanted:
        """Give all that is chosen, in a language."""
        kind = self._kinds.key if self._kinds is not None else "full"
        ticks = Ticks(self._comments.isChecked(), self._judged.isChecked(), self._risks.isChecked())
        chosen: Kind = kind if kind in ("board", "partner", "public") else "full"
        return Wanted(language, chosen, self.archive.isChecked(), ticks, self._by.day)

    def _said(self, _value: object = None) -> None:
        self.changed.emit()
