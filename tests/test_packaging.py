"""What is installed is what is here: the wheel, the public names, the pages made from tables."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from etappe import reference, resources

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_code_and_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "etappe/cli/app.py",
        "etappe/py.typed",
        "etappe_api/__init__.py",
        "etappe/ontology/etappe.ttl",
        "etappe/ontology/shapes/report.ttl",
        "etappe/ontology/context.jsonld",
        "etappe/queries/01-ministers-at-stops.rq",
        "etappe/examples/stralsund/stralsund.yaml",
    ):
        assert name in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"etappe", "etappe_api"}


def test_the_wheel_works_apart_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    code = f"import sys; sys.path.insert(0, {str(place)!r}); sys.argv = ['etappe', 'ask']; from etappe.cli import main; main()"
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "CQ29" in done.stdout


def test_an_incomplete_installation_says_so() -> None:
    with pytest.raises(FileNotFoundError, match="install Etappe again"):
        resources.folder("nothing-of-that-name")


@pytest.mark.parametrize("name", reference.PAGES)
def test_reference_pages_are_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == reference.PAGES[name]()


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    for requirement in wanted:
        name = re.split(r"[<>=!\[; ]", requirement)[0].lower()
        assert name == "etappe" or re.search(rf"(^| |\|){re.escape(name)}(,| |$)", page, re.MULTILINE), name


def test_the_lock_file_has_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    for line in lock.splitlines():
        if "==" in line:
            assert line.endswith("\\"), line
    assert lock.count("--hash=sha256:") > lock.count("==")


def test_every_command_is_in_the_docs() -> None:
    from etappe.cli.app import app

    pages = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")))
    names = [command.callback.__name__ for command in app.registered_commands if command.callback is not None]
    assert len(names) >= 12
    for name in names:
        assert f"etappe {name}" in pages or f"make {name}" in pages, name


@pytest.mark.parametrize("folder", ["graph", "api"])
def test_the_library_knows_no_screen(folder: str) -> None:
    """Only the command line imports typer and rich; nothing in the library imports the service or the command line."""
    for path in (ROOT / folder).rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        screens = r"typer|rich|fastapi|etappe\.cli" if folder == "graph" else r"typer|rich|etappe\.cli"
        if "cli" not in path.parts and path.name != "__main__.py":
            assert not re.search(rf"^\s*(import|from) ({screens})\b", code, re.MULTILINE), path
        if folder == "graph" and path.name != "serving.py":  # `etappe serve`
            assert "etappe_api" not in code, path


def test_the_smallest_report_of_the_docs_passes_the_gate(tmp_path: Path) -> None:
    from etappe.checking import check
    from etappe.model import Outcome
    from etappe.reading.archives import inputs

    page = (ROOT / "docs" / "report-format.md").read_text(encoding="utf-8")
    path = tmp_path / "r.yaml"
    path.write_text(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0], encoding="utf-8")
    ((_, outcome),) = check(inputs([path]))
    assert isinstance(outcome, Outcome)
    assert outcome.findings == ()
