"""Carry a timestamp request to a server over HTTP and its answer back: one question, one bounded answer, no detours."""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.error
import urllib.request
from functools import cache
from typing import IO
from urllib.parse import urlsplit

import certifi

from forms.errors import GedigenError
from forms.text import N_

_LARGEST = 256 * 1024  #: bytes; real answers have some ten thousand
_PIECE = 16 * 1024


class TimestampRefused(GedigenError):
    """A timestamp that could not be got or not be believed; the file is as it was."""


class _StraightOnly(urllib.request.HTTPRedirectHandler):
    """Follows nobody: the address in the settings is the server that was settled on."""

    def redirect_request(self, *_anything: object) -> None:
        """Give no other request, which makes the redirection an error."""


def ask(url: str, request: bytes, *, seconds: float) -> bytes:
    """Post a request (DER) and give the answer's bytes, unread.

    Raises TimestampRefused when the address is none, the server cannot be reached in time, or answers with something else.
    """
    if not _is_of_the_web(url):
        raise TimestampRefused(N_("“{server}” is not the address of a timestamp server; it begins with http:// or https://."), server=url)
    ends = time.monotonic() + seconds
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply", "User-Agent": "Gedigen"}
    posted = urllib.request.Request(url, data=request, headers=headers, method="POST")  # noqa: S310 - http and https only, see above
    safely = [urllib.request.HTTPSHandler(context=_trusting())] if url.startswith("https:") else []
    opener = urllib.request.build_opener(_StraightOnly, *safely)
    try:
        with opener.open(posted, timeout=seconds) as answer:
            if answer.headers.get_content_type() != "application/timestamp-reply":
                raise _other_answer(url, answer.headers.get_content_type())
            return _bounded(answer, url, ends)
    except urllib.error.HTTPError as error:
        with error:
            raise _other_answer(url, f"HTTP {error.code}") from error
    except http.client.HTTPException as error:
        raise _other_answer(url, type(error).__name__) from error
    except ValueError as error:
        raise _other_answer(url, str(error)) from error
    except OSError as error:  # URLError among them: no network, no such name, nobody there, no trust, too slow
        reason = getattr(error, "reason", error)
        raise TimestampRefused(
            N_("The timestamp server {server} could not be reached ({detail}). No timestamp was made; try again when there is a network."),
            server=url,
            detail=str(reason) or type(reason).__name__,
        ) from error


def _is_of_the_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _bounded(answer: IO[bytes], url: str, ends: float) -> bytes:
    read = bytearray()
    while piece := answer.read1(_PIECE) if hasattr(answer, "read1") else answer.read(_PIECE):
        read += piece
        if len(read) > _LARGEST:
            raise _other_answer(url, f"> {_LARGEST // 1024} kB")
        if time.monotonic() > ends:
            raise TimeoutError("timed out")
    return bytes(read)


@cache
def _trusting() -> ssl.SSLContext:
    """Trust what this computer trusts and, for a Python that knows no such list, the usual authorities of the web."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _other_answer(url: str, detail: str) -> TimestampRefused:
    return TimestampRefused(
        N_("The timestamp server {server} answered with something else than a timestamp ({detail}). No timestamp was made."),
        server=url,
        detail=detail,
    )
