"""What a sale takes of its prescription: line by line, never more than is left."""

from collections.abc import Sequence

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import RxFlag
from pharmacy_desk.core.sale.prescription import Prescription
from pharmacy_desk.core.sale.sale import Line, Sale


@dataclass(frozen=True, slots=True)
class Dispensed:
    """Packs of a prescription's line that stand behind a line of the sale."""

    sale_line: int
    rx_line: int
    packs: int


def needs_prescription(line: Line) -> bool:
    """True for a line of a prescription drug (处方标志 RX); as a gift it is refused anyhow."""
    return line.item.rx is RxFlag.RX and line.quantity > 0 and not line.gift


def packs_of(line: Line) -> int:
    """What a line takes of a prescription, in packs; units of an opened box count as the box."""
    if not line.split:
        return line.quantity
    return -(-line.quantity // (line.item.split_ratio or 1))


def allot(prescription: Prescription, lines: Sequence[Line]) -> tuple[Dispensed, ...]:
    """Which line takes how much of it: in the order of the sale, until nothing is left."""
    left = {drug.line: drug.left for drug in prescription.drugs}
    found = []
    for line in lines:
        wanted = packs_of(line)
        for drug in prescription.drugs:
            packs = min(wanted, left[drug.line]) if drug.is_for(line.item) else 0
            if packs:
                left[drug.line] -= packs
                wanted -= packs
                found.append(Dispensed(line.number, drug.line, packs))
    return tuple(found)


def dispensed(sale: Sale) -> tuple[Dispensed, ...]:
    """What a sale takes of its prescription; nothing when it has none."""
    return allot(sale.prescription, sale.lines) if sale.prescription else ()


def prescribed_for(sale: Sale, line: Line) -> Prescription | None:
    """The prescription that a line is sold on, if any part of it is."""
    if sale.prescription is None or sale.prescription.drug_for(line.item) is None:
        return None
    return sale.prescription
