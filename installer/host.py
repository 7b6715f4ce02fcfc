"""What a machine made here takes over from this one, so that it reaches packages the same way.

That is apt's sources, pip's settings, proxies and certificates. All are read from where they are kept; no address stands in the source.
"""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: Variables that say how the network is reached, and with which certificates.
_NETWORK = re.compile(r"(?i:(https?|ftp|all|no)_proxy)|PIP_\w+|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE")
_CERTIFICATES = (Path("/etc/ssl/certs"), Path("/usr/local/share/ca-certificates"))
_APT_KEYS = (Path("/etc/apt/keyrings"), Path("/etc/apt/trusted.gpg.d"), Path("/usr/share/keyrings"), Path("/etc/apt/auth.conf.d"))
_NAMES = (Path("/etc/resolv.conf"), Path("/etc/hosts"))


def apt_sources(suite: str, etc: Path = Path("/etc/apt")) -> str:
    """Give this machine's sources of one suite, and of its updates, as one deb822 text; empty when it has none."""
    stanzas = [stanza for file in sorted(etc.glob("sources.list.d/*.sources")) for stanza in _stanzas(file.read_text("utf-8"))]
    for file in (etc / "sources.list", *sorted(etc.glob("sources.list.d/*.list"))):
        if file.is_file():
            stanzas += [_as_stanza(line) for line in file.read_text("utf-8").splitlines() if re.match(r"deb\s", line)]
    wanted = [one for one in stanzas if "deb" in one.get("Types", "").split() and one.get("Enabled", "yes").lower() != "no"]
    kept = []
    for stanza in wanted:
        suites = [name for name in stanza.get("Suites", "").split() if name == suite or name.startswith(f"{suite}-")]
        if suites:
            kept.append("".join(f"{name}: {value}\n" for name, value in {**stanza, "Suites": " ".join(suites)}.items()))
    return "\n".join(kept)


def mirror(sources: str, suite: str) -> str:
    """Give the first address of a suite in sources as ``apt_sources`` gives them; empty when there is none."""
    for stanza in _stanzas(sources):
        if suite in stanza["Suites"].split():
            return stanza["URIs"].split()[0]
    return ""


def variables(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Give the variables that a command in the other machine needs to reach the network as one here does."""
    return {name: value for name, value in environment.items() if _NETWORK.fullmatch(name) and name != "PIP_CONFIG_FILE"}


def pip_settings(environment: Mapping[str, str] = os.environ) -> configparser.RawConfigParser:
    """Read pip's settings of this machine and user, the later file before the earlier as pip does."""
    home = Path(environment.get("HOME", "/nonexistent"))
    settings = configparser.RawConfigParser()
    files: list[str | Path] = ["/etc/xdg/pip/pip.conf", "/etc/pip.conf", home / ".pip/pip.conf", home / ".config/pip/pip.conf"]
    settings.read([*files, environment.get("PIP_CONFIG_FILE", os.devnull)], "utf-8")
    return settings


def local_folders(environment: Mapping[str, str] = os.environ) -> list[Path]:
    """List folders of this machine from which pip takes packages: those it is told to look in, and indexes with what lies beside them."""
    said = [value for section in pip_settings(environment).values() for value in section.values()]
    said += [value for name, value in environment.items() if name.startswith("PIP_")]
    folders = set()
    for word in " ".join(said).split():
        path = Path(unquote(urlsplit(word).path)) if word.startswith("file:") else Path(word)
        if path.is_absolute() and path.is_dir():
            folders.add(path.parent if word.startswith("file:") and path.parent != Path("/") else path)
    return sorted(folders)


def furnish(root: Path, suite: str) -> None:
    """Write this machine's ways to the network into another machine's files."""
    for file in _NAMES:
        shutil.copyfile(file, _clear(root, file))
    for folder in (*_CERTIFICATES, *_APT_KEYS):
        if folder.is_dir():
            shutil.copytree(folder, _inside(root, folder), dirs_exist_ok=True, ignore_dangling_symlinks=True)
    for name, value in variables().items():
        if name != "PIP_FIND_LINKS" and Path(value).is_absolute() and Path(value).is_file():
            shutil.copyfile(value, _clear(root, Path(value)))
    with _clear(root, Path("/etc/pip.conf")).open("w", encoding="utf-8") as settings:
        pip_settings().write(settings)
    if sources := apt_sources(suite):
        (root / "etc/apt/sources.list").write_text("", "utf-8")
        (root / "etc/apt/sources.list.d/from-host.sources").write_text(sources, "utf-8")
    (root / "etc/apt/apt.conf.d/99from-host").write_text(_apt_ways(), "utf-8")


def _apt_ways() -> str:
    """Give what apt is told here about fetching: proxies, timeouts, checks of dates."""
    return subprocess.run(["apt-config", "dump", "Acquire"], capture_output=True, text=True, check=True).stdout


def _inside(root: Path, path: Path) -> Path:
    return root / path.relative_to("/")


def _clear(root: Path, path: Path) -> Path:
    """Give the place of a file in the other machine, free to be written: a link there could lead out of it."""
    place = _inside(root, path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    return place


def _stanzas(text: str) -> list[dict[str, str]]:
    """Read deb822: stanzas of ``Name: value``, with values that go on over lines."""
    stanzas = []
    for block in re.split(r"\n\s*\n", re.sub(r"(?m)^#.*\n?", "", text)):
        fields = re.findall(r"(?m)^(\S+?):[ \t]*(.*(?:\n[ \t].*)*)", block)
        if fields:
            stanzas.append(dict(fields))
    return stanzas


def _as_stanza(line: str) -> dict[str, str]:
    """Read one line of the older form, ``deb [options] address suite components``."""
    parts = re.match(r"deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*(.*)", line.partition("#")[0].strip())
    if parts is None:
        return {}
    options = dict(re.findall(r"(\S+)=(\S+)", parts[1] or ""))
    known = {"signed-by": "Signed-By", "trusted": "Trusted", "arch": "Architectures"}
    fields = {known[name.lower()]: value.replace(",", " ") for name, value in options.items() if name.lower() in known}
    return {"Types": "deb", "URIs": parts[2], "Suites": parts[3], "Components": parts[4], **fields}
