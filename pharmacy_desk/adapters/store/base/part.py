"""A part of the ledger: it is given the one chain to write with, or one connection to read."""

import contextlib
import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.core.basics.numbers import Origin


class Part:
    """What every part takes of the chain it is given: connection, transaction, events."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._conn = chain.conn
        self.transaction = chain.transaction
        self.append = chain.append

    def joined(self) -> AbstractContextManager[sqlite3.Connection]:
        """The transaction that is running, else one of its own."""
        if self._conn.in_transaction:
            return contextlib.nullcontext(self._conn)
        return self.transaction()

    @property
    def path(self) -> Path:
        """The ledger's file, for the sentence of a damaged one."""
        return self._chain.path

    @property
    def origin(self) -> Origin:
        """The counter and its epoch of this moment."""
        return self._chain.origin


class ReadPart:
    """What every part of the reading side is given: the one read-only connection."""

    def __init__(self, path: Path, conn: sqlite3.Connection) -> None:
        self._path = path
        self._conn = conn

    @property
    def path(self) -> Path:
        """The ledger's file, for the sentence of a damaged one."""
        return self._path
