"""Where the data that belongs to the code lies: in the installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def folder(name: str) -> Path:
    """The folder ``ontology``, ``queries``, ``gazetteer`` or ``examples``.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for place in (_PACKAGE / name, _CHECKOUT / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the folder {name!r} is missing: install Etappe again")
