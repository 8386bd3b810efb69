"""What the platform says in words, as it may be kept and shown: one line, bounded, no controls."""

# `msgRslt` is C2000, the longest text a platform may send (facts on platforms, 2.0); it is advised
# to keep it whole (1.2).
MOST_CHARS = 2_000
_UNREADABLE = "\ufffd"


def kept(said: object) -> str:
    """Words of an answer for the store, an event or the screen; empty for none.

    What is longer than any field allows is cut, and how much is said. White space becomes a blank;
    control characters, invisible ones and lone surrogates become the sign for what cannot be read.
    """
    text = "" if said is None else str(said)
    words = text[:MOST_CHARS]
    if not words.isprintable():
        words = "".join(
            ch if ch.isprintable() else " " if ch.isspace() else _UNREADABLE for ch in words
        )
    cut = len(text) - MOST_CHARS
    return f"{words} … (+{cut})" if cut > 0 else words
