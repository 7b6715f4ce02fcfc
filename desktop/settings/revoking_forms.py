"""The forms that take a certificate out of use: revoke it, give a new key, let a person leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time

from desktop.operations import certificates, vaults
from desktop.settings.certificate_state import OWN_KEY_REASONS, REASONS, REPLACE_REASONS, CertificateLine, revoking_said
from desktop.settings.inline_form import InlineForm
from desktop.settings.new_passphrase import NewPassphrase
from desktop.settings.state import PersonLine
from desktop.shell.room import Room
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import Choice, text_line
from forms.errors import GedigenError
from models.errors import PassphraseRefused, WrongPassphrase
from models.identity import PersonCard


class _Why:
    """The rows that say why a certificate is revoked, and since when."""

    def __init__(self, form: InlineForm, room: Room, reasons: Mapping[str, str], *, name: str) -> None:
        desk, text = room.desk, room.text
        self._text = text
        self.choice = Choice([(key, text(words)) for key, words in reasons.items()], current=next(iter(reasons)))
        form.form.add(text("Why"), self.choice, name=f"{name}.reason")
        self.day = DateField(desk.theme, desk.language, day=today())
        hint = text("From this day on the certificate no longer counts. If the key may be known since earlier, give that day.")
        form.form.add(text("Since"), self.day, name=f"{name}.since", hint=hint, buddy=self.day)

    def problems(self) -> tuple[tuple[Choice | DateField, str, bool], ...]:
        day = self.day.day
        return (
            (self.choice, self._text("Choose why."), self.choice.key is None),
            (self.day, self._text("Enter a day that has come, such as today."), day is None or day > today()),
        )

    @property
    def since(self) -> datetime | None:
        """The beginning of the day in UTC; ``None`` for today, which means now."""
        day = self.day.day
        if day is None or day >= today():
            return None
        return datetime.combine(day, time.min).astimezone(UTC).replace(tzinfo=None)


class RevokeCertificate(InlineForm):
    """Calls ``revoked()`` or ``gave_up()``."""

    def __init__(
        self, room: Room, one: PersonLine, shown: CertificateLine, *, revoked: Callable[[], None], gave_up: Callable[[], None]
    ) -> None:
        text = room.text
        about = revoking_said(shown, name=one.name, language=room.desk.language)
        super().__init__(room, text("Revoke a certificate of {name}", name=one.name), about, name="revoke", gave_up=gave_up)
        self._one, self._shown, self._revoked = one, shown, revoked
        self._why = _Why(self, room, REASONS if shown.purpose == "acts" else OWN_KEY_REASONS, name="revoke")
        self._mine = text_line(secret=True)
        self.form.add(text("Your passphrase"), self._mine, name="revoke.mine", hint=text("Yours, as administrator: it signs the list."))
        self.finish(text("Revoke the certificate"), self._revoke)
        self.setFocusProxy(self._why.choice)

    def _revoke(self) -> None:
        desk, mine, reason, since = self.room.desk, self._mine.text(), self._why.choice.key, self._why.since
        if self.refused_here([*self._why.problems(), (self._mine, self.room.text("Enter your passphrase."), not mine)]):
            return
        self.go.setEnabled(False)
        self.room.run(
            lambda: certificates.revoke_certificate(
                by=desk.actor(),
                administrator_passphrase=mine,
                person_id=self._one.id,
                certificate_sha256=self._shown.fingerprint,
                reason=reason,
                since=since,
            ),
            lambda _: self._revoked(),
            failed=lambda error: self.refuse(self._mine if isinstance(error, WrongPassphrase) else self._why.choice, error),
        )


class ReplaceKey(InlineForm):
    """Calls ``replaced(person)`` or ``gave_up()``."""

    def __init__(
        self, room: Room, one: PersonLine, *, own: bool, replaced: Callable[[PersonCard], None], gave_up: Callable[[], None]
    ) -> None:
        desk, text = room.desk, room.text
        about = text(
            "{name} gets a new passphrase, key and certificate. The old certificate is revoked; what it signed can still be checked.",
            name=one.name,
        )
        if "administrator" in one.roles and not own:
            then = text("{name} is then no longer administrator until the role is given again.", name=one.name)
            about = f"{about} {then}"
        super().__init__(room, text("Give {name} a new key", name=one.name), about, name="replace", gave_up=gave_up)
        self._one, self._replaced = one, replaced
        self._why = _Why(self, room, REPLACE_REASONS, name="replace")
        self._new = NewPassphrase(
            self.form,
            desk.theme,
            desk.language,
            name="replace",
            title=text("The new passphrase"),
            again=text("The new passphrase once more"),
            hint=text("The person types this, and nobody else sees it: four or five words."),
        )
        self._mine = text_line(secret=True)
        mine = text("Yours, as administrator: it signs the certificate.")
        self.form.add(text("Your passphrase"), self._mine, name="replace.mine", hint=mine)
        self.finish(text("Give a new key"), self._replace)
        self.setFocusProxy(self._why.choice)

    def _replace(self) -> None:
        desk, mine, new, reason, since = self.room.desk, self._mine.text(), self._new.text, self._why.choice.key, self._why.since
        missing = (self._mine, self.room.text("Enter your passphrase."), not mine)
        if self.refused_here([*self._why.problems(), *self._new.problems(), missing]):
            return
        self.go.setEnabled(False)
        self.room.run(
            lambda: vaults.replace_key(
                by=desk.actor(), administrator_passphrase=mine, person_id=self._one.id, passphrase=new, reason=reason, since=since
            ),
            self._replaced,
            failed=self._refused,
        )

    def _refused(self, error: GedigenError) -> None:
        field = (
            self._mine
            if isinstance(error, WrongPassphrase)
            else self._new.first
            if isinstance(error, PassphraseRefused)
            else self._why.choice
        )
        self.refuse(field, error)


class EndAccess(InlineForm):
    """Calls ``ended()`` or ``gave_up()``."""

    def __init__(self, room: Room, one: PersonLine, *, ended: Callable[[], None], gave_up: Callable[[], None]) -> None:
        text = room.text
        about = text(
            "The passphrase will open nothing any more, and the certificates are revoked. What {name} did stays. This cannot be undone.",
            name=one.name,
        )
        super().__init__(room, text("End the access of {name}?", name=one.name), about, name="end", gave_up=gave_up)
        self._one, self._ended = one, ended
        self._mine = text_line(secret=True)
        self.form.add(text("Your passphrase"), self._mine, name="end.mine", hint=text("Yours, as administrator: it signs the list."))
        self.finish(text("End access"), self._end)
        self.setFocusProxy(self._mine)

    def _end(self) -> None:
        desk, one, mine = self.room.desk, self._one, self._mine.text()
        if self.refused_here([(self._mine, self.room.text("Enter your passphrase."), not mine)]):
            return
        self.go.setEnabled(False)
        self.room.run(
            lambda: vaults.end_person(by=desk.actor(), person_id=one.id, administrator_passphrase=mine),
            lambda _: self._ended(),
            failed=lambda error: self.refuse(self._mine, error),
        )


def today() -> date:
    """Give the reader's own day."""
    return date.today()  # noqa: DTZ011
