"""The child process of ``dump.py``: writes one generation of the store to its standard output, and ends."""

from __future__ import annotations

import gzip
import os
import resource
import sys
from typing import IO, cast

from pyoxigraph import RdfFormat, Store

from etappe.store.sandbox import deny_network


def dump(path: str, output: IO[bytes], *, zipped: bool) -> None:
    """Write all quads of a store as N-Quads. The same state gives the same bytes: the gzip header has no time."""
    store = Store.read_only(path)
    if not zipped:
        store.dump(output, RdfFormat.N_QUADS)
        return
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=output, mtime=0) as packed:
        store.dump(cast(IO[bytes], packed), RdfFormat.N_QUADS)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[2]), int(sys.argv[2])))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)  # queries go first
    deny_network()
    dump(sys.argv[1], sys.stdout.buffer, zipped=sys.argv[3] == "gz")
