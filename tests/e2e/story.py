"""What a person does in Gedigen, by keys alone: the words of the end-to-end stories.

Every act is a real key press; the accessibility bus is only read, to wait until the screen says that something has happened. Nothing
waits for time to pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.e2e.driver import HIDDEN, Element, Program, wait


class Story:
    """A person at the keyboard of one running program."""

    def __init__(self, program: Program) -> None:
        self.program = program

    # Finding one's way

    def see(self, *, ident: str = "", name: str = "", role: str = "") -> Element:
        """Wait until something is on the screen."""
        return self.program.find(ident=ident, name=name, role=role)

    def sees(self, ident: str) -> bool:
        """Tell whether something is on the screen now."""
        return bool(self.program.find_all(ident=ident))

    def reads(self, words: str, *, ident: str = "") -> Element:
        """Wait until these words stand somewhere, or in that place."""

        def found() -> Element | None:
            places = self.program.find_all(ident=ident)
            return next((one for one in places if words in one.name or words in one.value), None)

        try:
            return wait(f"the words {words!r} {ident}", found)
        except AssertionError as never:
            raise AssertionError(f"{never} in:\n{self.program.window().tree()}") from None

    def room(self, title: str) -> None:
        """Wait until a room of that title is on the screen."""
        self.program.window(f"{title} · ")

    def command(self, words: str) -> None:
        """Do something through Ctrl+K: type its words and press Enter. Pop-ups are not on the accessibility bus; what comes of it is."""
        self.program.keys("ctrl+k")
        self.program.type(words)
        self.program.keys("Return")

    def press(self, ident: str) -> None:
        """Go to a button by Tab and press it."""
        button = self.see(ident=ident)
        self.tab_to(button)
        wait(f"{button} to be enabled", lambda: button.is_("enabled"))
        self.program.keys("space")

    def tab_to(self, element: Element) -> None:
        """Go to something by Tab."""
        self.program.activate()
        element.tab_to()

    # Forms

    def fill(self, fields: Mapping[str, str]) -> None:
        """Go through a form by Tab and type into each field, in the order given."""
        for ident, text in fields.items():
            field = self.see(ident=ident)
            self.tab_to(field)
            self.program.keys("ctrl+a")
            self.program.type(text)
            wait(f"{text!r} in {field}", lambda field=field, text=text: _shows(field.value, text))

    def choose(self, ident: str, words: str) -> None:
        """Go to a list of choices by Tab and walk down it to the one that begins so. Typing would end at a space, which opens the list."""
        choice = self.see(ident=ident)
        self.tab_to(choice)
        self.program.keys("Home")
        for _ in range(30):
            before = choice.name
            if before.startswith(words):
                return
            self.program.keys("Down")
            wait(f"the choice after {before!r}", lambda before=before: choice.name != before)
        raise AssertionError(f"{choice} offers no {words!r}")

    def search_and_choose(self, ident: str, words: str) -> None:
        """Go to a list that can be searched, type, and take what is found."""
        choice = self.see(ident=ident)
        self.tab_to(choice)
        self.program.keys("ctrl+a")
        self.program.type(words)
        self.program.keys("Down", "Return")
        wait(f"{words!r} to be chosen", lambda: choice.name == words or choice.value == words)

    def tick(self, ident: str, *, on: bool = True) -> None:
        """Go to a box by Tab and tick it."""
        box = self.see(ident=ident)
        self.tab_to(box)
        if box.is_("checked") != on:
            self.program.keys("space")
            wait(f"{box} to be {'ticked' if on else 'empty'}", lambda: box.is_("checked") == on)

    def give_passphrase(self, passphrase: str, *, person: str = "", right: bool = True) -> None:
        """Answer the dialog that asks who one is; a wrong passphrase is said to be wrong and asked for again."""
        secret = self.see(ident="unlock.passphrase")
        if person:
            self.choose("unlock.person", person)
        self.tab_to(secret)
        self.program.keys("ctrl+a")
        self.program.type(passphrase)
        wait("the passphrase", lambda: len(secret.value) == len(passphrase))
        self.program.keys("Return")
        if right:
            wait("the dialog to be gone", lambda: not self.sees("unlock.passphrase"))
        else:
            self.reads("The passphrase is not right.")

    def become(self, person: str, passphrase: str) -> None:
        """Let another person work here."""
        self.program.keys("ctrl+shift+p")
        self.give_passphrase(passphrase, person=person)
        self.see(ident="nav.person", name=f"{person}, person menu")

    # First run, people, partners

    def create_vault(self, folder: Path, *, organisation: str, name: str, passphrase: str) -> None:
        """From the first screen to Home."""
        self.press("start.create")
        self.fill(
            {
                "create.organisation": organisation,
                "create.name": name,
                "create.folder": str(folder),
                "create.passphrase": passphrase,
                "create.again": passphrase,
            }
        )
        self.program.keys("Return")
        self.room("Home")

    def add_person(self, *, name: str, roles: Iterable[str], passphrase: str, own_passphrase: str) -> None:
        """As administrator, in Settings."""
        self.program.keys("ctrl+comma")
        self.room("Settings")
        self.command("Add a person")
        self.see(ident="person.name").becomes(state="focused")
        self.fill({"person.name": name})
        for role in roles:
            self.tick(f"person.role.{role}")
        self.fill({"person.passphrase": passphrase, "person.again": passphrase, "person.mine": own_passphrase})
        self.press("person.add")
        wait("the form to be gone", lambda: not self.sees("person.name"))
        self.see(role="label", name=name)

    def begin_partner(self, name: str, *, country: str) -> None:
        """Fill in what must be known of a partner."""
        self.program.keys("ctrl+2")
        self.room("Partners")
        self.program.keys("n")
        self.room("Register a partner")
        self.see(ident="partner.name").becomes(state="focused")
        self.fill({"partner.name": name})
        self.search_and_choose("partner.country", country)

    def register_partner(self, name: str, *, country: str, legal_form: str) -> None:
        """Register a partner with what must be known at the beginning."""
        self.begin_partner(name, country=country)
        self.fill({"partner.legal_form": legal_form})
        self.program.keys("ctrl+Return")
        self.room(name)

    def add_project(self, *, title: str, amount: str, starts: str, ends: str) -> None:
        """Add a project to the partner on the screen."""
        self.program.keys("p")
        self.see(ident="project.title").becomes(state="focused")
        self.fill({"project.title": title, "project.amount": amount, "project.starts": starts, "project.ends": ends})
        self.program.keys("ctrl+Return")
        self.reads(title)
        self.see(ident="partner.first")

    def start_assessment(self, why: str) -> None:
        """Start a light assessment of the partner on the screen, and say why it is no more, which the rule proposes."""
        self.program.keys("n")
        self.room("New assessment")
        self.press("new.scope.light")
        self.fill({"new.reason": why})
        self.program.keys("ctrl+Return")
        self.see(ident="assessment.question").becomes(state="focused")

    def find_partner(self, name: str) -> None:
        """Search the list of partners and open the one that is found."""
        self.program.keys("ctrl+2")
        self.room("Partners")
        self.see(ident="partners.search")
        self.program.keys("ctrl+f")
        self.see(ident="partners.search").becomes(state="focused")
        self.program.type(name)
        self.program.keys("Return")
        self.room(name)

    def open_first_assessment(self) -> None:
        """Open the assessment at the top of the partner's page."""
        self.see(ident="partner.assessments").becomes(state="focused")
        self.program.keys("Return")
        self.see(ident="assessment.question")


def _shows(value: str, text: str) -> bool:
    """Tell whether a field holds a text; of a hidden one only the length can be seen. A number may stand there grouped."""
    return value == text or (len(value) == len(text) and not value.strip(HIDDEN))
