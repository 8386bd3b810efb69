"""Chinese for what Qt's own translation lacks of its dialogs."""

from collections.abc import Mapping

from PySide6.QtCore import QTranslator

# Qt's context for what the system calls the types of files: each has an English name of its own.
_KINDS_OF_FILES = "QMimeType"


class QtWords(QTranslator):
    """Answers by context and source text from a table; asked when no other translator knew it."""

    def __init__(self, table: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__()
        self._table = table

    def isEmpty(self) -> bool:
        """Qt's hook: a translator without a file would else be passed over."""
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Qt's hook: the source itself where the table has nothing, as without a translator."""
        if context == _KINDS_OF_FILES:  # only its being a file matters
            return self._table["QAbstractFileIconProvider"]["Unknown"]
        return self._table.get(context, {}).get(source, source)
