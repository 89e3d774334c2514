"""Telephone, fax and e-mail of an imprint, in the form in which they can be used."""

from __future__ import annotations

import re

from etappe.drafting.yaml_lines import Keys
from etappe.extraction.model import Extraction

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}", re.ASCII)
_AT = re.compile(r"\s?[(\[{]\s?(?:at|ät)\s?[)\]}]\s?", re.IGNORECASE)
_DOT = re.compile(r"\s?[(\[{]\s?(?:dot|punkt)\s?[)\]}]\s?", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:Postfach (?P<box>\d[\d ]{1,14}\d)|(?P<street>[A-ZÄÖÜ][^\d\n,;:@]{2,50} \d{1,4} ?[a-z]?))"
    r",? (?:D-)?(?P<code>\d{5}) (?P<town>[A-ZÄÖÜ][A-Za-zÄÖÜäöüß()/. -]{1,50})"
)
_NUMBER = re.compile(r"\+?[0-9][0-9 ()/.\u2010-\u2013-]{4,}")


def contact_of(extraction: Extraction, keys: Keys) -> None:
    """Add to an organisation what its imprint gives; what cannot be read is remarked."""
    source = extraction.text.text
    for name, span in extraction.contact.items():
        words = " ".join(span.of(source).split())
        if name == "address" and (place := address(words)) is not None:
            keys.put("address", place)
            continue
        if name == "postbox" and "address" in extraction.contact and span.within(extraction.contact["address"]):
            continue
        if name not in ("phone", "fax", "email"):
            keys.note(f"? {name}: {words}")
            continue
        value = email(words) if name == "email" else telephone(words)
        keys.put(name, value, "" if value else f"? {name}: {words}")


def address(words: str) -> Keys | None:
    """Post-office box or street, postal code and town of an address."""
    found = _ADDRESS.fullmatch(words.strip(" ,;"))
    if found is None:
        return None
    keys = Keys().put("box", found["box"]).put("street", found["street"])
    return keys.put("code", found["code"]).put("locality", found["town"])


def email(words: str) -> str | None:
    """An e-mail address, also where it is disguised as ``name(at)example.org``."""
    found = _EMAIL.search(_DOT.sub(".", _AT.sub("@", words)))
    return found[0] if found else None


def telephone(words: str) -> str | None:
    """A telephone number with the country code; a number without one is German."""
    found = _NUMBER.search(words)
    if found is None:
        return None
    printed = found[0].replace("(0)", "") if found[0].startswith(("+", "00")) else found[0]
    digits = re.sub(r"\D", "", printed)
    if printed.startswith("+"):
        number = digits
    elif digits.startswith("00"):
        number = digits[2:]
    elif digits.startswith("0"):
        number = "49" + digits[1:]
    else:
        return None
    return f"+{number}" if 7 <= len(number) <= 15 and not number.startswith("0") else None
