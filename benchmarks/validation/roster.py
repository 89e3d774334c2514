"""Who takes part: the engines, how each is started warm and cold, and the goals against it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zipfile import ZipFile

CHECKOUT = Path(__file__).parents[2]
BUILD = CHECKOUT / ".bench"
PEERS = Path(__file__).parent / "peers"
JARS = Path(os.environ.get("JENA_JARS", "/usr/share/java"))

Command = list[str]


class Missing(Exception):
    """A peer is not installed; the message says what to install."""


@dataclass(frozen=True)
class Peer:
    """An engine to compare with.

    Attributes:
        warm: the command of a process that stays and answers the orders of ``peers/worker.py``; takes the job file.
        cold: commands by name that check one file; take the files of shapes and data.
        goals: how many times faster we mean to be, by shapes (``full``, ``core``) or ``cold``.
        one_message: it refuses two ``sh:message`` on a constraint in SPARQL and gets the shapes with one.
    """

    name: str
    warm: Callable[[str], Command]
    cold: Mapping[str, Callable[[str, str], Command]]
    goals: Mapping[str, float] = field(default_factory=dict)
    one_message: bool = False


def _python(module: str) -> Callable[[str], Command]:
    return lambda job: [sys.executable, "-m", "benchmarks.validation.peers.worker", module, job]


def _script(module: str) -> Callable[[str, str], Command]:
    return lambda shapes, data: [sys.executable, str(PEERS / f"{module}.py"), shapes, data]


def _our_command(shapes: str, data: str) -> Command:
    return [sys.executable, "-m", "etappe", "validate", "--shapes", shapes, "--data", data]


def _pyshacl_command(shapes: str, data: str) -> Command:
    return [sys.executable, "-m", "pyshacl", "-s", shapes, "-sf", "nt", "-df", "nt", "-f", "nt", data]


def ours() -> Peer:
    cold = {"script": _script("ours"), "command": _our_command}
    return Peer("Etappe", _python("ours"), cold)


def pyshacl() -> Peer:
    goals = {"full": 150, "core": 30, "cold": 6}
    cold = {"command": _pyshacl_command}
    return Peer(f"pySHACL {_installed('pyshacl')} tuned", _python("pyshacl_tuned"), cold, goals)


def pyrudof() -> Peer:
    goals = {"full": 2.5, "core": 5, "cold": 3}
    cold = {"script": _script("pyrudof_staged")}
    return Peer(f"pyrudof {_installed('pyrudof')} staged", _python("pyrudof_staged"), cold, goals)


def shacl_engine() -> Peer:
    node = _program("node", "install Node.js")
    folder = BUILD / "node_modules" / "shacl-engine"
    if not folder.is_dir():
        raise Missing("install npm, then `make bench-validation` fetches it")
    script = ["env", f"NODE_FOLDER={BUILD}", node, str(PEERS / "shacl_engine.mjs")]
    goals = {"full": 100, "core": 8, "cold": 10}
    cold = {"script": lambda shapes, data: [*script, shapes, data]}
    return Peer("shacl-engine 1.1.2 (node)", lambda job: [*script, job], cold, goals)


def jena() -> Peer:
    java = [_program("java", "install a Java runtime"), "-cp", _jena_classes(), "Jena"]
    goals = {"full": 2.5, "core": 4, "cold": 20}
    cold = {"class": lambda shapes, data: [*java, shapes, data]}
    release = next((jar.stem.removeprefix("jena-shacl-") for jar in JARS.glob("jena-shacl-*.jar")), "")
    return Peer(f"Jena {release} (JVM)", lambda job: [*java, job], cold, goals, one_message=True)


#: In the order of the table. Each raises ``Missing`` where it is not installed.
PEERS_BY_KEY: Mapping[str, Callable[[], Peer]] = {
    "pyshacl": pyshacl,
    "pyrudof": pyrudof,
    "shacl-engine": shacl_engine,
    "jena": jena,
}


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        raise Missing(f"pip install {package}") from None


def _program(name: str, remedy: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Missing(remedy)
    return found


# What Jena's SHACL needs of the Debian package: all jars of that folder would be opened at every start.
_JENA_JARS = (
    "jena-shacl",
    "jena-arq",
    "jena-core",
    "jena-base",
    "jena-iri",
    "slf4j-api",
    "slf4j-nop",
    "jcl-over-slf4j",
    "commons-lang3",
    "commons-codec",
    "commons-csv",
    "commons-io",
    "commons-compress",
    "dexx.collection",
    "guava",
    "failureaccess",
    "thrift",
    "protobuf",
    "jsonld-java",
    "jackson-core",
    "jackson-databind",
    "jackson-annotations",
    "httpclient",
    "httpcore",
)


@cache
def _jena_classes() -> str:
    """The class path, with ``Jena.java`` compiled."""
    if not (JARS / "jena-shacl.jar").exists():
        raise Missing("apt-get install libapache-jena-java, or set JENA_JARS to the folder of its jars")
    build = BUILD / "jena"
    build.mkdir(parents=True, exist_ok=True)
    # Debian's jena-core.jar has the classes of Xerces in xerces/, but their message files below org/apache/jena/ext:
    # JenaSystem.init() fails with "Can't find bundle xerces.impl.xpath.regex.message".
    misplaced = "org/apache/jena/ext/"
    with ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(f"{misplaced}xerces/") and name.endswith(".properties"):
                place = build / name.removeprefix(misplaced)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(jar.read(name))
    path = ":".join([str(build), *(str(JARS / f"{jar}.jar") for jar in _JENA_JARS if (JARS / f"{jar}.jar").exists())])
    javac = _program("javac", "install a Java development kit")
    made = subprocess.run([javac, "-cp", path, "-d", build, PEERS / "Jena.java"], capture_output=True, text=True)
    if made.returncode:
        raise Missing(f"Jena.java does not compile: {made.stderr.strip()[:300]}")
    return path
