"""Libraries that only some sources need: what to install where one is missing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from etappe.errors import ReadingError

for _name in ("pypdf", "trafilatura", "htmldate", "courlan", "justext"):  # what they find odd is told by our notes
    logging.getLogger(_name).addHandler(logging.NullHandler())


@contextmanager
def needed(package: str, what: str, file: str | None = None) -> Iterator[None]:
    """Imports in here: raise ``ReadingError`` with the command that installs what is missing.

    Args:
        package: as the index calls it.
        what: what it is needed for, such as ``HTML``.
    """
    try:
        yield
    except ImportError as error:
        raise ReadingError(f"reading {what} needs {package}: pip install 'etappe[sources]'", file=file) from error
