"""Which warnings a programme office wants to be violations: everywhere, or in one campaign. Never the other way round.

The file is YAML::

    violations: [C19]            # in every report
    campaigns:
      breitband-on-tour: [C09, C27]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from etappe.errors import ReadingError
from etappe.model import Finding, Severity, Source
from etappe.namespaces import ET
from etappe.reading.files import text_of
from etappe.reading.tree import Mapping as Keys
from etappe.reading.tree import Node, Scalar, Sequence, parse
from etappe.validation.shacl import Graph
from etappe.validation.shapes import catalogue


@dataclass(frozen=True)
class Strictness:
    """Codes whose warnings are violations: everywhere, and by the id of a campaign."""

    everywhere: frozenset[str] = frozenset()
    campaigns: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def applied(self, findings: Iterable[Finding], graph: Graph) -> Iterable[Finding]:
        """The findings, made graver where it says so. The campaigns are those that the report leads to."""
        codes = self.everywhere
        for campaign in graph.instances(ET.Campaign) if self.campaigns else ():
            codes |= self.campaigns.get(campaign.value.rsplit("/", 1)[-1], frozenset())
        for finding in findings:
            graver = finding.severity is Severity.WARNING and finding.code in codes
            yield replace(finding, severity=Severity.VIOLATION) if graver else finding


#: Warnings stay warnings.
AS_WRITTEN = Strictness()


def read_strictness(source: Source) -> Strictness:
    """The strictness that a file describes.

    Raises:
        ReadingError: with the line, and what to write instead.
    """
    tree = parse(text_of(source), source.name)
    everywhere, campaigns = frozenset[str](), dict[str, frozenset[str]]()
    for key, value in tree.entries:
        if key.value == "violations":
            everywhere = _codes(value, source.name)
        elif key.value == "campaigns" and isinstance(value, Keys):
            campaigns = {name.value: _codes(codes, source.name) for name, codes in value.entries}
        else:
            raise ReadingError(
                f"the key {key.value!r} is unknown here; 'violations' lists codes whose warnings become violations, "
                "'campaigns' does so by campaign, and nothing can be switched off",
                file=source.name,
                position=key.position,
            )
    return Strictness(everywhere, campaigns)


def _codes(node: Node, file: str) -> frozenset[str]:
    items = node.items if isinstance(node, Sequence) else (node,)
    known = {shape.code for shape in catalogue().values()}
    for item in items:
        if not isinstance(item, Scalar) or item.value not in known:
            raise ReadingError(
                "expected is a list of codes such as [C09, C27]; docs/constraints.md has them all",
                file=file,
                position=item.position,
            )
    return frozenset(item.value for item in items if isinstance(item, Scalar))
