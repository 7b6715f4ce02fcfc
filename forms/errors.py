"""Errors that a caseworker can act on. They carry a message and parameters; the wording in a language happens at the edge."""

from __future__ import annotations


class GedigenError(Exception):
    """Something that cannot be done, said so that a caseworker knows what happened, what is safe and what to do.

    ``message`` is an English sentence with ``{named}`` places, which is also its key in the catalogue; ``params`` fill the places.
    """

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message.format(**self.params)


class TemplateError(GedigenError):
    """A template file that cannot be used; names the file, the path in it and what would be right."""


class ScoringError(GedigenError):
    """Answers that do not fit the template they are scored against."""
