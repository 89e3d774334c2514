"""Options that many commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etappe.cli.choices import Language, base_iri, default_language, store_address, user

Data = Annotated[Path, typer.Option("--data", envvar="ETAPPE_DATA", metavar="DIR", help="The data folder.")]
Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        envvar="ETAPPE_STORE",
        metavar="URL",
        callback=store_address,
        show_default=False,
        help="A SPARQL server, sparql+http://host:port; default: the store in the data folder.",
    ),
]
Base = Annotated[
    str, typer.Option("--base", envvar="ETAPPE_BASE", metavar="IRI", callback=base_iri, help="Base of all IRIs.")
]
Lang = Annotated[
    Language, typer.Option("--lang", envvar="ETAPPE_LANG", default_factory=default_language, help="Language of output.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")]
Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…", help="Files, folders, archives or patterns; - is standard input.", show_default=False
    ),
]
By = Annotated[
    str, typer.Option("--by", metavar="NAME", default_factory=user, show_default="the user", help="Who decides it.")
]
Reason = Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why; kept in the archive.")]
Warnings = Annotated[
    str | None,
    typer.Option(
        "--accept-warnings", metavar="REASON", help="Accept reports that only have warnings, for this reason."
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of stdout.")]

DATA = Path("etappe-data")
