"""Text from reports, made fit for line-based and XML forms."""

from __future__ import annotations

import re

# Controls, surrogates and non-characters: no form of ours can carry them (XML 1.0, section 2.2; RFC 5545, section 3.1).
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029]+")


def one_line(text: str) -> str:
    """The text on one line, without control characters."""
    return " ".join(_UNFIT.sub(" ", text).split())
