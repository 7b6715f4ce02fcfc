"""Registration numbers: which can be checked, and what is never stored as one."""

from __future__ import annotations

import re

from forms.errors import GedigenError
from forms.text import N_

#: Org-id list codes (org-id.guide) that are checked by their own rule; other lists are taken as they are.
SWEDEN = "SE-ON"
NORWAY = "NO-BRC"
_SCHEME = re.compile(r"[A-Z]{2,3}(-[A-Z0-9]{1,10})+")
_NORWEGIAN_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


class RegistrationError(GedigenError):
    """A registration number that cannot be right."""


def normal(*, scheme: str, number: str) -> str:
    """Give a registration number in its usual form; raises ``RegistrationError`` when it cannot be right.

    ``SE-ON``: ten digits with a Luhn check digit (Bolagsverket), third digit at least 2, else it would be a personal number;
    ``NO-BRC``: nine digits with a MOD11 check digit (Brønnøysund).
    """
    number = number.strip()
    if not number:
        return ""
    if scheme and not _SCHEME.fullmatch(scheme):
        raise RegistrationError(N_("“{scheme}” is not a list code such as SE-ON, NO-BRC or KE-NCB."), scheme=scheme)
    digits = re.sub(r"[\s+-]", "", number)
    if scheme[:3] in ("", "SE-", "NO-") and _is_personal(digits):
        raise RegistrationError(
            N_("This is a personal identity number. A partner is registered by its organisation number only. Nothing was saved.")
        )
    if scheme == SWEDEN:
        if not re.fullmatch(r"[0-9]{10}", digits) or not _luhn(digits):
            raise RegistrationError(
                N_("{number} is not a Swedish organisation number: ten digits, the last one a check digit."), number=number
            )
        if int(digits[2]) < 2:
            raise RegistrationError(N_("{number} is not an organisation number: its third digit is always 2 or higher."), number=number)
        return f"{digits[:6]}-{digits[6:]}"
    if scheme == NORWAY:
        if not re.fullmatch(r"[0-9]{9}", digits) or not _mod11(digits):
            raise RegistrationError(
                N_("{number} is not a Norwegian organisation number: nine digits, the last one a check digit."), number=number
            )
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    return number


def _is_personal(digits: str) -> bool:
    """Recognise a Swedish personal or coordination number (ten or twelve digits, Luhn) and a Norwegian one (eleven, two check digits)."""
    if re.fullmatch(r"[0-9]{11}", digits):
        day, month = int(digits[:2]), int(digits[2:4])
        return 1 <= month <= 12 and 1 <= day % 40 <= 31 and _norwegian_checks(digits)
    swedish = digits[2:] if re.fullmatch(r"(19|20)[0-9]{10}", digits) else digits
    if not re.fullmatch(r"[0-9]{10}", swedish):
        return False
    month, day = int(swedish[2:4]), int(swedish[4:6])
    return 1 <= month <= 12 and 1 <= day % 60 <= 31 and _luhn(swedish)


def _norwegian_checks(digits: str) -> bool:
    numbers = [int(digit) for digit in digits]
    first = sum(number * weight for number, weight in zip(numbers, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1), strict=False)) % 11
    second = sum(number * weight for number, weight in zip(numbers, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), strict=False)) % 11
    return first == 0 and second == 0


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _mod11(digits: str) -> bool:
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _NORWEGIAN_WEIGHTS, strict=False)) % 11
    return rest != 1 and int(digits[8]) == (11 - rest) % 11
