"""An amount with its currency, exact to the minor unit."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.fields import Choice
from desktop.widgets.text import set_property
from forms.money import minor_digits

#: Offered first; any other ISO 4217 code that an amount already has is offered too.
CURRENCIES = (
    "SEK",
    "NOK",
    "DKK",
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "CDF",
    "XOF",
    "XAF",
    "KES",
    "ETB",
    "TZS",
    "UGX",
    "RWF",
    "BIF",
    "SDG",
    "SSP",
    "SOS",
    "INR",
    "NPR",
    "BDT",
    "PKR",
    "LKR",
    "IDR",
    "PHP",
    "LBP",
    "JOD",
    "ILS",
    "UAH",
    "COP",
    "PEN",
    "BOB",
    "GTQ",
    "BRL",
    "JPY",
)


class MoneyField(QWidget):
    """An amount or nothing; says ``changed()`` when one leaves it or chooses a currency."""

    changed = Signal()

    def __init__(self, theme: Theme, language: Language, *, minor: int | None = None, currency: str = "SEK") -> None:
        super().__init__()
        self._language = language
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.line = QLineEdit()
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.setMaximumWidth(theme.px(180))
        self.line.editingFinished.connect(self._settle)
        self.code = Choice([(code, code) for code in CURRENCIES], current=currency)
        self.code.setMinimumContentsLength(5)
        self.code.setAccessibleName(language.text("Currency"))
        self.code.chosen.connect(lambda _: self._settle())
        row.addWidget(self.line)
        row.addWidget(self.code)
        row.addStretch(1)
        self.setFocusProxy(self.line)
        self.show_amount(minor, currency)

    @property
    def amount(self) -> tuple[int, str] | None:
        """Minor units and currency, ``None`` while there is no amount or it is wrong."""
        minor = understood(self.line.text(), self.currency, decimal=decimal_of(self._language))
        return None if minor is None else (minor, self.currency)

    @property
    def currency(self) -> str:
        """The chosen currency."""
        return str(self.code.key or "SEK")

    @property
    def is_wrong(self) -> bool:
        """Whether something stands there that is no amount of that currency."""
        return bool(self.line.text().strip()) and self.amount is None

    def show_amount(self, minor: int | None, currency: str) -> None:
        """Show an amount without saying that it changed."""
        if currency not in CURRENCIES:
            self.code.offer([(code, code) for code in (currency, *CURRENCIES)], current=currency)
        self.code.show_key(currency)
        self.line.setText("" if minor is None else self._written(minor, currency))
        set_property(self.line, "wrong", "false")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def setAccessibleIdentifier(self, name: str) -> None:
        self.line.setAccessibleIdentifier(name)
        self.code.setAccessibleIdentifier(f"{name}.currency")

    def _written(self, minor: int, currency: str) -> str:
        digits = minor_digits(currency)
        whole = minor % 10**digits == 0
        return self._language.number(Fraction(minor, 10**digits), 0 if whole else digits)

    def _settle(self) -> None:
        set_property(self.line, "wrong", "true" if self.is_wrong else "false")
        if (amount := self.amount) is not None:
            self.line.setText(self._written(*amount))
        self.changed.emit()


def decimal_of(language: Language) -> str:
    """Give the sign that a language puts before decimals."""
    return language.number(Fraction(1, 2), 1)[1]


def understood(typed: str, currency: str, *, decimal: str = "") -> int | None:
    """Read an amount with any usual grouping (spaces, or commas before a decimal point) as minor units; ``None`` when it is none.

    A comma or point followed by at most the currency's digits is the decimal one; an amount below nought is none. Three digits behind
    it are thousands, but for a currency with three decimals where it is the language's ``decimal`` sign.
    """
    text = "".join(typed.split()).replace("\N{NO-BREAK SPACE}", "").replace("\N{NARROW NO-BREAK SPACE}", "").replace("'", "")
    digits = minor_digits(currency)
    at = max(text.rfind(","), text.rfind("."))
    whole, cents = text, ""
    behind = len(text) - at - 1
    if at >= 0 and behind <= digits and (behind != 3 or text[at] == decimal):
        whole, cents = text[:at], text[at + 1 :]
    groups = whole.replace(".", ",").split(",")
    if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
        return None
    joined = "".join(groups)
    if not joined.isascii() or not joined.isdigit() or (cents and not cents.isdigit()):
        return None
    unit: int = 10**digits
    return int(joined) * unit + int((cents or "0").ljust(digits, "0")[:digits] or "0")
