"""One template: as the form it becomes, its rules, its versions, a trial of it; and its life here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.library.approve_form import ApproveTemplate
from desktop.library.reader import Reader
from desktop.library.shown import Shown, View, write_view
from desktop.operations import template_files, templates
from desktop.operations.change import Change
from desktop.operations.templates import TemplatePage
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.template_words import language_name
from desktop.widgets.button import button
from desktop.widgets.card import Notice
from desktop.widgets.fields import Choice, Segments
from desktop.widgets.flow_row import FlowRow
from desktop.widgets.page import Page, clear
from desktop.widgets.status_mark import StatusMark
from desktop.words import SCOPES, word
from forms.errors import GedigenError
from forms.template import Template
from forms.text import N_
from forms.trial import Trial, try_out

VIEWS: tuple[tuple[View, str], ...] = (
    ("form", N_("As a form")),
    ("rules", N_("Method and rules")),
    ("versions", N_("Versions")),
    ("trial", N_("Trial")),
)


class TemplateRoom(Room):
    """A template of the library, or one that is only a file yet: looked through and tried before it is taken in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._shown: Shown | None = None
        self._view: View = "form"
        self._trials: dict[tuple[str, str], Trial] = {}
        self._page = Page(theme, "", widest=1100)
        self._page.body.setSpacing(theme.px(10))
        self._slot = QVBoxLayout()
        self._tools = QWidget()
        self._tools.setProperty("surface", "ground")
        tools = QVBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(theme.px(10))
        self._actions, self._choosers = FlowRow(gap=theme.px(8)), FlowRow(gap=theme.px(24))
        tools.addLayout(self._actions)
        tools.addLayout(self._choosers)
        self._reader = Reader(theme, name="template.text", title=self.text("The template"), grows=True)
        self._page.body.addLayout(self._slot)
        self._page.body.addWidget(self._tools)
        self._page.body.addWidget(self._reader)
        self._page.column.setStretch(self._page.column.count() - 1, 1)  # a short text leaves its room below, not between
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self._shown.name(self.desk.language) if self._shown is not None else self.text("Template")

    def show_place(self, place: Place) -> None:
        if place != self.place:
            self._shown, self._view = None, "form"
        super().show_place(place)
        file = place.file
        if file is not None:
            self.render_apart(lambda: template_files.read_file(file), self._show_file, failed=self._refuse_file)
        elif place.template:
            self.load(lambda: templates.page(template_id=place.template, version=place.version), self._show_page)

    def change_happened(self, change: Change) -> None:
        if change.what.startswith("template."):
            super().change_happened(change)

    def commands(self) -> tuple[Command, ...]:
        if self._shown is None:
            return ()
        can = self._shown.acts(self.desk.person)
        return (
            Command("template.form", self.text("Save the empty form as PDF"), self._save_form, "F"),
            Command("template.workbook", self.text("Save as a workbook (.xlsx)"), self._save_workbook, "X"),
            Command("template.yaml", self.text("Save as YAML"), self._save_yaml, "Y"),
            Command("template.trial", self.text("Try it on generated answers"), partial(self._look_at, "trial"), "T"),
            Command("template.next", self.text("Next section"), partial(self._step, 1), "Alt+Down", enabled=self._view == "form"),
            Command("template.before", self.text("Section before"), partial(self._step, -1), "Alt+Up", enabled=self._view == "form"),
            Command("template.take_in", self.text("Take it into the library"), self._take_in, enabled="take_in" in can),
            Command("template.approve", self.text("Approve for use here"), self._approve, enabled="approve" in can),
        )

    # -- what is shown

    def _show_page(self, page: TemplatePage) -> None:
        self._show(Shown.of_page(page, self._shown, self.desk.language.code))

    def _show_file(self, template: Template) -> None:
        self._show(Shown.of_file(template, self._shown, self.desk.language.code))

    def _show(self, shown: Shown) -> None:
        was_empty, self._shown = self._shown is None, shown
        self._close_form()
        self._page.say_title(shown.name(self.desk.language))
        self._offer_acts(shown)
        self._offer_choices(shown)
        self._write()
        if was_empty:
            self._to_top()
            self._reader.setFocus()
        self.desk.commands_changed.emit()

    def _to_top(self) -> None:
        if self._page.area is not None:
            self._page.area.verticalScrollBar().setValue(0)

    def _refuse_file(self, error: GedigenError) -> None:
        """Say what is wrong in the file, which can be mended in its own program and read again."""
        self._shown = None
        theme, file = self.desk.theme, self.place.file
        self._page.say_title(file.name if file is not None else "")
        for layout in (self._slot, self._actions, self._choosers):
            clear(layout)
        self._slot.addWidget(Notice(theme, self.desk.language.error(error), tone="warning"))
        again = button(theme, self.text("Read the file again"), self._read_again, name="template.again", kind="primary", icon="refresh-cw")
        self._actions.addWidget(again)
        self._actions.addWidget(button(theme, self.text("To the library"), self._to_library, name="template.library"))
        self._reader.hide()
        again.setFocus()

    def _offer_acts(self, shown: Shown) -> None:
        clear(self._actions)
        theme, text, can = self.desk.theme, self.text, shown.acts(self.desk.person)
        standing = shown.standing(self.desk.language)
        self._actions.addWidget(StatusMark(theme, standing))
        acts: tuple[tuple[str, str, Callable[[], object], str, str], ...] = (
            ("take_in", text("Take it into the library"), self._take_in, "plus", "primary"),
            ("again", text("Read the file again"), self._read_again, "refresh-cw", "plain"),
            ("approve", text("Approve…"), self._approve, "check", "plain"),
            ("form", text("Empty form"), self._save_form, "printer", "plain"),
            ("workbook", text("Workbook"), self._save_workbook, "download", "plain"),
            ("yaml", text("YAML"), self._save_yaml, "download", "plain"),
            ("switch_off", text("Switch off"), partial(self._switch, on=False), "", "quiet"),
            ("switch_on", text("Switch on"), partial(self._switch, on=True), "", "plain"),
        )
        always = {"form", "workbook", "yaml"}
        for name, words, press, icon, kind in acts:
            if name in can or name in always:
                self._actions.addWidget(button(theme, words, press, name=f"template.{name}", kind=kind, icon=icon))

    def _offer_choices(self, shown: Shown) -> None:
        clear(self._choosers)
        theme, text, language = self.desk.theme, self.text, self.desk.language
        views = [(view, text(words)) for view, words in VIEWS if view != "versions" or shown.page is not None]
        segments = Segments(theme, views, name="template.view", title=text("What to look at"), current=self._view)
        segments.chosen.connect(self._look_at)
        self._choosers.addWidget(segments)
        template = shown.template
        if len(template.scopes) > 1:
            scopes = [(scope, word(SCOPES, scope, language)) for scope in template.scopes]
            scope = Segments(theme, scopes, name="template.scope", title=text("Scope"), current=shown.scope)
            scope.chosen.connect(lambda key: self._turn_to(scope=str(key)))
            self._choosers.addWidget(scope)
        if len(template.languages) > 1:
            codes = [(code, language_name(code, language)) for code in template.languages]
            spoken = Segments(theme, codes, name="template.language", title=text("Language of the template"), current=shown.code)
            spoken.chosen.connect(lambda key: self._turn_to(code=str(key)))
            self._choosers.addWidget(spoken)
        if self._view == "form":
            sections = Choice(list(shown.sections()), current=shown.section)
            sections.setAccessibleName(text("Section"))
            sections.setAccessibleIdentifier("template.section")
            sections.chosen.connect(lambda key: self._turn_to(section=str(key)))
            self._choosers.addWidget(sections)

    def _write(self) -> None:
        shown, language = self._shown, self.desk.language
        if shown is None:
            return
        paper = self._reader.paper()
        trial = self._trials.get((shown.template.hash, shown.scope))
        if self._view == "trial" and trial is None:
            paper.say(self.text("Answering and adding up …"), kind="muted")
            template, scope = shown.template, shown.scope
            self.render_apart(lambda: try_out(template, scope=scope), partial(self._tried, template.hash))
        else:
            write_view(paper, shown, self._view, trial=trial, language=language)
        self._reader.show_paper(paper)

    def _tried(self, sha256: str, trial: Trial) -> None:
        self._trials[sha256, trial.scope] = trial
        if self._shown is not None and self._view == "trial" and (self._shown.template.hash, self._shown.scope) == (sha256, trial.scope):
            self._write()

    def _look_at(self, view: object) -> None:
        for known, _ in VIEWS:
            if known == view and self._shown is not None:
                self._view = known
                self._offer_choices(self._shown)
                self._write()
                self._reader.setFocus()
                self.desk.commands_changed.emit()

    def _turn_to(self, *, scope: str = "", code: str = "", section: str = "") -> None:
        if self._shown is not None:
            self._shown = self._shown.turned(scope=scope, code=code, section=section)
            if not section:
                self._offer_choices(self._shown)
            self._write()

    def _step(self, by: int) -> None:
        if self._shown is not None and self._view == "form":
            self._shown = self._shown.stepped(by)
            self._offer_choices(self._shown)
            self._write()
            self._to_top()
            self._reader.setFocus()

    # -- acts

    def _take_in(self) -> None:
        shown, file = self._shown, self.place.file
        if shown is None or file is None or "take_in" not in shown.acts(self.desk.person):
            return
        template, desk = shown.template, self.desk

        def taken(_: Change) -> None:
            desk.note(self.text("Taken into the library. It is offered for assessments when it has been approved."))
            desk.go(Place("template", template=template.id, version=template.version))

        self.run(lambda: templates.take_in(actor=desk.actor(), template=template, file=file), taken)

    def _approve(self) -> None:
        shown = self._shown
        if shown is None or "approve" not in shown.acts(self.desk.person):
            return
        clear(self._slot)
        form = ApproveTemplate(self, shown.template, approved=self._approved, gave_up=self._close_form)
        self._slot.addWidget(form)
        self._reader.hide()
        self._tools.hide()
        self._to_top()
        form.setFocus()

    def _approved(self) -> None:
        self.desk.note(self.text("Approved for use here."))

    def _close_form(self) -> None:
        """Show the template again; called also when there was no form."""
        was_open = self._slot.count() > 0
        clear(self._slot)
        self._tools.show()
        self._reader.show()
        if was_open:
            self._reader.setFocus()

    def _switch(self, *, on: bool) -> None:
        desk, template = self.desk, self.place.template
        done = self.text("Switched on: new assessments can use it.") if on else self.text("Switched off: what has begun goes on with it.")
        self.run(lambda: templates.switch(actor=desk.actor(), template_id=template, on=on), lambda _: desk.note(done))

    def _save_form(self) -> None:
        shown = self._shown
        if shown is not None:
            template, scope, code = shown.template, shown.scope, shown.code
            name = template_files.file_name(template, scope, code, suffix=".pdf")
            self._save(name, "PDF (*.pdf)", lambda path: template_files.write_form(template=template, scope=scope, code=code, path=path))

    def _save_workbook(self) -> None:
        shown, language = self._shown, self.desk.language
        if shown is not None:
            template = shown.template
            name = template_files.file_name(template, suffix=".xlsx")
            write = lambda path: template_files.write_workbook(template=template, path=path, language=language)  # noqa: E731
            self._save(name, "Excel (*.xlsx)", write)

    def _save_yaml(self) -> None:
        shown = self._shown
        if shown is not None:
            template = shown.template
            name = template_files.file_name(template, suffix=".yaml")
            self._save(name, "YAML (*.yaml)", lambda path: template_files.write_yaml(template=template, path=path))

    def _save(self, name: str, kinds: str, write: Callable[[Path], None]) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.text("Save"), str(Path.home() / name), kinds)
        if chosen:
            path = Path(chosen)
            self.render_apart(lambda: write(path), lambda _: self.desk.note(self.text("Saved as {file}.", file=str(path))))

    def _read_again(self) -> None:
        self.show_place(self.place)

    def _to_library(self) -> None:
        self.desk.go(Place("library"))
