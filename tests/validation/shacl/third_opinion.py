"""Apache Jena as a third opinion: Debian's package ``libapache-jena-java`` and a JDK, where they are installed."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from pyoxigraph import RdfFormat

from etappe.validation.shacl import Graph, NotHandled, parse_graph, read_report
from validation.shacl.support import Rows, rows

JARS = Path("/usr/share/java")
SOURCE = Path(__file__).parent / "jena" / "Validate.java"
#: Why there is no third opinion; empty where there is one.
MISSING = (
    ""
    if (JARS / "jena-shacl.jar").exists() and all(map(shutil.which, ("java", "javac", "jar")))
    else "Apache Jena is not installed: apt-get install libapache-jena-java default-jdk-headless"
)


@cache
def _classes() -> Path:
    """The folder with the compiled runner, kept between runs."""
    folder = Path(tempfile.gettempdir()) / f"etappe-jena-{hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]}"
    if not folder.exists():
        made = Path(tempfile.mkdtemp(prefix="etappe-jena-"))
        # Debian's jena-core.jar has its Xerces classes in xerces/, but their messages in org/apache/jena/ext/xerces/.
        messages = "org/apache/jena/ext/xerces"
        subprocess.run(["jar", "xf", str(JARS / "jena-core.jar"), messages], cwd=made, check=True)
        (made / messages).rename(made / "xerces")
        subprocess.run(["javac", "-cp", f"{JARS}/*", "-d", str(made), str(SOURCE)], check=True)
        with suppress(OSError):  # another process was faster
            made.rename(folder)
    return folder


def jena(questions: Sequence[tuple[bytes, Graph]]) -> list[Rows | str]:
    """What Jena finds in pairs of shapes and data; a text where it failed."""
    asked = [{"shapes": _n_triples(parse_graph(shapes)), "data": _n_triples(data)} for shapes, data in questions]
    answer = subprocess.run(
        ["java", "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", f"{_classes()}:{JARS}/*", "Validate"],
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=True,
    )
    return [_rows(given) for given in json.loads(answer.stdout)]


def _n_triples(graph: Graph) -> str:
    return graph.to_bytes(RdfFormat.N_TRIPLES).decode()


def _rows(answer: dict[str, str]) -> Rows | str:
    if "error" in answer:
        return answer["error"]
    try:
        return rows(read_report(parse_graph(answer["report"].encode(), RdfFormat.N_TRIPLES)).results)
    except NotHandled as error:
        return str(error)
