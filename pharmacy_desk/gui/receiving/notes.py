"""What the receiving screen says besides the answer to a scan."""

from collections.abc import Sequence

from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.stock.acceptance import Lack
from pharmacy_desk.core.stock.receiving import Receiving, Row, Tally
from pharmacy_desk.core.stock.supplier_words import SupplierWords, offered
from pharmacy_desk.counter.views.receiving_view import DrugNamed, NoneLikely, WhichDrug
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate

# Kept in Chinese whatever the window's language: they go into the document and its record.
_REASONS = ("包装破损", "污染或受潮", "与随货同行单不符", "近效期", "已过期", "冷链超温", "其他")


def row_heads() -> list[str]:
    """Columns of the upper list."""
    return [
        translate("Stock", "Drug"),
        translate("Stock", "Spec"),
        translate("Stock", "Lot"),
        translate("Stock", "Expiry"),
        translate("Stock", "Expected"),
        translate("Stock", "Scanned"),
        translate("Stock", "Refused"),
        translate("Stock", "State"),
    ]


def which_drug(words: SupplierWords) -> Said:
    """A supplier's words that fit no drug exactly."""
    return Said(
        theme.ASK,
        translate("Stock", "Which drug?"),
        translate("Stock", "%1 calls it: %2").replace("%1", words.party).replace("%2", words.text),
        translate("Stock", "Choose the same drug and size; it is remembered for this supplier."),
    )


def likely_drugs(told: WhichDrug) -> list[tuple[str, object]]:
    """The drugs to choose from, and none of them."""
    answers: list[tuple[str, object]] = [
        (offered(item), DrugNamed(told.words, item)) for item in told.likely
    ]
    return [*answers, (translate("Stock", "None of these"), NoneLikely(told.words))]


def none_likely(words: SupplierWords) -> Said:
    """Nothing in the drug list is like it."""
    return Said(
        theme.ASK,
        translate("Stock", "Not in the list"),
        words.text,
        translate("Stock", "Add the drug in the drug list, then read the note again (Ctrl+O)."),
    )


def drug_named(words: SupplierWords, item: Item) -> Said:
    """What was answered, and that it is kept."""
    return Said(
        theme.NOTE,
        translate("Stock", "Remembered"),
        f"{words.text} → {offered(item)}",
        translate("Stock", "Later deliveries of %1 find it by themselves.").replace(
            "%1", words.party
        ),
    )


def box_heads() -> list[str]:
    """Columns of the lower list."""
    return [
        translate("Stock", "Trace code"),
        translate("Stock", "Drug"),
        translate("Stock", "Lot"),
        translate("Stock", "Result"),
    ]


def no_rows() -> str:
    """The upper list is empty."""
    return translate(
        "Stock",
        "Press Ctrl+O to choose the delivery note, or drop its file here. Without one, type the"
        " supplier and scan the boxes.",
    )


def no_boxes() -> str:
    """The lower list is empty."""
    return translate("Stock", "Scanned boxes appear here, the newest first.")


def keys() -> dict[str, str]:
    """Each key of the screen with its word, in the order of the card."""
    return {
        "F8": translate("Keys", "Post"),
        "F6": translate("Keys", "Refuse a box"),
        "Enter": translate("Keys", "Lot, drug"),
        "Backspace": translate("Keys", "Take out last"),
        "Delete": translate("Keys", "Take out chosen"),
        "F4": translate("Keys", "Put aside"),
        "F5": translate("Keys", "Unfinished"),
        "Ctrl+O": translate("Keys", "Delivery note"),
        "Ctrl+E": translate("Keys", "Record"),
        "Esc": translate("Keys", "Drop all"),
    }


def reasons() -> list[tuple[str, object]]:
    """Why a box is refused; what is shown and what is written."""
    words = (
        translate("Stock", "package damaged"),
        translate("Stock", "soiled or damp"),
        translate("Stock", "not as the note says"),
        translate("Stock", "too near its expiry"),
        translate("Stock", "expired"),
        translate("Stock", "cold chain broken"),
        translate("Stock", "other"),
    )
    return list(zip(words, _REASONS, strict=True))


