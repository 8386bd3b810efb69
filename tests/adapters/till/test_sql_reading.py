"""Statements that are sent to somebody else's database, and those that never are."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from pharmacy_desk.adapters.till.sql_reading import as_sent, asked_for, cell, only_reads


@pytest.mark.parametrize(
    "statement",
    ["SELECT a FROM t", "select a from t;", "  -- ours\nSELECT a FROM t WHERE b > :since",
     "WITH x AS (SELECT 1 AS a) SELECT a FROM x", "SELECT 'DELETE; it''s' AS a FROM t",
     'SELECT "update", [insert], `drop` FROM t', "SELECT replace(a, 'x', 'y') FROM t /* drop */",
     "SELECT a::date FROM t WHERE a - 1 > 2", "SELECT 单号 AS 小票号 FROM 销售主表",
     "SELECT a FROM t WHERE b = '12:30' AND c = ':since'"],
)  # fmt: skip
def test_one_select_is_sent(statement: str) -> None:
    assert only_reads(statement)


@pytest.mark.parametrize(
    "statement",
    ["", ";", "-- SELECT", "DELETE FROM t", "SELECT 1; DROP TABLE t", "SELECT a INTO b FROM t",
     "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "SELECT a FROM t FOR UPDATE",
     "SELECT 1 /*! ; DROP TABLE t */", "SELECT /* /* */ 1; DROP TABLE t -- */ */ 2",
     "SELECT 'a\\'; DROP TABLE t; --'", "SELECT $$a$$; DROP TABLE t", "SELECT 1 # x\n; DROP TABLE t",
     "SELECT q'[']; DROP TABLE t --]' FROM dual", "SELECT 5--1; DROP TABLE t",
     "SELECT 1 -- x\rDELETE FROM t", "SELECT a[1;DROP TABLE t]", "SELECT 'open; DROP TABLE t",
     "EXEC xp_cmdshell 'dir'", "CALL p()", "SELECT 1 UNION SELECT 2; SELECT 3", "PRAGMA user_version",
     "SELECT * FROM OPENROWSET(1)", "SELECT 1 INTO OUTFILE '/tmp/x'", "VALUES (1)", "WITH x AS (1)"],
)  # fmt: skip
def test_whatever_else_is_refused_before_it_is_sent(statement: str) -> None:
    assert not only_reads(statement)


def test_what_a_statement_wants_is_told_from_texts_and_casts() -> None:
    statement = "SELECT ':a', b::date, '10:30' FROM t WHERE c > :since"
    assert asked_for(statement) == {"since"}
    assert as_sent(statement) == r"SELECT '\:a', b::date, '10\:30' FROM t WHERE c > :since"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("  a ", "a"), (3, "3"), (19.9, "19.9"), (Decimal("19.90"), "19.9"),
     (Decimal("1E+3"), "1000"), (date(2026, 1, 31), "2026-01-31"),
     (datetime(2026, 1, 31), "2026-01-31"),  # noqa: DTZ001 - as a driver gives it
     (datetime(2026, 1, 31, 8, 5), "2026-01-31 08:05:00")],  # noqa: DTZ001 - the same
)  # fmt: skip
def test_a_value_is_the_text_a_file_would_hold(value: object, text: str) -> None:
    assert cell(value) == text


@pytest.mark.parametrize("value", [b"\x00", float("nan"), object()])
def test_what_no_file_could_hold_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        cell(value)
