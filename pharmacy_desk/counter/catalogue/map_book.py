"""The three-code map (三码映射) as people keep it: who may say what, and what contradicts it."""

from collections.abc import Callable
from dataclasses import replace

from pharmacy_desk.core.catalogue.drugs import Item, MapEntry, Mapping, MapState, PackLevel
from pharmacy_desk.core.people.free_text import kept
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.marks import MapLedger
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter.answers import MapAnswer, MapDid
from pharmacy_desk.counter.people.at_counter import AtCounter


class MapBook:
    """Decides what becomes of a mapping that somebody says. Runs on the desk lane."""

    def __init__(
        self,
        *,
        catalogue: CatalogueLedger,
        mappings: MapLedger,
        who: AtCounter,
        settings: Callable[[], Settings],
    ) -> None:
        self._catalogue = catalogue
        self._mappings = mappings
        self._who = who
        self._settings = settings

    def say(
        self,
        identification: str,
        item: Item,
        second: str | None,
        level: PackLevel = PackLevel.SMALLEST,
        anyway: bool = True,
    ) -> MapAnswer:
        """A person says which drug an identification is; `second` is who confirmed it, if any.

        Where the policy wants two persons, the first one's answer is kept as proposed until
        somebody else gives the same answer. What is in use already is never made a proposal
        again. Without `anyway` a mapping that contradicts another one is refused.
        """
        actor = self._who.actor()
        held, others = self.held(identification, item.code)
        if others and not anyway:
            rival = self._catalogue.find_item(others[0])
            other = rival.name if rival else others[0]
            return MapAnswer(MapDid.CONFLICT, identification, item.name, other)
        confirmed = held is not None and held.mapping.state is MapState.CONFIRMED
        if held and confirmed and held.mapping.level is level:
            return MapAnswer(MapDid.CONFIRMED, identification, item.name)
        confirmer = second or actor.operator
        if self.two_persons and confirmer == _first(held, level, actor.operator):
            if confirmed:
                return MapAnswer(MapDid.SECOND_PERSON, identification, item.name)
            mapping = Mapping(identification, item.code, MapState.PROPOSED, level)
            self._mappings.put_mapping(actor, mapping)
            return MapAnswer(MapDid.PROPOSED, identification, item.name)
        mapping = Mapping(identification, item.code, MapState.CONFIRMED, level)
        self._mappings.put_mapping(replace(actor, operator=confirmer), mapping)
        return MapAnswer(MapDid.CONFIRMED, identification, item.name)

    def unmap(self, identification: str, item: str, reason: str) -> bool:
        """Take a mapping out of use, with the reason; False when there is none in use."""
        actor = self._who.actor()
        told = kept(reason, actor.at.date())
        return self._mappings.unmap(actor, identification, item, told)

    @property
    def two_persons(self) -> bool:
        """Whether the policy wants a second person for what one has said."""
        return self._settings().flag("map.second_person")

    @property
    def operator(self) -> str:
        """Who says it now."""
        return self._who.operator

    def has_item(self, code: str) -> bool:
        """Whether the drug list knows an item code."""
        found = self._catalogue.find_item(code)
        return found is not None and found.code == code

    def knows(self, mapping: Mapping) -> bool:
        """True when the pair is known already, in use or waiting."""
        return self.held(mapping.identification, mapping.item)[0] is not None

    def write(self, mappings: list[Mapping]) -> None:
        """Write what rows led to, in one transaction."""
        if mappings:
            self._mappings.put_mappings(self._who.actor(), mappings)

    def held(self, identification: str, item: str) -> tuple[MapEntry | None, list[str]]:
        """The row of this pair, and the other drugs the identification stands for."""
        entries = self._mappings.map_entries(identification)
        own = next((entry for entry in entries if entry.mapping.item == item), None)
        others = [
            entry.mapping.item
            for entry in entries
            if entry.mapping.item != item and entry.mapping.state is not MapState.REMOVED
        ]
        return own, others


def _first(held: MapEntry | None, level: PackLevel, operator: str) -> str:
    """Who said it first: the one whose proposal of the same level waits, else who says it now."""
    waits = held is not None and held.mapping.state is MapState.PROPOSED
    return held.operator if held and waits and held.mapping.level is level else operator
