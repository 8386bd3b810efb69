"""Orders that came in online (美团, 饿了么, 京东 …): platform and number, kept with the sale."""

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.scan import normalise

# Platforms number their orders with up to 32 signs; twice that leaves room for a prefix.
MAX_ORDER_CHARS = 64
MAX_PLATFORM_CHARS = 20


@dataclass(frozen=True, slots=True)
class OnlineOrder:
    """Which order a sale was picked for: the platform's name and its order number."""

    platform: str
    number: str


def order_number(text: str) -> str | None:
    """An order number as it is kept, without blanks; None for what is none.

    Letters, digits and the signs `-`, `_`, `#` and `.` are what platforms use; anything else was
    not meant for this field.
    """
    plain = "".join(normalise(text).split())
    usual = plain.translate(str.maketrans("", "", "-_#."))
    if not plain or len(plain) > MAX_ORDER_CHARS or not (usual.isascii() and usual.isalnum()):
        return None
    return plain


def platforms(text: str) -> tuple[str, ...]:
    """The platforms of a store's setting, apart by `;`, in its order and each once."""
    parts = (part.strip() for part in text.replace("；", ";").split(";"))
    return tuple(dict.fromkeys(part[:MAX_PLATFORM_CHARS] for part in parts if part))
