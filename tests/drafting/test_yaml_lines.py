"""Whatever stands in a press text, the reader of report files gets it back, and no text becomes a key or a comment."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etappe.drafting.yaml_lines import Block, Keys, comment, scalar, written
from etappe.reading.tree import Mapping, Scalar, Sequence, parse

TRICKY = [
    "null", "~", "a: b", "a #b", "- a", "x:", "it's", '"q"', "[a]", "a, b", "{a: b}", "*a", "&a", "!t", "%x", "@x", "`x",
    "a\u2028b", "a\x85b", "\u200ba", "27. Juli", "12:30", "a\xa0b", "Größe 3 – 4", "🚌 Bus", "---", "...", "?", "? a", "\ufeffa", "a\x00b",
]  # fmt: skip

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("text", TRICKY)
@pytest.mark.parametrize("flow", [True, False])
def test_a_scalar_is_read_as_it_was(text: str, flow: bool) -> None:
    value = f"{{k: {scalar(text, flow=True)}, l: [{scalar(text, flow=True)}]}}" if flow else scalar(text)
    assert yaml.safe_load(f"k: {value}") is not None
    node = parse(f"k: {value}", "f").get("k")
    if flow:
        assert isinstance(node, Mapping)
        node = node.get("k")
    assert isinstance(node, Scalar)
    assert node.value == plain(text)
    assert not (node.plain and node.value in ("null", "~"))


@settings(deadline=None)
@given(words, words, words)
def test_values_and_remarks_round_trip(one: str, two: str, remark: str) -> None:
    import unicodedata

    def same(text: str) -> str:
        return unicodedata.normalize("NFC", plain(text))

    inner = Keys().put("a", one, remark).put("b", two)
    keys = Keys().note(remark).put("first", one or "x", remark).put("list", [inner.put("c", "x"), Keys().put("d", "y")])
    tree = parse(written(keys.put("last", "x")), "f")
    first, items, last = tree.get("first"), tree.get("list"), tree.get("last")
    assert isinstance(first, Scalar) and first.value == same(one or "x")
    assert isinstance(items, Sequence) and len(items.items) == 2
    assert isinstance(last, Scalar)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=200))
def test_a_block_of_text_keeps_its_words(text: str) -> None:
    import unicodedata

    keys = Keys().put("text", Block(text.strip("\n") + "\n")).put("after", "x")
    tree = parse(written(keys), "f")
    node, after = tree.get("text"), tree.get("after")
    assert isinstance(node, Scalar) and isinstance(after, Scalar)
    assert node.value.split() == unicodedata.normalize("NFC", text).split()


def test_a_remark_stays_on_its_line() -> None:
    assert comment("a\nb: c\u2028d") == "# a b: c d"
    assert len(comment("x" * 1000)) < 250


def test_nothing_is_not_written() -> None:
    assert written(Keys().put("a", None).put("b", []).put("c", Keys()).put("d", "x")) == "d: x\n"
