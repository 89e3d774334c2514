"""The sentences of errors, read off the source: what is given to an error class, directly or through a helper."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import etappe
import etappe_api

FOLDERS = (Path(etappe.__file__).parent, Path(etappe_api.__file__).parent)


def _name(call: ast.expr) -> str:
    return call.id if isinstance(call, ast.Name) else call.attr if isinstance(call, ast.Attribute) else ""


class Source:
    """All modules of both packages."""

    def __init__(self) -> None:
        files = sorted(path for folder in FOLDERS for path in folder.rglob("*.py"))
        self.trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in files}
        # The last three carry sentences that become those of errors.
        self.errors = {"EtappeError", "WrongValue", "WrongName", "WrongDate", "_TooLarge"}
        definitions = [
            node for tree in self.trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
        ]
        while found := {
            node.name
            for node in definitions
            if node.name not in self.errors and any(_name(base) in self.errors for base in node.bases)
        }:
            self.errors |= found

    def templates(self) -> dict[str, str]:
        """Each sentence with ``{}`` for what is filled in, and where it stands first."""
        found: dict[str, str] = {}
        for path, tree in self.trees.items():
            constants = {
                node.targets[0].id: node.value
                for node in tree.body
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            }
            helpers = self._helpers(tree)
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign) and _name(node.targets[0]) == "hint":
                    for text in sentences(node.value, {}):
                        if text:
                            found.setdefault(text.strip(), f"{path.name}:{node.lineno}")
                if not isinstance(node, ast.Call):
                    continue
                name = _name(node.func)
                places = {0} if name in self.errors else helpers.get(name, set())
                if name == "error" and isinstance(node.func, ast.Attribute) and _name(node.func.value) != "_log":
                    places = places or {0}  # rows of tables make their own
                for place in places:
                    if place < len(node.args):
                        for text in sentences(node.args[place], constants):
                            found.setdefault(text, f"{path.name}:{node.lineno}")
        return found

    def _helpers(self, tree: ast.Module) -> dict[str, set[int]]:
        """Functions of a module that hand an argument on to an error, and which one."""
        helpers: dict[str, set[int]] = {}
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for _ in range(3):
            for function in functions:
                names = [argument.arg for argument in function.args.args if argument.arg != "self"]
                for call in ast.walk(function):
                    if not isinstance(call, ast.Call) or not call.args:
                        continue
                    called = _name(call.func)
                    places = {0} if called in self.errors else helpers.get(called, set())
                    for place in places:
                        given = call.args[place] if place < len(call.args) else None
                        if isinstance(given, ast.Name) and given.id in names:
                            helpers.setdefault(function.name, set()).add(names.index(given.id))
        return helpers


def sentences(node: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    """The texts that an expression may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from sentences(node.body, constants)
        yield from sentences(node.orelse, constants)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        for left in sentences(node.left, constants):
            for right in sentences(node.right, constants):
                yield left + right
    elif isinstance(node, ast.Name) and node.id in constants:
        yield from sentences(constants[node.id], {})
