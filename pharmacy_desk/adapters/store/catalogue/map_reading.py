"""Questions about the three-code map: its rows by drug, its conflicts, the history of one."""

import json
import sqlite3

from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.core.catalogue.drugs import Mapping, MapState, PackLevel
from pharmacy_desk.core.catalogue.map import MapFilter, MapLine, MapMoment

# The other drugs in use for the same identification, by name.
_RIVALS = (
    "(SELECT json_group_array(coalesce(n.name, o.item)) FROM identifications o"
    " LEFT JOIN items n ON n.code = o.item WHERE o.identification = i.identification"
    " AND o.item <> i.item AND o.state <> 'removed')"
)
_IN_USE = "i.state <> 'removed'"
_WHICH = {
    MapFilter.ALL: _IN_USE,
    MapFilter.CONFLICTS: f"{_IN_USE} AND {_RIVALS} <> '[]'",
    MapFilter.PROPOSED: "i.state = 'proposed'",
    MapFilter.REMOVED: "i.state = 'removed'",
}
_WORDS = {"map_confirmed": "confirmed", "map_proposed": "proposed", "map_removed": "removed"}


@reads_rows
class MapReader(ReadPart):
    """What stands in the three-code map."""

    def lines(
        self, which: MapFilter, text: str, after: MapLine | None, limit: int
    ) -> list[MapLine]:
        """A page of the map by drug; `text` finds by name, initials, item code, identification."""
        safe = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        last = after.mapping if after else None
        found = self._conn.execute(
            "SELECT i.identification, i.item, i.state, i.level, i.operator, i.at,"
            f" coalesce(t.name, '') AS name, coalesce(t.spec, '') AS spec, {_RIVALS} AS rivals"
            " FROM identifications i LEFT JOIN items t ON t.code = i.item"
            f" WHERE {_WHICH[which]} AND (i.item, i.identification) > (?1, ?2)"
            " AND (?3 = '' OR t.name LIKE '%' || ?3 || '%' ESCAPE '\\'"
            " OR t.pinyin LIKE '%' || ?3 || '%' ESCAPE '\\'"
            " OR i.item LIKE ?3 || '%' ESCAPE '\\' OR i.identification LIKE ?3 || '%' ESCAPE '\\')"
            " ORDER BY i.item, i.identification LIMIT ?4",
            (last.item if last else "", last.identification if last else "", safe, limit),
        )
        return [_line(row) for row in found]

    def history(self, identification: str) -> list[MapMoment]:
        """Who said what of an identification, the newest first; drug lists have no event."""
        found = self._conn.execute(
            "SELECT e.at, e.kind, e.operator, e.payload, e.epoch, e.seq, t.name FROM events e"
            " LEFT JOIN items t ON t.code = json_extract(e.payload, '$.item')"
            " WHERE json_extract(e.payload, '$.identification') = ?"
            " AND e.kind IN ('map_proposed', 'map_confirmed', 'map_removed')",
            (identification,),
        ).fetchall()
        moments = [_moment(row) for row in found]
        told = {moment.item for moment in moments}
        listed = self._conn.execute(
            "SELECT i.item, i.level, i.operator, i.at, t.name FROM identifications i"
            " LEFT JOIN items t ON t.code = i.item WHERE i.identification = ?",
            (identification,),
        )
        moments += [
            MapMoment(
                at=rows.moment(row["at"]),
                word="imported",
                item=row["item"],
                name=row["name"] or "",
                level=PackLevel(row["level"]),
                operator=row["operator"],
            )
            for row in listed
            if row["item"] not in told
        ]
        return sorted(moments, key=lambda moment: moment.at, reverse=True)

    def in_use(self) -> list[Mapping]:
        """Every confirmed mapping, by drug: what is exported."""
        found = self._conn.execute(
            "SELECT identification, item, level FROM identifications WHERE state = 'confirmed'"
            " ORDER BY item, level, identification"
        )
        return [
            Mapping(row["identification"], row["item"], level=PackLevel(row["level"]))
            for row in found
        ]


def _line(row: sqlite3.Row) -> MapLine:
    mapping = Mapping(
        row["identification"], row["item"], MapState(row["state"]), PackLevel(row["level"])
    )
    rivals = tuple(json.loads(row["rivals"]))
    return MapLine(
        mapping=mapping,
        name=row["name"],
        spec=row["spec"],
        operator=row["operator"],
        at=rows.moment(row["at"]),
        rivals=rivals,
    )


def _moment(row: sqlite3.Row) -> MapMoment:
    said = json.loads(row["payload"])
    return MapMoment(
        at=rows.moment(row["at"]),
        word=_WORDS[row["kind"]],
        item=said["item"],
        name=row["name"] or "",
        level=PackLevel(said.get("level", 1)),
        operator=row["operator"],
        reason=str(said.get("reason", "")),
    )