def title(receiving: Receiving, tallies: Sequence[Tally]) -> tuple[str, str]:
    """How the receiving stands: a line, and what it is about."""
    if receiving.empty:
        return translate("Stock", "Receiving"), translate("Stock", "Nothing is being received.")
    scanned = sum(tally.scanned for tally in tallies)
    missing = sum(tally.missing for tally in tallies)
    extra = sum(tally.extra for tally in tallies) if receiving.listed else 0
    if not receiving.listed:
        text = translate("Stock", "%1 boxes scanned").replace("%1", str(scanned))
    elif missing or extra:
        text = translate("Stock", "! %1 scanned, %2 missing, %3 extra")
        for mark, value in (("%1", scanned), ("%2", missing), ("%3", extra)):
            text = text.replace(mark, str(value))
    else:
        text = translate("Stock", "✓ All %1 boxes are here").replace("%1", str(scanned))
    parts = [receiving.supplier or translate("Stock", "supplier not told"), receiving.reference]
    return text, " · ".join(part for part in parts if part)


def row_state(row: Row, tally: Tally, *, listed: bool) -> str:
    """A row's state as a sign and words."""
    if row.item is None:
        return translate("Stock", "✕ drug not known")
    if tally.missing:
        words = translate("Stock", "… %1 missing")
        if not row.item.needs_code and not tally.scanned:
            words = translate("Stock", "Enter: count %1")
        return words.replace("%1", str(tally.missing))
    if tally.extra and tally.expected:
        return translate("Stock", "! %1 extra").replace("%1", str(tally.extra))
    if tally.extra and not row.batch.complete and row.item.needs_batch:
        return translate("Stock", "! lot?")
    if tally.expected:
        return translate("Stock", "✓ complete")
    return translate("Stock", "! extra") if listed else translate("Stock", "✓ scanned")


def refused_word(reason: str) -> str:
    """A refused box in the list."""
    shown = {written: words for words, written in reasons()}.get(reason, reason)
    return translate("Stock", "✕ refused: %1").replace("%1", shown)


def ready(receiving: Receiving, unread: int = 0) -> Said:
    """Nothing scanned yet; `unread` rows of the file were not taken."""
    tone = theme.IDLE
    if receiving.listed:
        what = translate("Stock", "%1 lines are expected.").replace("%1", str(len(receiving.rows)))
        todo = translate("Stock", "Scan every box; outer packs are opened by themselves.")
    else:
        what = translate("Stock", "Choose the delivery note, or type the supplier.")
        todo = translate("Stock", "Then scan every box.")
    if unread:
        tone = theme.ASK
        left = translate("Stock", "%1 rows of the file were not taken; the reasons are below.")
        what += " " + left.replace("%1", str(unread))
    return Said(tone, translate("Stock", "Ready"), what, todo)


def unfinished(boxes: int) -> Said:
    """Another note is wanted while one is being received."""
    what = translate("Stock", "%1 boxes of another delivery are scanned and not posted.")
    return Said(
        theme.ASK,
        translate("Stock", "Not yet"),
        what.replace("%1", str(boxes)),
        translate("Stock", "F8 posts it, F4 puts it aside, Esc and Enter drop it."),
    )


def no_lines(bad: int) -> Said:
    """The file holds nothing that can be received; `bad` of its rows have a fault."""
    if bad:
        what = translate("Stock", "No row of this file can be received; the reasons are below.")
    else:
        what = translate("Stock", "This file has its header, but no row below it.")
    return Said(
        theme.ASK,
        translate("Stock", "Nothing there"),
        what,
        translate("Stock", "Correct the file, or scan without it."),
    )


def drop_all(boxes: int) -> Said:
    """Esc asks first."""
    what = translate("Stock", "This receiving and its %1 scanned boxes would be forgotten.")
    return Said(
        theme.ASK,
        translate("Stock", "Drop all?"),
        what.replace("%1", str(boxes)),
        translate("Stock", "Enter drops it, Esc keeps it."),
    )


def nothing_to_refuse() -> Said:
    """F6 without a box."""
    return Said(
        theme.ASK,
        translate("Stock", "Which box?"),
        translate("Stock", "There is no box to refuse."),
        translate("Stock", "Scan it, or go to it in the list below, then press F6."),
    )


def nothing_chosen() -> Said:
    """A key that acts on a row or a box, and none is chosen."""
    return Said(
        theme.ASK,
        translate("Stock", "Which one?"),
        translate("Stock", "No row is chosen."),
        translate("Stock", "Go to it in the list first, by a click or by the arrows."),
    )


def refused(reason: str) -> Said:
    """A box was refused."""
    shown = {written: words for words, written in reasons()}.get(reason, reason)
    return Said(
        theme.NO,
        translate("Stock", "Refused"),
        translate("Stock", "The box is refused: %1.").replace("%1", shown),
        translate("Stock", "Put it aside. F6 on it in the list takes it after all."),
    )


