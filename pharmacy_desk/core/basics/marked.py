"""Texts of the trade that people read: English here, marked for the translators."""


def translate(_context: str, text: str) -> str:
    """Mark a text for the translators (they look for this name); it stays as it is.

    Whoever shows it looks its language up under the same context.
    """
    return text
