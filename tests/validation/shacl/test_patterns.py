"""Regular expressions of XPath as the engine reads them: what they match, which are refused, and that none runs for long."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etappe.validation.shacl import NotHandled
from etappe.validation.shacl.regex import _by_oxigraph, matcher
from validation.shacl.support import compiled, graph, turtle

#: Pattern, flags, texts that match, texts that do not.
MEANINGS = [
    ("", "", ["", "x"], []),
    ("a", "", ["a", "bab"], ["A", ""]),
    ("^a$", "", ["a"], ["a\n", "\na", "aa"]),
    ("^$", "", [""], ["\n"]),
    ("a.b", "", ["a b", "a\u2028b"], ["a\nb", "ab"]),
    ("a.b", "s", ["a\nb"], ["ab"]),
    ("^a.*b$", "s", ["a\n\nb"], ["a\nb\n"]),
    ("^b$", "m", ["a\nb", "b\nc", "b\n"], ["ab"]),
    ("^$", "m", ["", "\na", "a\n\nb"], ["a"]),
    ("^a$", "i", ["A"], ["b"]),
    ("^\u00e4$", "i", ["\u00c4"], ["a"]),
    ("^k$", "i", ["K", "\u212a"], []),
    (" a b ", "x", ["ab"], ["a b"]),
    ("a\n\t b", "x", ["ab"], []),
    ("[a b]{2}", "x", ["a ", "b "], ["ac"]),
    ("a # b", "x", ["a#b"], ["a"]),
    (r"^\s$", "", [" ", "\t", "\n", "\r"], ["\u00a0", "\x0b", "\u2003"]),
    (r"^\S$", "", ["\u00a0", "x"], [" "]),
    (r"^\w$", "", ["a", "\u00e4", "1", "+", "$"], ["_", "-", ".", " ", "\u00a0"]),
    (r"^\W$", "", ["_", "-"], ["a", "+"]),
    (r"^\d$", "", ["1", "\u0661"], ["a", "\u00b2"]),
    (r"^\D$", "", ["a"], ["1"]),
    (r"^\i\c*$", "", ["a-1", "_", ":x", "\u00e4\u00b7"], ["1a", "-a", ""]),
    (r"^\I\C$", "", ["1 ", "-!"], ["a ", "1a"]),
    (r"^\p{L}$", "", ["a", "\u00c4", "\u4e2d"], ["1", "_"]),
    (r"^\p{Lu}+$", "", ["A\u00c4"], ["a", "A1"]),
    (r"^\P{Lu}$", "", ["a", "1"], ["A"]),
    (r"^[\p{Nd}\p{Lu}]$", "", ["1", "A"], ["a"]),
    (r"^[^\p{L}]$", "", ["1", "\n"], ["a"]),
    (r"^[^\P{L}]$", "", ["a"], ["1"]),
    (r"^[\D]$", "", ["a"], ["1"]),
    (r"^[\Dx1]$", "", ["a", "1", "x"], ["2"]),
    (r"^[\S\s]$", "", ["\n", "x", " "], [""]),
    (r"^[^\Sx]$", "", [" "], ["x", "y"]),
    ("^[a-z-[aeiou]]$", "", ["b", "z"], ["a", "B"]),
    ("^[a-z-[^aeiou]]$", "", ["a"], ["b", "1"]),
    ("^[^a-z-[0-9]]$", "", ["A"], ["a", "1"]),
    ("^[a-z-[b-z-[c]]]$", "", ["a", "c"], ["b", "d"]),
    (r"^[\w-[\d]]$", "", ["a"], ["1"]),
    ("^[a-c]$", "", ["b"], ["-", "d"]),
    ("^[-a]$", "", ["-", "a"], ["b"]),
    ("^[a-]$", "", ["-", "a"], ["b"]),
    (r"^[a\-c]$", "", ["-", "a", "c"], ["b"]),
    (r"^[\[\]]$", "", ["[", "]"], ["a"]),
    ("^[.*+?(){}|$]$", "", [".", "*", "$", "|"], ["a", "\\"]),
    ("^[a^]$", "", ["^", "a"], ["b"]),
    ("^[a&&b]$", "", ["&", "a", "b"], ["c"]),
    ("^[a~~b|||c]$", "", ["~", "|"], ["d"]),
    ("^[+--]$", "", ["+", ",", "-"], ["."]),
    (r"^\.\\\|\^\$\{\}$", "", [".\\|^${}"], [".\\|^$"]),
    (r"^\n\r\t$", "", ["\n\r\t"], ["nrt"]),
    ("^a{2}$", "", ["aa"], ["a", "aaa"]),
    ("^a{2,}$", "", ["aa", "aaaa"], ["a"]),
    ("^a{1,2}$", "", ["a", "aa"], ["", "aaa"]),
    ("^a+?$", "", ["aa"], [""]),
    ("^(ab|cd)?$", "", ["", "ab", "cd"], ["abcd"]),
    ("^(?:ab){2}$", "", ["abab"], ["ab"]),
    (r"^(a|b)\1$", "", ["aa", "bb"], ["ab"]),
    ("^a|b$", "", ["ax", "xb"], ["xa"]),
    ("^(a||b)$", "", ["", "a"], ["c"]),
    ("^\U0001f600$", "", ["\U0001f600"], ["x"]),
    ("^(a%|b)+$", "", ["a%b"], ["a"]),
    ('^("|\n|b)+$', "", ['"\nb'], ["a"]),
]


@pytest.mark.parametrize(("pattern", "flags", "matching", "others"), MEANINGS, ids=lambda value: repr(value)[:30])
def test_pattern_means_what_xpath_says(pattern: str, flags: str, matching: list[str], others: list[str]) -> None:
    matches = matcher(pattern, flags)
    assert [text for text in matching if not matches(text)] == []
    assert [text for text in others if matches(text)] == []


REFUSED = [
    *(r"\bx", r"a\Z", r"\A", r"\x41", r"\u0041", r"\-\e", r"\p{IsBasicLatin}", r"\p{Xx}", r"\pL", r"\p{L", "\\"),
    *("(?=a)", "(?!a)", "(?<=a)b", "(?i)a", "(?P<a>b)", "(?#a)"),
    *("a++", "a*+", "a**", "*a", "+", "a|*", "(*)", "^*", "$+", "a{2}{3}", "{2}"),
    *("a{,3}", "a{x}", "a{", "a}", "a{1001}", "a{2,1}", "a{99999999999}", f"a{{{'9' * 5000}}}"),
    *(
        "(",
        ")",
        "(a",
        "a)",
        "[",
        "[a",
        "[]",
        "[]a]",
        "[^]",
        "[a[b]]",
        "[[a]",
        "[a-[b]c]",
        "[z-a]",
        r"[a-\d]",
        "[a-",
        "]",
    ),
    r"\1",
    r"(a\1",
]


@pytest.mark.parametrize("pattern", REFUSED, ids=lambda pattern: repr(pattern)[:20])
def test_what_is_no_pattern_of_xpath_is_refused(pattern: str) -> None:
    with pytest.raises(NotHandled, match="the pattern"):
        matcher(pattern)


def test_unknown_flags_are_refused() -> None:
    with pytest.raises(NotHandled, match="flags 'q'"):
        matcher("a", "q")


EXPLOSIVE = [
    ("^(a+)+$", "a" * 40 + "b"),
    ("^(a|aa)+$", "a" * 60 + "b"),
    ("^(a|a)*$", "a" * 40 + "b"),
    ("^(a?){30}a{30}$", "a" * 29),
    ("^((a{1,9}){1,9}){1,9}$", "a" * 40 + "b"),
    ("^a*a*a*a*$", "a" * 5000 + "b"),
    ("^a*a*a*$", "a" * 20_000 + "b"),
    ("^a{0,900}a{0,900}a{0,900}a{0,900}$", "a" * 800 + "b"),
    ("x.*y.*z", "xy" * 10_000),
    ("a+b", "a" * 100_000),
]


@pytest.mark.parametrize(("pattern", "text"), EXPLOSIVE, ids=lambda value: value[:30])
def test_no_pattern_runs_for_long(pattern: str, text: str) -> None:
    matches = matcher(pattern)
    assert not matches(text)


@pytest.mark.parametrize("pattern", [r"^(\s+)+$", r"^(\p{L}+)+$", r"^([a-z-[b]]+)+$", "^([a&&b]+)+$", r"^(a|b)+\1$"])
def test_what_may_explode_and_oxigraph_reads_otherwise_is_refused(pattern: str) -> None:
    with pytest.raises(NotHandled, match="could run for very long"):
        matcher(pattern)


def test_what_may_explode_with_lines_or_spaces_is_refused() -> None:
    for flags in ("m", "x"):
        with pytest.raises(NotHandled, match="could run for very long"):
            matcher("^(a+)+$", flags)


def test_what_oxigraph_cannot_read_is_refused() -> None:
    with pytest.raises(NotHandled, match="not one that Oxigraph reads"):
        _by_oxigraph("(", "")
    with pytest.raises(NotHandled, match="not one that Oxigraph reads"):
        matcher("(((a{1,1000}){1,1000}){1,1000}){1,1000}")


def test_a_long_pattern_that_oxigraph_cannot_read_stays_with_python() -> None:
    pattern = "a{1000}" * 400 + "b*"
    assert matcher(pattern)("a" * 400_000 + "b")


@pytest.mark.parametrize("flags", ["", "i", "s", "is"])
@pytest.mark.parametrize("pattern", ["^[a-z]+ x*$", "a.*b", r"^\d+$", "^(a|b)*c$", r"[\d.]+$", "^[^a]*$"])
def test_python_and_oxigraph_agree_where_either_may_be_asked(pattern: str, flags: str) -> None:
    python, oxigraph = matcher(pattern, flags), _by_oxigraph(pattern, flags)
    for text in ("", "a", "B", "abc x", "aXb", "a\nb", "12\u0661", "ABC", "ab\nc", "1.2", "\u017f", "\u212a"):
        assert python(text) == oxigraph(text), text
        long = text * 600
        assert python(long) == oxigraph(long), text


_atoms = st.sampled_from(("a", "b", ".", "[ab]", "[^a]", r"\d", r"\.", "x", "-", "\u00e4"))
_pieces = st.builds(str.__add__, _atoms, st.sampled_from(("", "", "?", "*", "+", "{2}", "{1,3}", "+?")))
_branches = st.lists(_pieces, min_size=1, max_size=3).map("".join)
_patterns = st.builds(
    "{}{}{}".format,
    st.sampled_from(("", "^")),
    st.one_of(_branches, st.lists(_branches, min_size=2, max_size=3).map("|".join).map("({})".format)),
    st.sampled_from(("", "$")),
)


@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(_patterns, st.lists(st.text("aab1.-x\n\u00e4", max_size=6), max_size=5))
def test_plain_patterns_mean_the_same_in_python_and_oxigraph(pattern: str, texts: list[str]) -> None:
    python, oxigraph = matcher(pattern), _by_oxigraph(pattern, "")
    assert [python(text) for text in texts] == [oxigraph(text) for text in texts]


def test_patterns_work_in_threads() -> None:
    matches = matcher("^(a+)+$")
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(matches, ["a" * 50, "a" * 50 + "b"] * 20)) == [True, False] * 20


def test_pattern_reads_iris_and_numbers_by_their_text_and_no_blank_nodes() -> None:
    shapes = turtle('ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:pattern "^(urn:ex:b|0*7|x)$" ] .')
    found = compiled(shapes, graph('ex:a ex:p ex:b, ex:c, 007, 8, "x"@de, [] .'))
    assert sorted(str(row[2]) for row in found) == [
        '"8"^^<http://www.w3.org/2001/XMLSchema#integer>',
        "<urn:ex:c>",
        "_:",
    ]
