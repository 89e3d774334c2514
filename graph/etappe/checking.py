"""The other use case: many files are checked and nothing is stored. In one process, or shared among several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cached_property
from multiprocessing import get_context

from pyoxigraph import Triple

from etappe.errors import EngineError, EtappeError
from etappe.model import DEFAULT_BASE, Outcome, Profile
from etappe.reading import read_source
from etappe.reading.archives import Input
from etappe.reading.documents import parted, registry_with
from etappe.registry import Registry
from etappe.validation.engine import DEADLINE
from etappe.validation.reports import validate
from etappe.validation.strictness import AS_WRITTEN, Strictness

#: Files that a worker takes at once.
_CHUNK = 8


@dataclass(frozen=True)
class Gate:
    """What all files are held against.

    Attributes:
        known: the registry, as triples.
        deadline: seconds that one large report may take.
    """

    known: frozenset[Triple] = frozenset()
    base: str = DEFAULT_BASE
    profile: Profile = Profile.INGEST
    strictness: Strictness = AS_WRITTEN
    deadline: float = DEADLINE

    @cached_property
    def registry(self) -> Registry:
        """The registry, for looking things up."""
        return Registry(self.known)

    def check(self, item: Input) -> Outcome | EtappeError:
        """The verdict on one file, or why there is none."""
        try:
            report = read_source(item.load(), registry=self.registry, base=self.base)
            return validate(report, self.registry, self.profile, self.strictness, deadline=self.deadline)
        except EngineError as error:
            return EngineError(error.message, file=item.name)
        except EtappeError as error:
            return error


def check(
    inputs: Iterable[Input], gate: Gate = Gate(), *, workers: int = 1
) -> Iterator[tuple[str, Outcome | EtappeError]]:
    """Validate files and store nothing: registry documents first, which join the registry that is known.

    Args:
        workers: processes that share the work. Results keep the order of the files and come while others are checked.

    Yields:
        name of the file, with its outcome or why it could not be read.
    """
    documents, reports = parted(inputs, gate.base)
    registry = registry_with(gate.known, documents, gate.base)
    gate = replace(gate, known=frozenset(registry.triples()))
    files = [*documents, *reports]
    if workers <= 1 or len(files) < 2:
        for item in files:
            yield item.name, gate.check(item)
        return
    # Spawned, since a process that has opened a store on disk must not fork.
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (gate,)) as pool:
        outcomes = pool.map(_check, files, chunksize=max(1, min(_CHUNK, len(files) // workers)))
        for item in files:
            try:
                yield item.name, next(outcomes)
            except BrokenProcessPool:
                yield item.name, EngineError("was not checked, because a worker process ended", file=item.name)


_gates: list[Gate] = []  # in a worker process: the one it was given


def _begin(gate: Gate) -> None:
    _gates[:] = [gate]


def _check(item: Input) -> Outcome | EtappeError:
    return _gates[0].check(item)
