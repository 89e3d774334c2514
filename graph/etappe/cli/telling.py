"""How the results of ``validate`` are told, and which of them fail."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from etappe.cli.screen import err, out
from etappe.cli.texts import say
from etappe.cli.verdicts import show_outcome, show_summary
from etappe.errors import EtappeError, UsageError
from etappe.model import Outcome, Severity
from etappe.validation.formats import render
from etappe.validation.formats.results import Result, counts_as_failure

_SEVERITIES = {"violation": Severity.VIOLATION, "warning": Severity.WARNING, "info": Severity.INFO}


def tell(results: Iterable[Result], options: Namespace) -> int:
    """Show results as they come; forms for programs are written when all are there.

    Args:
        options: of ``validate``, with ``fail_on`` set.

    Returns:
        the exit code: 2 where something could not be checked, 1 where something failed, else 0.
    """
    collected: list[Result] = []
    for name, given in results:
        result = _accepted(given, options.accept_warnings)
        collected.append((name, result))
        if isinstance(result, EtappeError):
            err().print(f"etappe: {result.said(options.lang)}", markup=False, soft_wrap=True)
        elif options.format == "text":
            show_outcome(out(), name, result, options.lang)
    if options.format != "text":
        write(render(collected, options.format, options.lang, _SEVERITIES[options.fail_on]), options.output)
    failed = sum(isinstance(result, Outcome) and fails(result, options.fail_on) for _, result in collected)
    unreadable = sum(isinstance(result, EtappeError) for _, result in collected)
    if not options.quiet:
        if options.format == "text" and len(collected) > 1:
            show_summary(err(), collected, options.lang)
        passed = len(collected) - failed - unreadable
        err().print(say(options.lang, "checked", n=len(collected), passed=passed))
    return 2 if unreadable else int(failed > 0)


def _accepted(result: Outcome | EtappeError, reason: str | None) -> Outcome | EtappeError:
    if reason is None or isinstance(result, EtappeError) or not result.at_least(Severity.WARNING):
        return result
    return result.with_acceptance(reason)


def fails(outcome: Outcome, fail_on: str) -> bool:
    """Whether an outcome has a finding of that severity or a graver one that nobody accepted."""
    return any(counts_as_failure(finding, outcome, _SEVERITIES[fail_on]) for finding in outcome.findings)


def write(text: str, output: str | None) -> None:
    """Write to a file, or to standard output."""
    if output is None:
        sys.stdout.write(text)
        return
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({(error.strerror or str(error)).lower()})") from error
