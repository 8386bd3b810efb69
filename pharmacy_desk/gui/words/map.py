"""The three-code map in words: states, pack levels, steps of its history, answers to wishes."""

from pharmacy_desk.core.catalogue.drugs import MapState, PackLevel
from pharmacy_desk.core.catalogue.map import MapFilter, MapLine
from pharmacy_desk.counter.answers import MapAnswer, MapDid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate


def level(of: PackLevel) -> str:
    """A pack level."""
    return {
        PackLevel.SMALLEST: translate("Map", "box (smallest)"),
        PackLevel.MIDDLE: translate("Map", "middle pack"),
        PackLevel.CARTON: translate("Map", "carton"),
    }[of]


def shown(which: MapFilter) -> str:
    """A filter of the list."""
    return {
        MapFilter.ALL: translate("Map", "All in use"),
        MapFilter.CONFLICTS: translate("Map", "Conflicts"),
        MapFilter.PROPOSED: translate("Map", "Not confirmed"),
        MapFilter.REMOVED: translate("Map", "Taken out"),
    }[which]


def empty(which: MapFilter) -> str:
    """What an empty list says."""
    return {
        MapFilter.ALL: translate(
            "Map",
            "Nothing found. Scan a box and say on the right which drug it is, or import the map.",
        ),
        MapFilter.CONFLICTS: translate("Map", "No identification stands for two drugs."),
        MapFilter.PROPOSED: translate("Map", "Nothing waits for a second person."),
        MapFilter.REMOVED: translate("Map", "Nothing was taken out."),
    }[which]


def state(line: MapLine) -> tuple[str, theme.Tone | None]:
    """A row's state with its sign; a conflict names the other drugs."""
    if line.mapping.state is MapState.REMOVED:
        return translate("Map", "✕ taken out"), theme.NO
    if line.rivals:
        also = translate("Map", "! also %1").replace("%1", "、".join(line.rivals))
        return also, theme.ASK
    if line.mapping.state is MapState.PROPOSED:
        return translate("Map", "! waits for a second person"), theme.ASK
    return translate("Map", "✓ in use"), None


def step(word: str) -> str:
    """A step of the history."""
    return {
        "confirmed": translate("Map", "mapped"),
        "proposed": translate("Map", "proposed"),
        "removed": translate("Map", "taken out"),
        "imported": translate("Map", "from the drug list"),
    }[word]


def reasons() -> tuple[tuple[str, str], ...]:
    """Why a mapping is taken out: (words, what the ledger keeps)."""
    return (
        (translate("Map", "wrong drug"), "映射错商品"),
        (translate("Map", "wrong pack level"), "包装级别错误"),
        (translate("Map", "the label was misprinted"), "标签印错"),
        (translate("Map", "drug no longer sold"), "商品停用"),
        (translate("Map", "other"), "其他"),
    )


def answer(told: MapAnswer) -> Said:
    """What became of a wish at the map's page."""
    said = _done(told.what) or _not_done(told.what)
    what = said.evidence.replace("%1", told.identification).replace("%3", told.other)
    return Said(said.tone, said.word, what.replace("%2", told.item), said.todo)


def at_checkout(told: MapAnswer) -> Said | None:
    """What became of the answer to an unknown box; None when it is judged now."""
    if told.what is MapDid.CONFIRMED:
        return None
    if told.what in (MapDid.BAD_PIN, MapDid.LOCKED_OUT):
        return Said(
            theme.NO,
            translate("Checkout", "Wrong PIN"),
            translate("Checkout", "The second person's number or PIN is wrong."),
            translate("Checkout", "Type both again."),
        )
    if told.what is MapDid.PROPOSED:
        return Said(
            theme.ASK,
            translate("Checkout", "Second person"),
            translate("Checkout", "%1 is noted as %2; a second person has to confirm it.")
            .replace("%1", told.identification)
            .replace("%2", told.item),
            translate("Checkout", "The box is not in yet."),
        )
    return answer(told)


def _done(what: MapDid) -> Said | None:
    return {
        MapDid.CONFIRMED: Said(
            theme.YES,
            translate("Map", "Mapped"),
            translate("Map", "%1 stands for %2 from now on."),
        ),
        MapDid.PROPOSED: Said(
            theme.ASK,
            translate("Map", "Second person"),
            translate("Map", "%1 is noted as %2; it counts once a second person confirms it."),
            translate("Map", "Let a colleague type number and PIN, or sign in and press F8."),
        ),
        MapDid.REMOVED: Said(
            theme.YES,
            translate("Map", "Taken out"),
            translate("Map", "%1 no longer stands for %2. Earlier sales stay as they are."),
        ),
        MapDid.CONFLICT: Said(
            theme.ASK,
            translate("Map", "Conflict"),
            translate("Map", "%1 stands for %3 already; nothing was changed."),
            translate("Map", "F8 again keeps both. Or take the other one out with F6 first."),
        ),
    }.get(what)


def _not_done(why: MapDid) -> Said:
    what, todo = {
        MapDid.SECOND_PERSON: (
            translate("Map", "%1 is in use; another level needs a second person."),
            translate("Map", "Let a colleague type number and PIN on the right, then press F8."),
        ),
        MapDid.NO_SUCH_ITEM: (
            translate("Map", "There is no drug %2 in the list; nothing was changed."),
            translate("Map", "Choose the drug again."),
        ),
        MapDid.NOT_THERE: (
            translate("Map", "%1 does not stand for %2 any more; nothing was changed."),
            "",
        ),
        MapDid.LOCKED_OUT: (
            translate("Map", "This number is locked after too many wrong PINs."),
            translate("Map", "Wait, or let somebody else confirm."),
        ),
        MapDid.BAD_PIN: (
            translate("Map", "The second person's number or PIN is wrong; nothing was changed."),
            translate("Map", "Type both again."),
        ),
    }[why]
    return Said(theme.NO, translate("Map", "Not mapped"), what, todo)
