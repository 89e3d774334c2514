"""``etappe demo``: the example campaign through the gate, three questions, and where to go from there."""

from __future__ import annotations

from pathlib import Path

from etappe import resources
from etappe.admission import State, admit_all
from etappe.cli.asking import draw_answer
from etappe.cli.gate import show_admission
from etappe.cli.screen import err, out
from etappe.cli.texts import say
from etappe.errors import EtappeError, ReadingError
from etappe.questions import ask, question
from etappe.reading import report_files
from etappe.workspace import open_workspace

_QUESTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("CQ01", {}),
    ("CQ04", {"person": "christian-pegel"}),
    ("CQ16", {}),
)


def run(folder: Path, base: str, language: str, *, quiet: bool) -> None:
    """Ingest what is not there yet, answer, and say what to do next."""
    examples = resources.folder("examples")
    files = [examples / name for name in ("registry", "stralsund", "tours")]
    console = out()
    with open_workspace(folder, base=base, write=True) as workspace:
        console.print(f"\n{say(language, 'demo-gate')}\n", style="bold", markup=False)
        reason = say(language, "demo-reason")
        for path, admission in admit_all(workspace, report_files(files), by="etappe demo", accept_warnings=reason):
            if isinstance(admission, ReadingError):
                raise admission
            show_admission(admission, language, name=str(path.relative_to(examples)))
            if admission.state is State.WAITING:
                raise EtappeError(f"the example {path.name} did not pass the gate; the installation is damaged")
        console.print(f"\n{say(language, 'demo-answers')}", style="bold", markup=False)
        for name, parameters in _QUESTIONS:
            draw_answer(
                ask(workspace.store, workspace.base, question(name), parameters, language), language, title=True
            )
    if quiet:
        return
    console.print(f"\n{say(language, 'demo-next')}\n", style="bold", markup=False)
    option = f"--data {folder}"
    bad = examples / "bad"
    for command, words in (
        (f"etappe ask {option}", "demo-ask"),
        (f"etappe show christian-pegel {option}", "demo-show"),
        (f"etappe validate {bad} {option}", "demo-validate"),
    ):
        console.print(f"   {command}\n      {say(language, words)}", markup=False, soft_wrap=True)
    err().print(say(language, "demo-kept", folder=folder), markup=False, soft_wrap=True)
