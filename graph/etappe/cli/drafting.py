"""``draft``: sources to drafts, and drafts compared with what a reviewer made of them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from etappe.cli.screen import err, out, progress, table
from etappe.cli.texts import say
from etappe.drafting.albums import album_of
from etappe.drafting.attaching import joined
from etappe.drafting.comparing import Comparison, compare, together
from etappe.drafting.draft import draft_of
from etappe.drafting.facts import facts_of
from etappe.drafting.model import merged, propose
from etappe.errors import EtappeError, NotFound, UsageError
from etappe.extraction import extract
from etappe.model import Source
from etappe.reading.values import slug
from etappe.registry import Registry
from etappe.sources import PhotoFile, load_text, read_photos
from etappe.sources.kinds import ENDINGS
from etappe.sources.limits import bytes_of
from etappe.workspace import open_workspace

if TYPE_CHECKING:
    from etappe.tables import Mapping

#: Endings of photos.
PHOTOS = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"})
#: Endings of lists, which need a mapping.
TABLES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xls"})


@dataclass(frozen=True)
class Drafting:
    """How drafts are made, and where they go.

    Attributes:
        output: a folder; nothing writes to standard output.
        form: ``yaml``, or ``json`` for the bare facts.
        model: address and name of a language model that is asked as well.
        mapping: what the columns of tables mean.
    """

    data: Path
    base: str
    language: str
    output: Path | None = None
    form: str = "yaml"
    model: tuple[str, str] | None = None
    mapping: Path | None = None
    quiet: bool = False

    def run(self, paths: list[str]) -> int:
        """Draft each source. Returns the exit code: 2 where one could not be read."""
        if self.mapping is not None:
            return self._tables(paths, self.mapping)
        files, failed = self._files(paths)
        photos = [path for path in files if path.suffix.lower() in PHOTOS]
        files = [path for path in files if path not in photos]
        if self.output is None and len(files) + bool(photos) > 1:
            raise UsageError("several sources need a folder for their drafts: --output DIR")
        registry, pictures = self._registry(), self._photos(photos)
        failed += len(photos) - len(pictures)
        # The bare facts have no photos, so all of them stay in the album.
        beside = beside_texts(files, pictures) if self.form == "yaml" else {}
        album = {path for path in pictures if not any(path in near for near in beside.values())}
        done = 0
        for path in progress(files, len(files), say(self.language, "drafting"), quiet=self.quiet):
            near = beside.get(path, [])
            left = near
            try:
                draft, unmatched = self._draft(path, registry, [pictures[one] for one in near])
                left = [one for one in near if pictures[one] in unmatched]
                self._write(path.stem, draft, self.form)
                done += 1
            except EtappeError as error:
                failed += 1
                self._tell(error)
            album.update(left)
        if album:
            try:
                found = {path: picture for path, picture in pictures.items() if path in album}
                folder = next(iter(found)).parent.resolve()
                self._write("photos", album_of(list(found.values()), report_id=report_id(folder)))
                done += 1
            except EtappeError as error:
                failed += 1
                self._tell(error)
        if not self.quiet:
            err().print(say(self.language, "drafted", n=done, failed=failed))
        return 2 if failed else 0

    def _files(self, paths: list[str]) -> tuple[list[Path], int]:
        """The files to draft from, each once; what is none is told. Returns also how many those were."""
        found: dict[Path, None] = {}
        failed = 0
        for given in paths:
            try:
                found |= dict.fromkeys(source_files([given]))
            except UsageError as error:
                failed += 1
                self._tell(error)
        tables = [path for path in found if path.suffix.lower() in TABLES]
        for path in tables:
            self._tell(UsageError(f"{path}: is a table; say what its columns mean: --mapping FILE"))
        return [path for path in found if path not in tables], failed + len(tables)

    def _photos(self, paths: list[Path]) -> dict[Path, PhotoFile]:
        """What the files of photos say; one that cannot be read is told and left out."""
        found: dict[Path, PhotoFile] = {}
        for path in paths:
            try:
                (found[path],) = read_photos([path])
            except EtappeError as error:
                self._tell(error)
        return found

    def _tell(self, error: EtappeError) -> None:
        err().print(f"etappe: {error.said(self.language)}", markup=False, soft_wrap=True)

    def _tables(self, paths: list[str], mapping: Path) -> int:
        """A report for each row, meeting or day of the tables, as their mapping says."""
        from etappe.tables import Note, read_mapping

        if self.output is None:
            raise UsageError("a table gives many reports; name a folder for them: --output DIR")
        how, registry = read_mapping(Source(str(mapping), "application/json", bytes_of(mapping))), self._registry()
        written = failed = 0
        for path in self._table_files(paths):
            for item in self._rows(path, how, registry):
                if isinstance(item, EtappeError):
                    failed += not isinstance(item, Note)
                    if not (self.quiet and isinstance(item, Note)):
                        err().print(f"etappe: {item}", markup=False, soft_wrap=True)
                else:
                    written += 1
        if not self.quiet:
            err().print(say(self.language, "drafted", n=written, failed=failed))
        return 2 if failed else 0

    def _table_files(self, paths: list[str]) -> list[Path]:
        """The tables among files and folders."""
        found: list[Path] = []
        for path in map(Path, paths):
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in TABLES) if path.is_dir() else [path]
            if not inside:
                raise UsageError(f"{path}: no table is there; name a CSV or XLSX file, or a folder of some")
            found += inside
        return found

    def _rows(self, path: Path, how: Mapping, registry: Registry) -> Iterator[Path | EtappeError]:
        """The files that were written for a table, and what went wrong."""
        from etappe.tables import reports

        try:
            table = Source(str(path), "", bytes_of(path, "a list"))
        except EtappeError as error:
            yield error
            return
        for item in reports(table, how, registry, self.base):
            if isinstance(item, EtappeError):
                yield item
                continue
            try:
                self._write(*item)
                yield path
            except EtappeError as error:
                yield error

    def _draft(self, path: Path, registry: Registry, photos: list[PhotoFile]) -> tuple[str, tuple[PhotoFile, ...]]:
        """The draft of a text, and those of the photos beside it that none of its captions is of."""
        source = load_text(path)
        for note in source.notes:
            err().print(f"etappe: {path}: {note}", markup=False, soft_wrap=True)
        found, doubts = extract(source.text, source.metadata), {}
        if self.model is not None:
            url, name = self.model
            answer = merged(found, propose(source.text, url, name, os.environ.get("ETAPPE_MODEL_KEY")))
            found, doubts = answer.extraction, dict(answer.doubts)
        if self.form == "json":
            return json.dumps(facts_of(found), ensure_ascii=False, indent=1) + "\n", ()
        files = joined(found, photos)
        draft = draft_of(
            found, report_id=report_id(path), source_name=path.name, registry=registry, doubts=doubts, files=files
        )
        return draft, files.left

    def _write(self, name: str, text: str, form: str = "yaml") -> None:
        if self.output is None:
            out().file.write(text)
            return
        target = self.output / f"{name}.{form}"
        try:
            self.output.mkdir(parents=True, exist_ok=True)
            with target.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            raise UsageError(f"{target}: is there already; a draft that somebody may have corrected is kept") from None
        except OSError as error:
            raise UsageError(f"{target}: cannot be written ({(error.strerror or str(error)).lower()})") from error

    def _registry(self) -> Registry:
        try:
            with open_workspace(self.data, base=self.base) as workspace:
                return workspace.registry()
        except NotFound:  # no data yet
            return Registry()


def source_files(paths: list[str]) -> Iterator[Path]:
    """The files among files and folders that a text can be read from.

    Raises:
        UsageError: a path that leads to nothing.
    """
    for given in paths:
        path = Path(given)
        found = [path]
        if path.is_dir():
            found = sorted(
                p for p in path.rglob("*") if p.suffix.lower() in (*ENDINGS, *PHOTOS) and not p.name.startswith(".")
            )
        if not found or not path.exists():
            raise UsageError(
                f"{given}: no source is there; name a text, web page, Word or PDF file, photo, or a folder of some"
            )
        yield from found


def beside_texts(texts: Iterable[Path], photos: Iterable[Path]) -> dict[Path, list[Path]]:
    """The photos of each text: all where there is one text, else those below the folder of just one."""
    texts = list(texts)
    by_folder: dict[Path, list[Path]] = {}
    for text in texts:
        by_folder.setdefault(text.resolve().parent, []).append(text)
    found: dict[Path, list[Path]] = {}
    for photo in photos:
        folder = next((folder for folder in photo.resolve().parents if folder in by_folder), None)
        near = texts if len(texts) == 1 else by_folder[folder] if folder is not None else []
        if len(near) == 1:
            found.setdefault(near[0], []).append(photo)
    return found


def report_id(path: Path) -> str:
    """The id of a report, from the name of its source."""
    return slug(path.stem)


def show_difference(draft: Path, reviewed: Path, language: str) -> int:
    """Compare a draft, or a folder of them, with what the reviewer made of it."""
    pairs = [(draft, reviewed)]
    if draft.is_dir():
        pairs = [(p, reviewed / p.name) for p in sorted(draft.glob("*.yaml")) if (reviewed / p.name).exists()]
    if not pairs:
        raise UsageError(f"no draft in {draft} has a reviewed file of the same name in {reviewed}")
    comparison = together(compare(_read(one), _read(other)) for one, other in pairs)
    _show(comparison, language)
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from error


def _show(comparison: Comparison, language: str) -> None:
    _, *rows = comparison.table()
    keys = ("fact", "proposed", "kept", "changed", "removed", "added", "precision", "recall")
    out().print(table([say(language, key) for key in keys], rows))
