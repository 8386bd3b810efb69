"""Money as integer fen; text only at the edges."""

from decimal import Decimal

# Above this a price is a typing error, not a price: ¥1 000 000.00 a box.
MAX_PRICE_FEN = 100_000_000


def parse_yuan(text: str) -> int | None:
    """Yuan as typed or imported (`21.8`, `¥21.80`, `1,280.00`) in fen; None when it is none."""
    cleaned = text.strip().lstrip("¥￥").replace(",", "").strip()
    try:
        fen = Decimal(cleaned) * 100
    except ArithmeticError:  # no number at all, or one beyond any exponent
        return None
    if not fen.is_finite() or fen < 0:
        return None
    if fen > MAX_PRICE_FEN or fen != fen.to_integral_value():
        return None
    return int(fen)


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals: `2180` → `21.80`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"
