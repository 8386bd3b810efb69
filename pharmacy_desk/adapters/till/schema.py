"""The bodies of the till's calls and answers: what the served OpenAPI document says of them.

Names and shapes are the contract's (section 7). Money in fen, days as `2026-01-31`.
"""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

# A number of the till's, a name, a code: longer ones are no such thing. No control characters, NUL
# among them, stand in any; half surrogates are no JSON text for the parser.
_LINE = r"^[^\x00-\x1f\x7f]*$"
Number = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=_LINE)]
Text = Annotated[str, StringConstraints(max_length=200, pattern=_LINE)]
# What a scanner may deliver; a long GS1 mark has fewer than 200 characters.
Scanned = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
# A thousand million yuan.
Fen = Annotated[int, Field(ge=0, le=10**11, strict=True)]
Quantity = Annotated[int, Field(ge=1, le=9999, strict=True)]
LineNumber = Annotated[int, Field(ge=-(2**53), le=2**53, strict=True)] | Number


def _as_written(day: object) -> object:
    """Pydantic would take 0 for 1970-01-01."""
    if day is None or isinstance(day, date) or (isinstance(day, str) and _DAY.match(day)):
        return day
    raise ValueError("a day is written 2026-01-31")


_DAY = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
Day = Annotated[date, BeforeValidator(_as_written)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TicketLineIn(_Body):
    """One line of the till's sale; `item` (the till's own code) or `barcode` says which drug."""

    line: LineNumber
    item: Text = ""
    barcode: Text = ""
    name: Text = ""
    spec: Text = ""
    quantity: Quantity
    unit_price_fen: Fen | None = None
    lot: Text | None = None
    expiry: Day | None = None


class TicketIn(_Body):
    """A sale as the till tells it, under the till's own number."""

    ticket: Number
    payment: Literal["self", "insured"]
    kind: Literal["account", "pooled", "chronic", "dual", "injury"] | None = None
    operator: Text = ""
    lines: Annotated[list[TicketLineIn], Field(min_length=1, max_length=200)]


class ScanIn(_Body):
    """What the till's own scanner read, as it came."""

    text: Scanned


class SettleIn(_Body):
    """What was paid: the insurance's numbers and its split, the till's receipt number."""

    setl_id: Text = ""
    mdtrt_id: Text = ""
    fund_fen: Fen | None = None
    account_fen: Fen | None = None
    mutual_fen: Fen | None = None
    cash_fen: Fen | None = None
    receipt: Text = ""


class FileTicketIn(TicketIn):
    """A ticket of the drop folder; `settle` is there where it was paid already."""

    settle: SettleIn | None = None


class CancelIn(_Body):
    """Why the till dropped the sale."""

    reason: Text = ""


class ReturnIn(_Body):
    """Codes of a settled ticket that come back."""

    ticket: Number
    codes: Annotated[list[Scanned], Field(min_length=1, max_length=200)]
    reason: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_LINE)]


class Reason(BaseModel):
    """Why something speaks against a sale: its name, and the sentence for the person."""

    reason: str
    words: str


class TicketLineOut(BaseModel):
    """What has been captured for a line. `item` is our code of the drug, null while not known."""

    line: int | str
    item: str | None
    name: str | None
    needs: int
    codes: list[str]
    units: int | None
    lot: str | None
    expiry: date | None
    reasons: list[Reason]


class TicketOut(BaseModel):
    """How a ticket stands. `reasons` are those that name no line.

    `receipt` are the rows to print below the till's own, of a settled ticket under the setting
    that the till prints the codes; empty otherwise.
    """

    ticket: str
    sale: str
    state: Literal["capturing", "complete", "settled", "cancelled"]
    missing: int
    lines: list[TicketLineOut]
    reasons: list[Reason]
    receipt: list[str]


class ScanOut(BaseModel):
    """What became of a scan; `line` is the till's own number of the line it went to."""

    verdict: str
    action: Literal["allow", "warn", "ask", "approve", "block"]
    words: str
    line: int | str | None
    code: str | None


class NotBackOut(BaseModel):
    """A code that was not taken back, and why."""

    code: str
    reason: str
    words: str


class ReturnOut(BaseModel):
    """What came back, under which document, and what did not."""

    document: str | None
    returned: list[str]
    refused: list[NotBackOut]


class HealthOut(BaseModel):
    """Who answers, and whether the counter takes scans now."""

    version: str
    store: str
    counter: str
    state: Literal["ready", "busy", "locked"]


class DrugOut(BaseModel):
    """A drug by our code."""

    item: str
    name: str
    spec: str


class BoxEventOut(BaseModel):
    """One step of a box's life."""

    at: str
    event: str
    document: str | None
    operator: str | None


class BoxOut(BaseModel):
    """A box's life, as `pharmacy-desk code` tells it."""

    code: str
    state: str
    drug: DrugOut | None
    events: list[BoxEventOut]


class ErrorDetail(BaseModel):
    """Why nothing was done; `differs` names what was told otherwise before under this number.

    `fields` are those that do not fit.
    """

    reason: str
    words: str
    what_to_do: str
    differs: list[str] | None = None
    fields: list[str] | None = None


class ErrorOut(BaseModel):
    """The body of every answer that refuses."""

    error: ErrorDetail