def lot_missing(name: str) -> Said:
    """A row has boxes and no lot."""
    return Said(
        theme.ASK,
        translate("Stock", "Not yet"),
        translate("Stock", "Lot and dates of %1 are missing.").replace("%1", name),
        translate("Stock", "Read them on the box and fill them in."),
    )


def lacking(field: Lack) -> Said:
    """A field that has to be filled in before the receiving can be posted."""
    what = {
        Lack.SUPPLIER: translate("Stock", "Who supplied it is missing."),
        Lack.CELSIUS: translate(
            "Stock", "Cold goods: the temperature on arrival is missing, or no number."
        ),
        Lack.ARRIVED: translate("Stock", "The time of arrival is no time: write 2026-01-31 09:30."),
    }[field]
    return Said(theme.ASK, translate("Stock", "Not yet"), what, translate("Stock", "Then F8."))


def not_cold(celsius: str) -> Said:
    """Refrigerated goods that came too warm or too cold: F8 asks once more."""
    what = translate("Stock", "Cold goods came at %1 °C, not at 2 to 8 °C.")
    return Said(
        theme.ASK,
        translate("Stock", "Not cold?"),
        what.replace("%1", celsius),
        translate("Stock", "Refuse them with F6; frozen goods: F8 once more."),
    )


def nothing_scanned() -> Said:
    """F8 with nothing to post."""
    return Said(
        theme.ASK,
        translate("Stock", "Nothing there"),
        translate("Stock", "No box is scanned yet."),
    )


def differs(missing: int, extra: int, unknown: int) -> Said:
    """F8 although what came is not what was announced: the person says so once more."""
    parts = []
    if missing:
        parts.append(translate("Stock", "%1 missing").replace("%1", str(missing)))
    if extra:
        parts.append(translate("Stock", "%1 extra").replace("%1", str(extra)))
    if unknown:
        words = translate("Stock", "%1 lines of unknown drugs")
        parts.append(words.replace("%1", str(unknown)))
    what = translate("Stock", "Not as the note says: %1.").replace("%1", "，".join(parts))
    return Said(
        theme.ASK,
        translate("Stock", "Differs"),
        what,
        translate("Stock", "F8 once more posts what is scanned; or scan on."),
    )


def posting(boxes: int) -> Said:
    """The document is being written."""
    what = translate("Stock", "%1 boxes are being posted.").replace("%1", str(boxes))
    return Said(theme.NOTE, translate("Stock", "Posting …"), what)


def posted(documents: Sequence[str], moved: int, back: int, stayed: int) -> Said:
    """The documents are on the disk."""
    what = translate("Stock", "%1 boxes received, %2 refused. Documents: %3.")
    for mark, value in (("%1", str(moved)), ("%2", str(back)), ("%3", "，".join(documents))):
        what = what.replace(mark, value)
    if stayed:
        todo = translate("Stock", "%1 stayed behind: the list below says why.")
        return Said(theme.ASK, translate("Stock", "Posted"), what, todo.replace("%1", str(stayed)))
    todo = translate("Stock", "Ctrl+E saves the acceptance record.")
    return Said(theme.YES, translate("Stock", "Posted"), what, todo)


def not_posted(stayed: int) -> Said:
    """Nothing could be posted."""
    what = translate("Stock", "None of %1 could be posted.").replace("%1", str(stayed))
    todo = translate("Stock", "The list below says why.")
    return Said(theme.NO, translate("Stock", "Not posted"), what, todo)


def nothing_to_export() -> Said:
    """Ctrl+E before anything was posted."""
    return Said(
        theme.ASK,
        translate("Stock", "Nothing there"),
        translate("Stock", "Nothing was posted here yet."),
        translate("Stock", "Older records: Ctrl+3, then Alt+4, choose the document, Ctrl+E."),
    )


def goods_saved(name: str, lines: int, uncoded: int) -> Said:
    """The goods of a document are written; a list of codes cannot name packs without one."""
    what = translate("Stock", "%1 lines are in %2.").replace("%1", str(lines)).replace("%2", name)
    if not uncoded:
        return Said(theme.YES, translate("Stock", "Saved"), what)
    todo = translate("Stock", "%1 packs without a code are not in the file: write them by hand.")
    return Said(theme.ASK, translate("Stock", "Saved"), what, todo.replace("%1", str(uncoded)))


def exported(name: str, lines: int) -> Said:
    """The acceptance record is written."""
    what = translate("Stock", "%1 lines are in %2.").replace("%1", str(lines)).replace("%2", name)
    return Said(theme.YES, translate("Stock", "Saved"), what)
