"""Groups, exhibits and topics of a draft: what they are, and at which stop or item the text puts them."""

from __future__ import annotations

from etappe.drafting.programme import Programme
from etappe.drafting.quotes import Quotes
from etappe.drafting.stops import Spot
from etappe.drafting.things import Ids, Things
from etappe.drafting.yaml_lines import Keys, Value
from etappe.extraction.model import Extraction, Group, GroupKind, Photo, Span, Status

_ROLES = {GroupKind.PRESS: "press", GroupKind.PUBLIC: "audience", GroupKind.TRADE_VISITORS: "audience"}
#: How many groups, and how many exhibits, one draft holds.
MOST = 200


class Company:
    """Makes the sections ``groups``, ``exhibits`` and ``topics``."""

    def __init__(
        self,
        extraction: Extraction,
        programme: Programme,
        things: Things,
        quotes: Quotes,
        ids: Ids,
        campaign: str | None,
    ) -> None:
        self._extraction, self._programme, self._things, self._quotes = extraction, programme, things, quotes
        self._campaign = campaign
        self.groups, self.exhibits, self.topics = Keys(), Keys(), Keys()
        self.remarks: list[str] = []
        for group in extraction.groups[:MOST]:
            self._group(group, ids.new("group", group.name))
        for thing in extraction.exhibits[:MOST]:
            identifier = ids.new("exhibit", thing.name)
            keys = Keys().put("kind", "vehicle" if thing.vehicle else None).put("name", thing.name)
            self.exhibits.put(
                identifier,
                self._rest(keys, thing.mentions),
                "? taken for a vehicle by its name" if thing.vehicle else "",
            )
            self._place(f"exhibit/{identifier}", list(thing.shown[:MOST]), "exhibits")
        for topic in extraction.topics[:MOST]:
            identifier = ids.new("topic", topic.name)
            self.topics.put(identifier, Keys().put("name", topic.name))
            self._place(f"topic/{identifier}", [topic.span], "about")
        self._ids = {
            **{
                group.name: f"group/{entry.key}"
                for group, entry in zip(extraction.groups, self.groups.entries, strict=False)
            },
            **{
                thing.name: f"exhibit/{entry.key}"
                for thing, entry in zip(extraction.exhibits, self.exhibits.entries, strict=False)
            },
        }

    def shown(self, photo: Photo) -> list[Value]:
        """The groups and exhibits that a caption names."""
        found = self._extraction
        groups = [group.name for group in found.groups[:MOST] if photo.caption in group.depicted]
        things = [thing.name for thing in found.exhibits[:MOST] if photo.caption in thing.depicted]
        return [self._ids[name] for name in (*groups, *things)]

    # --- groups

    def _group(self, group: Group, identifier: str) -> None:
        keys = Keys().put("name", group.name).put("kind of group", _kind(group))
        if group.organisation is not None:
            keys.put("representing", f"organization/{self._things.organization(group.organisation)}")
        elif group.of_campaign and self._campaign is not None:
            keys.put("representing", f"campaign/{self._campaign}")
        if group.minors:
            keys.put("minors", "yes")
            quote = self._quotes.of(group.mentions[0])
            keys.put("certainty", "implied").put("quote", quote)
        else:
            self._rest(keys, group.mentions)
        self.groups.put(identifier, keys)
        if not self._present(group, identifier):
            self.remarks.append(f"? there, but at which stop is not clear: {group.name}")

    def _present(self, group: Group, identifier: str) -> bool:
        """Put a group where clauses put it; where none does, a caption puts it at the stop."""
        spots: list[tuple[Spot, Span]] = []
        for words in (group.present or group.depicted)[:MOST]:
            where = self._programme.whereabouts
            spot = where.of(words, group.mentions) or where.named(words)
            status = (spot.event.status if spot.event is not None else spot.stop.status) if spot is not None else None
            if spot is not None and status is Status.HELD:
                spots.append((spot, words))
        done: list[tuple[int, int]] = []
        for spot, words in sorted(spots, key=lambda found: found[0].event is None):
            key = (id(spot.stop), id(spot.event) if spot.event is not None else 0)
            if key not in done:
                done.append(key)
                if _only_shown(group, spot):
                    continue
                self._programme.join(spot, self._participation(group, identifier, spot, words))
        return bool(spots)

    def _participation(self, group: Group, identifier: str, spot: Spot, words: Span) -> Keys:
        visits = spot.event is not None and bool(spot.event.hosts) and group.of_campaign
        role = "interlocutor" if words in group.talking else "visitor" if visits else _ROLES.get(group.kind)
        keys = Keys().put("who", f"group/{identifier}", "" if role else "? role").put("role", role)
        mention = next((span for span in group.mentions if span.within(words)), words)
        quote = self._quotes.of(words, mention)
        if quote is not None:
            keys.put("certainty", self._quotes.certainty(words)).put("quote", quote)
        if spot.event is None and len(spot.stop.all()) > 1:
            keys.note(self._programme.which_item(spot, words))
        return keys

    # --- what is shown and talked about

    def _place(self, reference: str, words: list[Span], key: str) -> None:
        found = [spot for span in words if (spot := self._programme.whereabouts.of(span)) is not None]
        held = [spot for spot in found if (spot.event or spot.stop).status is Status.HELD]
        best = min(held, key=lambda spot: spot.event is None, default=None)
        if best is not None:
            self._programme.add(best, key, reference)

    def _rest(self, keys: Keys, spans: tuple[Span, ...]) -> Keys:
        for span in spans[:5]:
            quote = self._quotes.of(span)
            if quote is not None:
                return keys.put("certainty", self._quotes.certainty(span)).put("quote", quote)
        return keys


def _only_shown(group: Group, spot: Spot) -> bool:
    """Whether all that is known of a group is a picture of no day: the photo says so, and there is no role."""
    several = spot.event is None and len(spot.stop.all()) > 1
    return several and not group.present and spot.day is None and group.kind not in _ROLES


def _kind(group: Group) -> str | None:
    return "group-press" if group.kind is GroupKind.PRESS else group.kind.value
