"""A draft against what the reviewer made of it: what was kept, changed, removed and added, by kind of fact.

A fact is something said of a subject: of a person that they were present at an item, of a stop on which day it was.
It is kept if the reviewed file says the same; changed if it says something else of that subject in its place; removed
if nothing; added if only the reviewed file says it. A thing that the draft described and the reviewer replaced by that
of the registry counts as the same if its id is made of its name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from etappe.reading.keys import PRESENCE_KEYS
from etappe.reading.tree import Mapping, Node, Scalar, Sequence, parse
from etappe.reading.values import slug

KINDS = ("people", "roles", "presence", "dates", "places", "organisations", "photos", "quotes")

_NAMED = ("people", "organisations")  # facts that are the name of a thing, whatever its id
_PEOPLE = ("who", "photographer")
_BODIES = ("of", "visited", "publisher", "credited", "organizer")

_KINDS_OF = ("person", "organization")

_SECTIONS = (
    ("people", "person"),
    ("organizations", "organization"),
    ("places", "place"),
    ("posts", "post"),
    ("groups", "group"),
    ("stops", "stop"),
    ("photos", "photo"),
)


@dataclass(frozen=True)
class Difference:
    """One fact that is not the same in both files: ``before`` in the draft, ``after`` in the reviewed file."""

    kind: str
    subject: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Row:
    """The count of one kind of fact."""

    kind: str
    proposed: int
    kept: int
    changed: int
    removed: int
    added: int

    @property
    def precision(self) -> float | None:
        """Share of what was proposed that was right; nothing where nothing was proposed."""
        return self.kept / self.proposed if self.proposed else None

    @property
    def recall(self) -> float | None:
        """Share of what is right that was proposed; nothing where there is nothing."""
        right = self.kept + self.changed + self.added
        return self.kept / right if right else None

    def cells(self) -> tuple[str, ...]:
        """The row as it is shown."""
        counts = (self.proposed, self.kept, self.changed, self.removed, self.added)
        shares = (self.precision, self.recall)
        return (self.kind, *map(str, counts), *("–" if share is None else f"{share:.2f}" for share in shares))


@dataclass(frozen=True)
class Comparison:
    """All kinds of facts of one report, or of several together."""

    rows: tuple[Row, ...]
    differences: tuple[Difference, ...] = ()

    HEADER = ("fact", "proposed", "kept", "changed", "removed", "added", "precision", "recall")

    @property
    def total(self) -> Row:
        """All kinds together."""
        return _sum("all", self.rows)

    def table(self) -> list[tuple[str, ...]]:
        """Header, one row for each kind, and the total, as texts."""
        return [self.HEADER, *(row.cells() for row in self.rows), self.total.cells()]


def compare(draft_yaml: str, reviewed_yaml: str) -> Comparison:
    """What the reviewer did to a draft. Both are files of the short form.

    Raises:
        ReadingError: one of them is not YAML.
    """
    before, after = _facts(draft_yaml, "draft"), _facts(reviewed_yaml, "reviewed report")
    rows, differences = list[Row](), list[Difference]()
    for kind in KINDS:
        row, found = _compared(kind, before[kind], after[kind])
        rows.append(row)
        differences.extend(found)
    return Comparison(tuple(rows), tuple(differences))


def together(comparisons: Iterable[Comparison]) -> Comparison:
    """The counts of several reports as one."""
    rows = [row for comparison in comparisons for row in comparison.rows]
    return Comparison(tuple(_sum(kind, (row for row in rows if row.kind == kind)) for kind in KINDS))


def _sum(kind: str, rows: Iterable[Row]) -> Row:
    counts = [0, 0, 0, 0, 0]
    for row in rows:
        for at, count in enumerate((row.proposed, row.kept, row.changed, row.removed, row.added)):
            counts[at] += count
    return Row(kind, *counts)


_Fact = tuple[str, str]  # subject, what is said of it


def _compared(kind: str, before: list[_Fact], after: list[_Fact]) -> tuple[Row, list[Difference]]:
    proposed, right = Counter(before), Counter(after)
    same = proposed & right
    gone, new = proposed - same, right - same
    kept = same.total() + (_renamed(gone, new) if kind in _NAMED else 0)
    left, other_left = _by_subject(gone), _by_subject(new)
    differences = []
    changed = removed = added = 0
    for subject in sorted({*left, *other_left}):
        old, other = left.get(subject, []), other_left.get(subject, [])
        both = min(len(old), len(other))
        changed, removed, added = changed + both, removed + len(old) - both, added + len(other) - both
        for at in range(max(len(old), len(other))):
            was = old[at] if at < len(old) else None
            differences.append(Difference(kind, subject, was, other[at] if at < len(other) else None))
    return Row(kind, len(before), kept, changed, removed, added), differences


def _renamed(gone: Counter[_Fact], new: Counter[_Fact]) -> int:
    """Take out of both what is the same under another id, and count it."""
    by_name = {said: (subject, said) for subject, said in new.elements()}
    found = 0
    for fact in list(gone):
        other = by_name.pop(fact[1], None)
        if other is not None:
            del gone[fact], new[other]
            found += 1
    return found


def _by_subject(facts: Counter[_Fact]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for subject, said in sorted(facts.elements()):
        found[subject].append(said)
    return found


# --- facts of a file


def _facts(yaml: str, name: str) -> dict[str, list[_Fact]]:
    return _File(parse(yaml, name), name).facts


class _File:
    """The facts of one file."""

    def __init__(self, tree: Mapping, name: str) -> None:
        self._tree, self._name = tree, name
        self._names: dict[tuple[str, str], str] = {}
        self.facts: dict[str, list[_Fact]] = {kind: [] for kind in KINDS}
        for section, kind in _SECTIONS:
            for identifier, node in _entries(tree.get(section)):
                self._names[kind, identifier] = _name(node) or identifier
        self._described(tree)
        self._report()
        self._referenced(tree)
        self._quotes(tree, "report")

    def _described(self, node: Node) -> None:
        """Things that are described where they are first named."""
        for key, kind in (("who", "person"), ("of", "organization"), ("publisher", "organization"), ("place", "place")):
            for value in _all(node, key):
                if isinstance(value, Mapping) and (identifier := _text(value.get("id"))) and (name := _name(value)):
                    self._names.setdefault((kind, identifier), name)

    def _referenced(self, tree: Mapping) -> None:
        """People and organisations that are named, but described elsewhere: in the registry."""
        known = {kind: {identifier for one, identifier in self._names if one == kind} for kind in _KINDS_OF}
        found: dict[str, set[str]] = {kind: set() for kind in _KINDS_OF}
        for keys, kind in ((_PEOPLE, "person"), (_BODIES, "organization"), (("shows", "mentions"), "")):
            for key in keys:
                for value in _all(tree, key):
                    for one in _listed(value):
                        head, slash, tail = _text(one).partition("/") if isinstance(one, Scalar) else ("", "", "")
                        of, word = (head, tail) if slash else (kind, head)
                        if of in found and word:
                            found[of].add(word)
        others = {identifier for kind, identifier in self._names if kind not in _KINDS_OF}
        for kind, fact in (("person", "people"), ("organization", "organisations")):
            elsewhere = known["organization" if kind == "person" else "person"]
            for word in sorted(found[kind] - known[kind] - elsewhere - others):
                self._say(fact, word, slug(word))

    def _key(self, kind: str, node: Node | None) -> str:
        """What a reference means: the name of the thing where this file describes it, else its id."""
        if isinstance(node, Mapping):
            node = node.get("id")
        word = _text(node)
        head, slash, tail = word.partition("/")
        if slash and tail:
            kind, word = head, tail
        kinds = (kind,) if slash else (kind, "person", "organization", "group")
        name = next((self._names[one, word] for one in kinds if (one, word) in self._names), word)
        return slug(name) if name else ""

    def _report(self) -> None:
        tree, say = self._tree, self._say
        if published := tree.get("published"):
            say("dates", "published", _flat(published))
        if publisher := tree.get("publisher"):
            say("organisations", "publisher", self._key("organization", publisher))
        for identifier, node in _entries(tree.get("people")):
            key = self._key("person", Scalar(identifier, node.position))
            say("people", identifier, key)
            for affiliation in _listed(node.get("affiliation")):
                if isinstance(affiliation, Mapping):
                    say("roles", key, self._role(affiliation))
        for identifier, node in _entries(tree.get("organizations")):
            say("organisations", identifier, self._key("organization", Scalar(identifier, node.position)))
        for identifier, node in _entries(tree.get("stops")):
            self._event(identifier, node, f"stop {identifier}")
        for _, node in _entries(tree.get("photos")):
            self._photo(node)

    def _role(self, node: Mapping) -> str:
        body, post = self._key("organization", node.get("of")), self._key("post", node.get("post"))
        said = (_text(node.get("title")) or _text(node.get("role")), body, post, _flat(node.get("on")))
        return "; ".join(part for part in said if part)

    def _event(self, identifier: str, node: Mapping, subject: str) -> None:
        if date := node.get("date"):
            self._say("dates", subject, _flat(date))
        if place := node.get("place"):
            self._say("places", subject, self._key("place", place))
        if visited := node.get("visited"):
            self._say("organisations", f"visited at {identifier}", self._key("organization", visited))
        for name in PRESENCE_KEYS:
            for entry in _listed(node.get(name)):
                if isinstance(entry, Mapping):
                    who = self._key("person", entry.get("who"))
                    role = _text(entry.get("role"))
                    self._say("presence", who, f"{name} at {subject}" + (f" as {role}" if role else ""))
        for item in _listed(node.get("programme")):
            if isinstance(item, Mapping):
                inner = _text(item.get("id")) or slug(_name(item) or identifier)
                self._event(inner, item, f"item {inner}")

    def _photo(self, node: Mapping) -> None:
        caption = slug(_text(node.get("caption")))
        shows = sorted(self._key("person", shown) for shown in _listed(node.get("shows")))
        said = [*shows, _flat(node.get("date")), _text(node.get("credit")), _text(node.get("rights"))]
        self._say("photos", caption, "; ".join(part for part in said if part))

    def _quotes(self, node: Node, subject: str) -> None:
        if isinstance(node, Sequence):
            for item in node.items:
                who = item.get("who") or item.get("id") if isinstance(item, Mapping) else None
                self._quotes(item, f"{subject} / {self._key('person', who)}" if who is not None else subject)
        elif isinstance(node, Mapping):
            for key, value in node.entries:
                if key.value == "quote":
                    for quote in _listed(value):
                        words = quote.get("words") if isinstance(quote, Mapping) else quote
                        self._say("quotes", subject, " ".join(_text(words).split()))
                elif not isinstance(value, Scalar):
                    self._quotes(value, f"{subject} / {key.value}")

    def _say(self, kind: str, subject: str, said: str) -> None:
        if said:
            self.facts[kind].append((subject, said))


# --- reading the tree


def _entries(node: Node | None) -> Iterator[tuple[str, Mapping]]:
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if isinstance(value, Mapping):
                yield key.value, value
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items, 1):
            if isinstance(item, Mapping):
                yield _text(item.get("id")) or str(number), item


def _listed(node: Node | None) -> tuple[Node, ...]:
    return () if node is None else node.items if isinstance(node, Sequence) else (node,)


def _text(node: Node | None) -> str:
    """The words of a scalar; of texts in several languages the first."""
    if isinstance(node, Mapping) and node.entries:
        return _text(node.entries[0][1])
    return node.value.strip() if isinstance(node, Scalar) else ""


def _flat(node: Node | None) -> str:
    """A date, a range, or a window as one text; what it rests on is left out."""
    if isinstance(node, Sequence):
        return ", ".join(_flat(item) for item in node.items)
    if not isinstance(node, Mapping):
        return _text(node)
    parts = {key.value: _text(value) for key, value in node.entries if key.value != "basis"}
    return parts["on"] if set(parts) == {"on"} else ", ".join(f"{key} {value}" for key, value in parts.items())


def _name(node: Mapping) -> str:
    return _text(node.get("name"))


def _all(node: Node, wanted: str) -> Iterator[Node]:
    """Every value of a key, at any depth."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _all(item, wanted)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            if key.value == wanted:
                yield value
            yield from _all(value, wanted)
