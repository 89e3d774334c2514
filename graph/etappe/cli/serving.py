"""``etappe serve`` and ``etappe keys``: the only place where etappe names its service, and only when asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etappe.cli.options import DATA, Data, Lang, Quiet, Store
from etappe.errors import EtappeError, UsageError

if TYPE_CHECKING:
    from etappe_api.keys import Keys

_WORDS = {
    "serves": ("Etappe antwortet unter {address} (Strg+C beendet)", "Etappe answers at {address} (Ctrl+C ends it)"),
    "once": (
        "Der Schlüssel wird nur dieses eine Mal gezeigt.",
        "The key is shown this one time only.",
    ),
    "revoked": ("widerrufen: {id} ({name})", "revoked: {id} ({name})"),
    "none": ("Es gibt keine Schlüssel.", "There are no keys."),
    "heads": ("Kennung|Name|Rolle|erstellt|läuft ab|Stand", "id|name|role|created|expires|state"),
    "state.valid": ("gültig", "valid"),
    "state.expired": ("abgelaufen", "expired"),
    "state.revoked": ("widerrufen", "revoked"),
}


class Writing(StrEnum):
    """What SPARQL Update and the Graph Store Protocol may write."""

    OFF = "off"
    GATED = "gated"
    OPEN = "open"


class KeyRole(StrEnum):
    """What a key allows; each role includes those before it."""

    READ = "read"
    SUBMIT = "submit"
    REVIEW = "review"
    ADMIN = "admin"


KeysFile = Annotated[
    Path | None,
    typer.Option(
        "--keys", envvar="ETAPPE_KEYS", metavar="FILE", help="The file of keys; default: in DIR.", show_default=False
    ),
]

keys = typer.Typer(help="Make, list and revoke the keys of the service.", no_args_is_help=True, rich_markup_mode=None)


def serve(
    lang: Lang,
    data: Data = DATA,
    store: Store = None,
    base: Annotated[
        str | None,
        typer.Option("--base", envvar="ETAPPE_BASE", metavar="IRI", help="Base of all IRIs.", show_default=False),
    ] = None,
    host: Annotated[
        str | None, typer.Option(envvar="ETAPPE_HOST", help="Address to listen on.", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(envvar="ETAPPE_PORT", min=0, max=65535, help="0 takes a free one.", show_default="8000"),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(envvar="ETAPPE_WORKERS", min=1, max=256, help="Queries that run at once.", show_default="4"),
    ] = None,
    writes: Annotated[
        Writing | None,
        typer.Option(envvar="ETAPPE_WRITES", help="What SPARQL Update may change.", show_default="off"),
    ] = None,
    keys_file: KeysFile = None,
) -> None:
    """Serve SPARQL, linked data and the gate over HTTP. Further settings: docs/operation.md."""
    try:
        from pydantic import ValidationError
        from pydantic_settings import SettingsError

        from etappe_api.server import run
        from etappe_api.settings import Settings
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("etappe"):
            raise
        raise UsageError("the service is not installed; install it with pip install 'etappe[service]'") from error
    given = {
        "data": data,
        "store": store,
        "base": base,
        "host": host,
        "port": port,
        "workers": workers,
        "writes": writes and writes.value,
        "keys": keys_file,
    }
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        fault = error.errors()[0]
        name = "_".join(str(part) for part in fault["loc"])
        raise UsageError(f"ETAPPE_{name.upper()} cannot be {str(fault['input'])!r}: {fault['msg']}") from error
    except SettingsError as error:
        raise UsageError(f"a setting in the environment cannot be read: {error}") from error
    run(settings, lambda address: typer.echo(_say(lang, "serves", address=address)))


@keys.command()
def create(
    lang: Lang,
    name: Annotated[str, typer.Argument(help="Whose it is, such as 'press office'.", show_default=False)],
    role: Annotated[KeyRole, typer.Option(help="What it allows.", show_default=False)],
    expires: Annotated[
        str | None, typer.Option(metavar="DATE", help="Its last day (UTC), or a time.", show_default=False)
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(min=0.001, metavar="S", help="Seconds that its queries may take.", show_default=False),
    ] = None,
    data: Data = DATA,
    keys_file: KeysFile = None,
    quiet: Quiet = False,
) -> None:
    """Make a key and show it once, on standard output."""
    from etappe_api.keys import Role

    end = _end(expires).isoformat(timespec="seconds") if expires is not None else None
    secret = _keys(data, keys_file).create(name, Role(role.value), expires=end, timeout=timeout)
    typer.echo(secret)
    if not quiet:
        typer.echo(_say(lang, "once"), err=True)


@keys.command("list")
def list_keys(lang: Lang, data: Data = DATA, keys_file: KeysFile = None) -> None:
    """All keys, without their secrets."""
    from etappe.cli.screen import out, table

    now = datetime.now(UTC)
    rows = []
    for key in _keys(data, keys_file).all():
        state = "valid" if key.valid(now) else "revoked" if key.revoked else "expired"
        rows.append((key.id, key.name, key.role.value, key.created, key.expires or "–", _say(lang, f"state.{state}")))
    if rows:
        out().print(table(_say(lang, "heads").split("|"), rows))
    else:
        typer.echo(_say(lang, "none"), err=True)


@keys.command()
def revoke(
    lang: Lang,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="See 'etappe keys list'.", show_default=False)],
    data: Data = DATA,
    keys_file: KeysFile = None,
    quiet: Quiet = False,
) -> None:
    """Make a key invalid from now on. A running service sees it at once."""
    key = _keys(data, keys_file).revoke(identifier)
    if not quiet:
        typer.echo(_say(lang, "revoked", id=key.id, name=key.name), err=True)


def _keys(data: Path, file: Path | None) -> Keys:
    from etappe_api.keys import Keys

    return Keys(file or data / "keys.json")


def _end(text: str) -> datetime:
    """When a key ends that is valid until that day (included) or time; without a zone it is UTC."""
    try:
        if len(text) <= len("2026-01-31"):
            end = datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), UTC)
        else:
            end = datetime.fromisoformat(text)
            end = end if end.tzinfo else end.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{text!r} is no date; --expires takes one such as 2027-01-31") from error
    if end <= datetime.now(UTC):
        raise EtappeError(f"a key that ended on {text} would be of no use; --expires takes a day to come")
    return end.astimezone(UTC)


def _say(language: str, key: str, **values: str) -> str:
    german, english = _WORDS[key]
    return (german if language == "de" else english).format(**values)
