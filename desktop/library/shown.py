"""What the template's page shows: which template, scope, language and section, and each view of it written out. Without Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from desktop.language import Language
from desktop.library.paper import Paper
from desktop.library.preview import section_anchors, write_section
from desktop.library.rules import write_rules
from desktop.library.state import acts_of, file_facts, page_state, version_rows
from desktop.library.trial_words import write_trial
from desktop.operations.templates import TemplatePage
from desktop.words import Mark
from forms.template import Template
from forms.text import N_, in_language
from forms.trial import Trial
from models.identity import PersonCard
from models.template_acts import ROLES

View = Literal["form", "rules", "versions", "trial"]


@dataclass(frozen=True)
class Shown:
    """A template being looked at; ``page`` is ``None`` while it is only a file."""

    template: Template
    page: TemplatePage | None
    scope: str
    code: str
    section: str

    @classmethod
    def of_page(cls, page: TemplatePage, before: Shown | None, spoken: str) -> Shown:
        """Show a template of the library, at the scope, language and section that were looked at before if it has them."""
        return cls._of(page.template, page, before, spoken)

    @classmethod
    def of_file(cls, template: Template, before: Shown | None, spoken: str) -> Shown:
        """Show a template that has been read from a file."""
        return cls._of(template, None, before, spoken)

    @classmethod
    def _of(cls, template: Template, page: TemplatePage | None, before: Shown | None, spoken: str) -> Shown:
        scope = before.scope if before is not None and before.scope in template.scopes else template.scopes[0]
        code = spoken if spoken in template.languages else template.languages[0]
        if before is not None and before.code in template.languages:
            code = before.code
        made = cls(template, page, scope, code, before.section if before is not None else "")
        return made.turned()

    def turned(self, *, scope: str = "", code: str = "", section: str = "") -> Shown:
        """Look at another scope, language or section; a section that asks nothing there gives way to the first that does."""
        turned = replace(self, scope=scope or self.scope, code=code or self.code, section=section or self.section)
        sections = [id_ for id_, _ in turned.sections()]
        return turned if turned.section in sections else replace(turned, section=sections[0] if sections else "")

    def stepped(self, by: int) -> Shown:
        """Look at the next section or the one before; at either end nothing changes."""
        sections = [id_ for id_, _ in self.sections()]
        place = sections.index(self.section) + by if self.section in sections else 0
        return replace(self, section=sections[place]) if 0 <= place < len(sections) else self

    def sections(self) -> tuple[tuple[str, str], ...]:
        """Give the sections that ask something in the scope: id and title."""
        return section_anchors(self.template, self.scope, self.code)

    def name(self, language: Language) -> str:
        """Name the template in the reader's language."""
        return in_language(self.template.name, language.code)

    def standing(self, language: Language) -> Mark:
        """Say whether it is in use."""
        if self.page is None:
            return Mark("moderate", language.text(N_("Not in the library yet")))
        return page_state(self.page, language).standing

    def acts(self, me: PersonCard | None) -> frozenset[str]:
        """Name what the one who looks may do: take_in, again, approve, switch_off, switch_on."""
        if self.page is None:
            may = me is not None and not me.roles.isdisjoint(ROLES)
            return frozenset({"again", "take_in"} if may else {"again"})
        return acts_of(self.page, me)


def write_view(paper: Paper, shown: Shown, view: View, *, trial: Trial | None, language: Language) -> None:
    """Write what one view of a template shows."""
    template, code = shown.template, shown.code
    if view == "rules":
        write_rules(paper, template, code=code, language=language)
    elif view == "trial" and trial is not None:
        write_trial(paper, template, trial, code=code, language=language)
    elif view == "versions" and shown.page is not None:
        headings = [language.text(one) for one in (N_("Version"), N_("From"), N_("Approved"), N_("Assessments"), N_("Where it stands"))]
        paper.heading(2, language.text(N_("Versions")))
        paper.table(headings, version_rows(shown.page.entry, language))
        paper.say(
            language.text(N_("An assessment keeps the version it began with until somebody takes the step to a newer one.")), kind="muted"
        )
    elif view == "form":
        if shown.sections() and shown.section == shown.sections()[0][0]:
            _write_head(paper, shown, language)
        write_section(paper, template, section=shown.section, scope=shown.scope, code=code, language=language)


def _write_head(paper: Paper, shown: Shown, language: Language) -> None:
    """Write before the first section what the template is for and where it stands."""
    if shown.page is None:
        said = N_("This template is only a file yet. Look it through, try it on generated answers, and then take it into the library.")
        paper.say(language.text(said), kind="strong")
        facts = file_facts(shown.template, language)
    else:
        state = page_state(shown.page, language)
        facts = state.facts
        for warning in state.warnings:
            paper.say(warning, kind="warning")
    paper.say(in_language(shown.template.purpose, shown.code))
    for fact in facts:
        paper.say(fact, kind="muted")
