"""A statement that only reads: looked at as text before it is sent to somebody else's database.

The account that IT gives should read only, and the connection is opened so where the engine can;
this is the fence before both. What is not understood for sure is refused: a query of one's own is
easily written without it.
"""

import re
from datetime import date, datetime
from decimal import Decimal

# Text in quotes of any kind, comments, and what is none of them, one after the other.
_PARTS = re.compile(
    r"""(?P<text>'(?:[^'\\]|'')*' | "(?:[^"\\]|"")*" | `[^`\\]*` | \[[^\]\['";]*\])
      | (?P<comment>--(?=\s|\Z)[^\n\r]* | /\*(?![!*+])(?:(?!\*/|/\*).)*\*/)
      | (?P<odd>['"`\\\#;$] | /\* | \*/)
      | (?P<code>[^'"`\\\[/*\-\#;$]+ | .)""",
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile(r"[^\W\d]\w*")
_GIVEN = re.compile(r"(?<![:\w]):([A-Za-z_]\w*)")
_ODD_QUOTE = re.compile(r"\b[nN]?[qQ]'")
_FIRST = frozenset({"SELECT", "WITH"})
# Words that change something, or call what may; a column called so stands in quotes.
_NEVER = re.compile(
    r"""INSERT|UPDATE|DELETE|MERGE|UPSERT|INTO|CREATE|ALTER|DROP|TRUNCATE|RENAME|GRANT|REVOKE|DENY
    |EXEC|EXECUTE|CALL|DO|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|SET|DECLARE|USE|COPY|LOAD|ATTACH|DETACH
    |PRAGMA|VACUUM|REINDEX|ANALYZE|LOCK|UNLOCK|KILL|SHUTDOWN|BACKUP|RESTORE|DBCC|OPENROWSET
    |OPENQUERY|OPENDATASOURCE|WAITFOR|HANDLER|OUTFILE|DUMPFILE|LOAD_FILE|LOAD_EXTENSION""",
    re.VERBOSE,
)


def only_reads(statement: str) -> bool:
    """True for one SELECT (or WITH … SELECT) that holds no word which changes anything."""
    bare = bare_text(statement)
    if bare is None:
        return False
    words = [word.upper() for word in _WORD.findall(bare)]
    return (
        bool(words)
        and words[0] in _FIRST
        and "SELECT" in words
        and not any(map(_NEVER.fullmatch, words))
    )


def bare_text(statement: str) -> str | None:
    """The statement without its texts and comments; None where that cannot be told for sure.

    Backslashes, `$$`, `q'…'`, `#`, nested and executable comments mean other things from engine to
    engine. One semicolon at the end is left out.
    """
    parts = _parts(statement)
    if _ODD_QUOTE.search(statement) or any(kind == "odd" for kind, _ in parts):
        return None
    return "".join(part if kind == "code" else " " for kind, part in parts)


def as_sent(statement: str) -> str:
    """The statement with the colons of its texts told apart from names of what it is given."""
    return "".join(
        part.replace(":", "\\:") if kind == "text" else part for kind, part in _parts(statement)
    )


def asked_for(statement: str) -> frozenset[str]:
    """Names of what a statement wants to be given; `::` is PostgreSQL's cast."""
    return frozenset(_GIVEN.findall(bare_text(statement) or ""))


def _parts(statement: str) -> list[tuple[str, str]]:
    whole = statement.strip().removesuffix(";")
    return [(part.lastgroup or "", part.group()) for part in _PARTS.finditer(whole)]


def cell(value: object) -> str:
    """A value of a database as the text that a file would hold. Raises `ValueError` for bytes."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        whole_day = value.time().replace(tzinfo=None) == datetime.min.time()
        return value.date().isoformat() if whole_day else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError("no number")
        return f"{value.normalize():f}"
    if isinstance(value, str | int):
        return str(value).strip()
    raise ValueError(type(value).__name__)
