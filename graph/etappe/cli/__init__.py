"""The command line. Thin: a command names what it needs, calls the library, and shows what came back.

Heavy modules are imported inside the commands, so that ``--help`` is quick.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from itertools import pairwise

from etappe.errors import EtappeError


def main() -> None:
    """Run ``etappe``. Errors a person can mend become one sentence on stderr and their exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a file name need not be text
    try:
        _run()
    except EtappeError as error:
        _stop(f"etappe: {error.said(_language(sys.argv))}", error.exit_code)
    except KeyboardInterrupt:
        _stop("etappe: stopped", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except Exception as error:  # noqa: BLE001 - the boundary: nobody is shown a traceback who did not ask for one
        if os.environ.get("ETAPPE_DEBUG"):
            import traceback

            traceback.print_exc()
        _stop(f"etappe: a fault in Etappe itself ({type(error).__name__}: {error}); ETAPPE_DEBUG=1 shows where", 2)


def _run() -> None:
    if sys.argv[1:2] == ["validate"]:  # without the library for options, which takes longer than the check of a file
        from etappe.cli.validating import run

        raise SystemExit(run(sys.argv[2:]))
    from etappe.cli.app import app

    app()


def _language(words: Sequence[str]) -> str:
    """The language in which somebody who wrote these words is told what is wrong with them."""
    from etappe.cli.choices import default_language

    for word, following in pairwise((*words, "")):
        name, equals, value = word.partition("=")
        if name == "--lang":
            return value if equals else following
    return os.environ.get("ETAPPE_LANG") or default_language()


def _stop(sentence: str, code: int) -> None:
    print(sentence, file=sys.stderr)  # noqa: T201
    raise SystemExit(code)
