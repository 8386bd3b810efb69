"""What the scanner test card prints, as data: a symbol, its payload, and what reading it proves.

The card is for a person who sets a scanner up: each line that comes back as it is printed here
proves one thing that scanners get wrong (facts on codes, sections 3.1 to 3.3).
"""

from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.scan import GS


class Carrier(StrEnum):
    """How a line is printed; the names are those of the symbologies."""

    CODE_128 = "Code128"
    DATA_MATRIX = "DataMatrix"
    GS1_DATA_MATRIX = "GS1DataMatrix"
    QR = "QRCode"


class Proof(StrEnum):
    """What a line proves when it is read as printed."""

    PLAIN = "plain"
    ZEROS = "zeros"
    SEPARATOR = "separator"
    CASE = "case"
    LONG = "long"
    FIRST_OF_TWO = "first_of_two"
    SECOND_OF_TWO = "second_of_two"
    QR = "qr"


@dataclass(frozen=True, slots=True)
class CardLine:
    """One symbol of the card. `payload` is what a scanner must deliver, without AIM id and end."""

    proof: Proof
    carrier: Carrier
    payload: str


# 240 characters: more than one HID-POS report of 56 (section 3.3) and than scanners that buffer
# 128 hold; still below the 255 that some stop at.
_LONG_CHARS = 240
_LONG = "LONG" + "".join(f"{number:04d}" for number in range(4, _LONG_CHARS, 4))

# Made-up codes: the identification 8000000 and the company prefix 690000 belong to nobody. A test
# scan that strays into a sale is asked about (no such drug) and never sold by mistake.
CARD: tuple[CardLine, ...] = (
    CardLine(Proof.PLAIN, Carrier.CODE_128, "80000001234567890123"),
    # Scanners that cut leading zeros of a part, or shorten a run of one key.
    CardLine(Proof.ZEROS, Carrier.CODE_128, "80000000000000000001"),
    # A lot of variable length before another field: without GS the two cannot be told apart.
    CardLine(
        Proof.SEPARATOR,
        Carrier.GS1_DATA_MATRIX,
        f"01069000000000141729013110LOT42{GS}21TEST0001",
    ),
    # CapsLock or a wrong keyboard layout turns the letters or the signs.
    CardLine(Proof.CASE, Carrier.CODE_128, "TestCARDaBcXyZ-01/@#"),
    CardLine(Proof.LONG, Carrier.DATA_MATRIX, _LONG),
    CardLine(Proof.QR, Carrier.QR, "80000002222222222222"),
    # Two symbols so close that both are in view: one scan must give one of them, whole.
    CardLine(Proof.FIRST_OF_TWO, Carrier.CODE_128, "80000003333333333331"),
    CardLine(Proof.SECOND_OF_TWO, Carrier.CODE_128, "80000003333333333332"),
)


def gs1_elements(payload: str) -> str:
    """A GS1 line's payload as a symbol writer takes it: each field behind its (AI).

    Only for the fields this card uses: 01 and 17 of fixed length, 10 and 21 up to GS or the end.
    """
    fixed = {"01": 14, "17": 6}
    told, rest = "", payload
    while rest:
        ai, rest = rest[:2], rest[2:]
        if ai in fixed:
            value, rest = rest[: fixed[ai]], rest[fixed[ai] :]
        else:
            value, _, rest = rest.partition(GS)
        told += f"({ai}){value}"
    return told
