"""Any question of the catalogue, asked of what answers it: the store, the archive (CQ46), or the columns (sums)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from etappe import history
from etappe.archive import Archive
from etappe.errors import StoreUnavailable
from etappe.questions import Question, Table, ask
from etappe.store import Bindings, Store
from etappe.workspace import kept_columns


def answer(
    archive: Archive,
    store: Store,
    base: str,
    entry: Question,
    parameters: Mapping[str, str],
    language: str = "en",
    *,
    explain: bool = False,
    folder: Path | None = None,
) -> Table:
    """Answer a question.

    Args:
        store: holds what the archive says.
        folder: where the archive's columns are kept, if they are.

    Raises:
        UsageError: an unknown, missing or ill-typed parameter.
    """
    if entry.compares is not None:
        return history.answer(archive, store, base, entry, parameters, language, explain=explain)
    found = _summed(archive, store, base, entry, parameters, folder) if folder is not None else None
    return ask(store, base, entry, parameters, language, explain=explain, solutions=found)


def _summed(
    archive: Archive, store: Store, base: str, entry: Question, parameters: Mapping[str, str], folder: Path
) -> Bindings | None:
    """The solutions that the columns give; nothing where they do not, and SPARQL is asked."""
    try:
        from etappe.network import SUMS, from_columns, solutions  # loaded only for those who ask
    except ImportError:  # without the extra
        return None
    if entry.id not in SUMS:
        return None
    with suppress(StoreUnavailable), kept_columns(folder, base, archive) as columns:
        if columns is not None:
            return solutions(from_columns(columns), store, base, entry, parameters)
    return None
