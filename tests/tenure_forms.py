"""The forms in which a registry gives the dates of a tenure, and what each of them says of eight days.

Of these days, the first is before a tenure and the last after it; the margins lie between the possible and the certain days.
"""

from __future__ import annotations

DAYS = (
    "2019-12-31",
    "2020-01-01",
    "2020-02-29",
    "2020-03-01",
    "2020-09-30",
    "2020-10-01",
    "2020-12-31",
    "2021-01-01",
)
_NOT_BEFORE, _FROM, _UNTIL, _NOT_AFTER = (
    "not before: 2020-01-01",
    "from: 2020-03-01",
    "until: 2020-09-30",
    "not after: 2020-12-31",
)

CERTAIN, POSSIBLE, OUT = "C", "p", "-"

# A letter for each day. Without "from" only the last certain day is known; without "until" a tenure lasts up to "not after".
TENURES: dict[tuple[str, ...], str] = {
    (_FROM, _UNTIL): "---CC---",
    (_FROM,): "---CCCCC",
    (_NOT_BEFORE, _FROM, _UNTIL, _NOT_AFTER): "-ppCCpp-",
    (_NOT_BEFORE, _FROM, _UNTIL): "-ppCC---",
    (_NOT_BEFORE, _FROM): "-ppCCCCC",
    (_NOT_BEFORE, _FROM, _NOT_AFTER): "-ppCCCC-",
    (_FROM, _UNTIL, _NOT_AFTER): "---CCpp-",
    (_FROM, _NOT_AFTER): "---CCCC-",
    (_NOT_BEFORE, _NOT_AFTER): "-pppppp-",
    (_NOT_BEFORE, _UNTIL, _NOT_AFTER): "-pppCpp-",
    (_NOT_BEFORE, _UNTIL): "-pppC---",
    (_NOT_BEFORE,): "-ppppppp",
    (_UNTIL, _NOT_AFTER): "ppppCpp-",
    (_NOT_AFTER,): "ppppppp-",
    (_UNTIL,): "ppppC---",
    (): "pppppppp",
}
