"""The style sheet and other files of the pages, from the installed package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from etappe.errors import NotFound
from etappe_api.caching import cacheable

router = APIRouter(include_in_schema=False)

_MEDIA_TYPES = {"css": "text/css", "svg": "image/svg+xml", "js": "text/javascript", "woff2": "font/woff2"}


@cache
def _files() -> dict[str, bytes]:
    """Every file of the folder by name, so that a request never makes a path."""
    folder = files("etappe_api") / "pages" / "static"
    return {
        entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.rpartition(".")[2] in _MEDIA_TYPES
    }


@router.get("/static/{name}")
async def static(request: Request, name: str) -> Response:
    """A file of the pages."""
    if name not in _files():
        raise NotFound("there is no such file")
    cacheable(request)
    return Response(
        _files()[name],
        media_type=_MEDIA_TYPES[name.rpartition(".")[2]],
        headers={"Cache-Control": "public, max-age=3600", "Vary": "Accept-Encoding"},
    )
