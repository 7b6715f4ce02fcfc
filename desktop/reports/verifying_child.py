"""Verify a file from elsewhere in a child process with limits on time and memory.

On Linux and macOS the kernel limits the child's processor time; on Linux also its memory (macOS accepts the limit on address
space but does not enforce it). Windows has neither here: there the parent ends the child when the time is over, and memory
is bounded only by the largest file that is opened at all.
"""

from __future__ import annotations

import base64
import os
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from desktop.reports.lean_import import import_lean
from desktop.reports.verdict import FileFacts, Finding, Verdict, verdict_from_json
from forms.text import N_

#: The frozen program is started again with this as its only argument; see ``is_child_call``.
CHILD_ARGUMENT = "--verifying-child"
SECONDS = 30.0
MEMORY_BYTES = 1024 * 1024 * 1024


class _Request(msgspec.Struct, frozen=True):
    path: str
    root_pem: str | None
    registered: tuple[str, ...] | None
    sealed_records: tuple[str, ...] | None
    tsa_roots_pem: tuple[str, ...]
    revocation_lists: tuple[str, ...]
    memory_bytes: int
    seconds: float


class _Reply(msgspec.Struct, frozen=True):
    program: str
    process: int
    verdict: msgspec.Raw


@dataclass(frozen=True)
class Verified:
    """A verdict, and who reached it: the child's program file and process number, empty and 0 when a limit ended the child."""

    verdict: Verdict
    program: str
    process: int


def run_limited(
    path: Path,
    *,
    root_pem: bytes | None,
    registered: Collection[str] | None = None,
    sealed_records: Collection[str] | None = None,
    tsa_roots_pem: Sequence[bytes] = (),
    revocation_lists: Sequence[bytes] = (),
    seconds: float = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> Verdict:
    """Give ``verify``'s verdict on a file that may be hostile; "unreadable" when a limit was reached.

    Raises NotACertificate, like ``verify``, before any child is started.
    """
    return verified(
        path,
        root_pem=root_pem,
        registered=registered,
        sealed_records=sealed_records,
        tsa_roots_pem=tsa_roots_pem,
        revocation_lists=revocation_lists,
        seconds=seconds,
        memory_bytes=memory_bytes,
    ).verdict


def verified(
    path: Path,
    *,
    root_pem: bytes | None,
    registered: Collection[str] | None = None,
    sealed_records: Collection[str] | None = None,
    tsa_roots_pem: Sequence[bytes] = (),
    revocation_lists: Sequence[bytes] = (),
    seconds: float = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> Verified:
    """Do as ``run_limited`` and say which process gave the verdict too."""
    import subprocess  # not at the head of the module: the child starts nobody

    from desktop.reports.anchor import read_anchor

    read_anchor(root_pem=root_pem, clocks_pem=tsa_roots_pem, lists=revocation_lists, now=datetime.now(UTC))
    request = _Request(
        path=str(path.absolute()),
        root_pem=None if root_pem is None else base64.b64encode(root_pem).decode(),
        tsa_roots_pem=tuple(base64.b64encode(one).decode() for one in tsa_roots_pem),
        revocation_lists=tuple(base64.b64encode(one).decode() for one in revocation_lists),
        registered=None if registered is None else tuple(registered),
        sealed_records=None if sealed_records is None else tuple(sealed_records),
        memory_bytes=memory_bytes,
        seconds=seconds,
    )
    try:
        ended = subprocess.run(  # noqa: S603 - this very program
            _command(), input=msgspec.json.encode(request), capture_output=True, timeout=seconds, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired:
        late = N_("The file could not be verified within {seconds} seconds; no report of Gedigen takes that long.")
        return Verified(verdict=_given_up(path, late, seconds), program="", process=0)
    try:
        reply = msgspec.json.decode(ended.stdout, type=_Reply)
        return Verified(verdict=verdict_from_json(bytes(reply.verdict)), program=reply.program, process=reply.process)
    except msgspec.DecodeError:
        broken = N_("The verification of the file broke off, because it asks for too much memory or is made to do harm.")
        return Verified(verdict=_given_up(path, broken, seconds), program="", process=0)


def is_child_call(arguments: list[str]) -> bool:
    """Tell whether the program was started as the verifying child; its main entry then calls ``main`` and nothing else."""
    return arguments == [CHILD_ARGUMENT]


def main() -> int:
    """Read a request from standard input, write the verdict to standard output."""
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=_Request)
    _limit(request)
    import_lean()
    from desktop.reports.verification import verify  # after the limits are set

    verdict = verify(
        Path(request.path),
        root_pem=None if request.root_pem is None else base64.b64decode(request.root_pem),
        registered=request.registered,
        sealed_records=request.sealed_records,
        tsa_roots_pem=[base64.b64decode(one) for one in request.tsa_roots_pem],
        revocation_lists=[base64.b64decode(one) for one in request.revocation_lists],
    )
    reply = _Reply(program=sys.executable, process=os.getpid(), verdict=msgspec.Raw(verdict.to_json().encode()))
    sys.stdout.buffer.write(msgspec.json.encode(reply))
    return 0


def _limit(request: _Request) -> None:
    if sys.platform == "win32":
        return
    import resource

    processor = int(request.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (request.memory_bytes, request.memory_bytes))


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_ARGUMENT]
    return [sys.executable, "-m", __name__]


def _environment() -> dict[str, str]:
    """Let a child of the source tree find the packages wherever it was started; a frozen one needs nothing."""
    environment = dict(os.environ)
    if not getattr(sys, "frozen", False):
        packages = str(Path(__file__).resolve().parents[2])
        environment["PYTHONPATH"] = os.pathsep.join(part for part in (packages, environment.get("PYTHONPATH", "")) if part)
    return environment


def _given_up(path: Path, message: str, seconds: float) -> Verdict:
    size = path.stat().st_size if path.is_file() else 0
    finding = Finding("unreadable", message, {"seconds": int(seconds)})
    return Verdict("unreadable", (finding,), FileFacts(path.name, size, ""), judged_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


if __name__ == "__main__":
    sys.exit(main())
