"""The form by which somebody approves a template for use in the organisation."""

from __future__ import annotations

from collections.abc import Callable

from desktop.operations import templates
from desktop.settings.inline_form import InlineForm
from desktop.shell.room import Room
from desktop.widgets.fields import text_line
from forms.template import Template


class ApproveTemplate(InlineForm):
    """Calls ``approved()`` or ``gave_up()``. The act is the person's own: the passphrase is asked for unless it has been given."""

    def __init__(self, room: Room, template: Template, *, approved: Callable[[], None], gave_up: Callable[[], None]) -> None:
        text = room.text
        about = text("You approve this very content. A changed template has another hash and needs an approval of its own.")
        title = text("Approve version {version} for use here", version=template.version)
        super().__init__(room, title, about, name="approve", gave_up=gave_up)
        self._template, self._approved = template, approved
        self._note = text_line()
        hint = text("Minutes and paragraph, or a word on why. May be left empty.")
        self.form.add(text("Where it was decided"), self._note, name="approve.note", hint=hint)
        self.finish(text("Approve the template"), self._approve)
        self.setFocusProxy(self._note)

    def _approve(self) -> None:
        desk, template, note = self.room.desk, self._template, self._note.text()
        self.go.setEnabled(False)
        self.room.run(
            lambda: templates.approve(actor=desk.actor(), template=template, note=note),
            lambda _: self._approved(),
            failed=lambda error: self.refuse(self._note, error),
        )
