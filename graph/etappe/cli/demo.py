"""``etappe demo``: the example campaign through the gate, three questions, and where to go from there."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from etappe import resources
from etappe.admission import State, admit_all
from etappe.cli.asking import draw_answer
from etappe.cli.gate import show_admission
from etappe.cli.screen import err, out
from etappe.cli.texts import say
from etappe.errors import EtappeError
from etappe.questions import ask, question
from etappe.reading.archives import inputs
from etappe.workspace import open_workspace

_QUESTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("CQ01", {}),
    ("CQ04", {"person": "christian-pegel"}),
    ("CQ16", {"stop": "stralsund-2017"}),
)


def run(folder: Path, base: str, language: str, store: str | None = None, *, quiet: bool) -> None:
    """Ingest what is not there yet, answer, and say what to do next."""
    examples = resources.folder("examples")
    files = [examples / name for name in ("registry", "stralsund", "tours")]
    console = out()
    with open_workspace(folder, base=base, write=True, store=store) as workspace:
        console.print(f"\n{say(language, 'demo-gate')}\n", style="bold", markup=False)
        reason = say(language, "demo-reason")
        for name, admission in admit_all(workspace, inputs(files), by="etappe demo", accept_warnings=reason):
            if isinstance(admission, EtappeError):
                raise admission
            show_admission(admission, language, name=os.path.relpath(name, examples))
            if admission.state is State.WAITING:
                raise EtappeError(f"the example {name} did not pass the gate; the installation is damaged")
    with open_workspace(folder, base=base, store=store) as workspace:
        console.print(f"\n{say(language, 'demo-answers')}", style="bold", markup=False)
        for code, parameters in _QUESTIONS:
            entry = question(code)
            answer = ask(workspace.store, workspace.base, entry, parameters, language)
            given = ", ".join(f"{key} = {value}" for key, value in parameters.items())
            draw_answer(answer, language, title=f"{answer.title} ({given})" if given else answer.title)
    if quiet:
        return
    console.print(f"\n{say(language, 'demo-next')}\n", style="bold", markup=False)
    etappe, bad = _command(), os.path.relpath(examples / "bad")
    for words, meaning in (
        ("ask", "demo-ask"),
        ("show christian-pegel", "demo-show"),
        (f"validate {bad}", "demo-validate"),
    ):
        line = f"   {etappe} {words} --data {folder}\n      {say(language, meaning)}"
        console.print(line, markup=False, soft_wrap=True)
    err().print(say(language, "demo-kept", folder=folder), markup=False, soft_wrap=True)


def _command() -> str:
    """How the user can call etappe from here."""
    return "etappe" if shutil.which("etappe") else os.path.relpath(Path(sys.prefix) / "bin" / "etappe")
