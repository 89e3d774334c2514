"""The engines that are asked the same in SPARQL: Virtuoso over HTTP, maplib in this process."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.service.servers import NotThere, free_port

__all__ = ["Maplib", "NotThere", "Virtuoso"]

_INI = """[Database]
DatabaseFile = virtuoso.db
TransactionFile = virtuoso.trx
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
MaxQueryMem = 2G
ThreadsPerQuery = 2
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryExecutionTime = 600
"""


class Virtuoso:
    """Virtuoso 7 with the reports, loaded by its own bulk loader; buffers for 2.7 GiB, two threads for a query."""

    def __init__(self, quads: Path, folder: Path) -> None:
        program = shutil.which("virtuoso-t")
        isql = next(filter(None, map(shutil.which, ("isql-vt", "isql-v"))), None)
        if program is None or isql is None:
            raise NotThere("virtuoso-t and isql-vt (Debian's virtuoso-opensource-7)")
        home = folder / "virtuoso"
        home.mkdir()
        sql, self._port = free_port(), free_port()
        (home / "virtuoso.ini").write_text(_INI.format(sql=sql, http=self._port, folder=quads.parent))
        self._process = subprocess.Popen(
            [program, "+foreground", "+configfile", "virtuoso.ini"],
            cwd=home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()
        load = f"ld_dir('{quads.parent}', '{quads.name}', ''); rdf_loader_run(); checkpoint;"
        subprocess.run(
            [isql, f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"], check=True, stdout=subprocess.DEVNULL, cwd=home
        )

    def rows(self, sparql: str) -> list[tuple[str, str, int]]:
        """The rows of a SELECT query with two things, or a thing and a number, and a number."""
        address = f"http://127.0.0.1:{self._port}/sparql?{urllib.parse.urlencode({'query': sparql})}"
        request = urllib.request.Request(address, headers={"Accept": "text/csv"})
        with urllib.request.urlopen(request, timeout=900) as answer:
            found = list(csv.reader(io.TextIOWrapper(answer, encoding="utf-8", newline="")))[1:]
        return [_row(*row) for row in found]

    def _wait(self) -> None:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self._port}/sparql?query=ASK%7B%7D", timeout=5).close()
            except urllib.error.HTTPError:
                return
            except OSError:
                if self._process.poll() is not None:
                    raise NotThere("Virtuoso ended at once") from None
                time.sleep(0.2)
            else:
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._process.terminate()
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()


class Maplib:
    """maplib, whose frames lie in this process."""

    def __init__(self, quads: Path, folder: Path) -> None:
        try:
            from maplib import Model
        except ImportError:
            raise NotThere("maplib") from None
        triples = folder / "campaign.nt"  # it reads no named graphs; a triple in two graphs is one, as in a union
        with quads.open(encoding="utf-8") as lines, triples.open("w", encoding="utf-8") as file:
            file.writelines(f"{line.rsplit(' ', 2)[0]} .\n" for line in lines)
        self._model = Model()
        self._model.read(str(triples), format="ntriples")

    def rows(self, sparql: str) -> list[tuple[str, str, int]]:
        """See ``Virtuoso``."""
        return [_row(*row) for row in self._model.query(sparql).rows()]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        del self._model


def _row(one: str, other: str | int, number: str | int) -> tuple[str, str, int]:
    second = int(other) if str(other).isdigit() else str(other).strip("<>")
    return str(one).strip("<>"), second, int(number)  # type: ignore[return-value]
