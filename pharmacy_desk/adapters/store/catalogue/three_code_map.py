"""The three-code map (三码映射) in the ledger: who said what an identification stands for."""

from collections.abc import Sequence
from dataclasses import replace

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.catalogue.drugs import Item, MapEntry, Mapping, MapState, PackLevel

_KINDS = {
    MapState.CONFIRMED: EventKind.MAP_CONFIRMED,
    MapState.PROPOSED: EventKind.MAP_PROPOSED,
}


@reads_rows
class ThreeCodeMap(Part):
    """The part of the ledger that maps identifications to drugs.

    `known` keeps what was read of it and of the catalogue; every writer empties it.
    """

    def __init__(self, chain: Chain) -> None:
        super().__init__(chain)
        self.known: dict[str, facts.KnownItems] = {}

    def put_mapping(self, actor: Actor, mapping: Mapping) -> None:
        """Write one row of the three-code map and its event."""
        self.put_mappings(actor, (mapping,))

    def put_mappings(self, actor: Actor, mappings: Sequence[Mapping]) -> None:
        """Write several rows in one transaction, each with its event."""
        self.known.clear()
        with self.transaction():
            for mapping in mappings:
                self._put(actor, mapping, {})

    def unmap(self, actor: Actor, identification: str, item: str, reason: str) -> bool:
        """Take a row out of use, with the reason; False when there is none in use."""
        self.known.clear()
        held = (entry.mapping for entry in self.map_entries(identification))
        there = next((m for m in held if m.item == item and m.state is not MapState.REMOVED), None)
        if there is None:
            return False
        with self.transaction():
            gone = replace(there, state=MapState.REMOVED)
            self._put(actor, gone, {"reason": reason, "was": there.state.value})
        return True

    def _put(self, actor: Actor, mapping: Mapping, more: dict[str, object]) -> None:
        self._conn.execute(
            "INSERT OR REPLACE INTO identifications(identification, item, state, operator, at,"
            " level) VALUES (?, ?, ?, ?, ?, ?)",
            (
                mapping.identification,
                mapping.item,
                mapping.state.value,
                actor.operator,
                actor.at.isoformat(),
                int(mapping.level),
            ),
        )
        payload: dict[str, object] = {
            "identification": mapping.identification,
            "item": mapping.item,
            "level": int(mapping.level),
        }
        kind = _KINDS.get(mapping.state, EventKind.MAP_REMOVED)
        self.append(actor.event(kind, payload=payload | more))

    def map_entries(self, identification: str) -> tuple[MapEntry, ...]:
        """Every row of an identification, those out of use too."""
        found = self._conn.execute(
            "SELECT item, state, level, operator, at FROM identifications"
            " WHERE identification = ? ORDER BY item",
            (identification,),
        )
        return tuple(
            MapEntry(
                Mapping(
                    identification, row["item"], MapState(row["state"]), PackLevel(row["level"])
                ),
                row["operator"],
                rows.moment(row["at"]),
            )
            for row in found.fetchall()
        )

    def without_removed(self, item: Item) -> Item:
        """An item of a drug list without the identifications that people took out of use."""
        found = self._conn.execute(
            "SELECT identification FROM identifications WHERE item = ? AND state = 'removed'",
            (item.code,),
        )
        gone = {row["identification"] for row in found}
        kept = tuple(known for known in item.identifications if known not in gone)
        return replace(item, identifications=kept)
