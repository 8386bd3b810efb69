"""The till's calls as a web service (contracts, section 7); FastAPI makes the document of it.

Nothing is decided here: a call becomes a wish to the counter, its answer a body and a status. The
document that is served at `/openapi.json` is made from these functions and is the truth.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.params import Depends
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException

from pharmacy_desk.adapters.till.bodies import order_of, told_ticket
from pharmacy_desk.adapters.till.gatekeeper import Gatekeeper, described
from pharmacy_desk.adapters.till.schema import (
    BoxOut,
    CancelIn,
    ErrorOut,
    HealthOut,
    NotBackOut,
    ReturnIn,
    ReturnOut,
    ScanIn,
    ScanOut,
    SettleIn,
    TicketIn,
    TicketOut,
)
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.ports.till import (
    CallFault,
    TicketAnswer,
    TicketDid,
    TillDesk,
    TillWords,
)
from pharmacy_desk.core.sale.ticket import (
    TicketEnd,
    TicketState,
)

_LOG = logging.getLogger(__name__)
_MOST_WAIT_S = 30
_STATUS = {
    TicketDid.NO_TICKET: 404,
    TicketDid.PERSON_NUMBER: 422,
    TicketDid.LOCKED: 423,
}
_CONFLICT = 409
# Of what does not fit; a till's maker mends one after the other.
_MOST_FIELDS = 20
_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorOut, "description": "The body is no JSON, too large or too deep."},
    401: {"model": ErrorOut, "description": "The token is wrong, or a web page is calling."},
    422: {"model": ErrorOut, "description": "A field does not fit."},
    429: {"model": ErrorOut, "description": "Too many calls a second."},
}
_THERE: dict[int | str, dict[str, Any]] = {
    200: {"model": TicketOut, "description": "It was told before, and is there."}
}
_NOT_THERE: dict[int | str, dict[str, Any]] = {
    404: {"model": ErrorOut, "description": "No such ticket, or no such code."}
}
_STATE: dict[int | str, dict[str, Any]] = {
    409: {"model": ErrorOut, "description": "Told otherwise before, or in the wrong state."}
}
_SHUT: dict[int | str, dict[str, Any]] = {
    423: {"model": ErrorOut, "description": "Nobody has signed in at the counter."}
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counter:
    """What the service is given of the counter; `box_life` is as `pharmacy-desk code` tells it."""

    desk: TillDesk
    words: TillWords
    version: str
    store: Callable[[], str]
    number: Callable[[], str]
    box_life: Callable[[str], dict[str, Any] | None]


class Changes:
    """Wakes calls that wait for a change; told from any thread."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()
        self.closing = False

    def begin(self) -> None:
        """From here on this loop is woken."""
        self._loop = asyncio.get_running_loop()

    def tell(self) -> None:
        """Something has changed."""
        loop = self._loop
        if loop and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake)

    def close(self) -> None:
        """Nobody waits any more."""
        self.closing = True
        self.tell()

    def _wake(self) -> None:
        self._woken.set()
        self._woken = asyncio.Event()

    def next(self) -> asyncio.Event:
        """Set at the first change from now on; to be asked for before one looks."""
        return self._woken


async def _first(change: asyncio.Event, gone: asyncio.Future[Any], seconds: float) -> None:
    """Until a change, or until the caller has gone; at most so long."""
    changed: asyncio.Future[Any] = asyncio.ensure_future(change.wait())
    await asyncio.wait({changed, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    changed.cancel()


async def _gone(request: Request) -> None:
    """Until the caller hangs up."""
    while (await request.receive())["type"] != "http.disconnect":
        continue


class RefusedCall(Exception):
    """Nothing was done: the answer's status and body."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


async def _of(wished: Future[T]) -> T:
    return await asyncio.wrap_future(wished)


# `:path` in the routes: numbers and codes may hold a slash (`2026/11/29-1`), which comes as %2F.
def make_app(counter: Counter, changes: Changes, token: str, hosts: frozenset[str]) -> FastAPI:
    """The service over a counter; it answers callers who name one of `hosts` and know the token."""
    app = FastAPI(
        title="Pharmacy Desk: calls of a till",
        version="1",
        summary="A till tells its sale and is told the trace codes of its boxes.",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        on_startup=[changes.begin],
        dependencies=[Depends(HTTPBearer(auto_error=False))],
        responses=_REFUSALS,
    )
    app.add_middleware(
        Gatekeeper,
        token=token,
        hosts=hosts,
        words=counter.words.fault,
        wrong_tokens=counter.desk.wrong_token,
    )
    _add_refusals(app, counter)
    _add_tickets(app, counter, changes)
    _add_end(app, counter)
    _add_looks(app, counter)
    return app


def _add_refusals(app: FastAPI, counter: Counter) -> None:
    """Every refusal has the same body, also those of the framework."""
    words = counter.words

    @app.exception_handler(RefusedCall)
    async def refused(_request: Request, error: RefusedCall) -> JSONResponse:
        return JSONResponse(error.body, error.status)

    @app.exception_handler(RequestValidationError)
    async def flawed(_request: Request, error: RequestValidationError) -> JSONResponse:
        found = error.errors()
        whole = any(one["type"] == "json_invalid" or one["loc"] == ("body",) for one in found)
        body = described(CallFault.BAD_BODY if whole else CallFault.BAD_FIELD, words.fault)
        if not whole:
            named = (".".join(str(part) for part in one["loc"][1:]) for one in found)
            body["error"]["fields"] = list(dict.fromkeys(named))[:_MOST_FIELDS]
        return JSONResponse(body, 400 if whole else 422)

    @app.exception_handler(HTTPException)
    async def unknown(_request: Request, error: HTTPException) -> JSONResponse:
        # 400 is the framework's for what no parser takes: no UTF-8, a number of 5 000 digits.
        unread = error.status_code == HTTPStatus.BAD_REQUEST
        body = described(CallFault.BAD_BODY if unread else CallFault.NO_SUCH_CALL, words.fault)
        return JSONResponse(body, error.status_code, headers=error.headers)

    @app.exception_handler(Exception)
    async def failed(_request: Request, error: Exception) -> JSONResponse:
        _LOG.error("a till's call failed", exc_info=error)
        return JSONResponse(described(CallFault.FAILED, words.fault), 500)


def _add_tickets(app: FastAPI, counter: Counter, changes: Changes) -> None:
    """A ticket comes, is waited for, and is scanned for."""
    desk = counter.desk

    @app.post(
        "/v1/tickets",
        status_code=201,
        responses=_THERE | _STATE,
    )
    async def open_ticket(told: TicketIn, response: Response) -> TicketOut:
        """Tell a sale. The same number with the same content is answered with how it stands."""
        answer = await _of(desk.open(order_of(told)))
        if answer.what is TicketDid.THERE:
            response.status_code = 200
        return _ticket(counter, answer)

    @app.get("/v1/tickets/{ticket:path}", responses=_NOT_THERE)
    async def look(
        request: Request,
        ticket: str,
        wait: Annotated[float, Query(ge=0, le=_MOST_WAIT_S)] = 0,
    ) -> TicketOut:
        """How a ticket stands; with `wait` at most so many seconds for a change while it is open.

        One that is complete or ended is answered at once.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + wait
        change = changes.next()
        first = await _of(desk.look(ticket))
        now = first
        gone = asyncio.ensure_future(_gone(request))
        try:
            while (
                now.ticket == first.ticket
                and now.ticket is not None
                and now.ticket.state is TicketState.CAPTURING
                and not changes.closing
                and not gone.done()
                and (left := until - loop.time()) > 0
            ):
                await _first(change, gone, left)
                change = changes.next()
                now = await _of(desk.look(ticket))
        finally:
            gone.cancel()
        return _ticket(counter, now)

    @app.post("/v1/tickets/{ticket:path}/scans", responses=_NOT_THERE | _STATE | _SHUT)
    async def scan(ticket: str, told: ScanIn) -> ScanOut:
        """Hand on what the till's own scanner read for this ticket."""
        answer = await _of(desk.scan(ticket, told.text))
        verdict = answer.verdict
        if verdict is None:
            raise _refusal(counter, TicketAnswer(answer.what))
        reading = verdict.reading
        return ScanOut(
            verdict=verdict.name.value,
            action=verdict.action.value,
            words=counter.words.verdict(verdict),
            line=answer.line,
            code=reading.shown() if reading.is_personal else reading.code,
        )


def _add_end(app: FastAPI, counter: Counter) -> None:
    """A ticket is settled, cancelled, or comes back."""
    desk = counter.desk

    @app.post("/v1/tickets/{ticket:path}/settle", responses=_NOT_THERE | _STATE)
    async def settle(ticket: str, told: SettleIn) -> TicketOut:
        """It was paid: its codes are final and queued. The gaps that are left are kept."""
        end = TicketEnd(**told.model_dump())
        return _ticket(counter, await _of(desk.settle(ticket, end)))

    @app.post("/v1/tickets/{ticket:path}/cancel", responses=_NOT_THERE | _STATE)
    async def cancel(ticket: str, told: CancelIn) -> TicketOut:
        """It was dropped: its codes are free again."""
        return _ticket(counter, await _of(desk.cancel(ticket, told.reason)))

    @app.post("/v1/returns", responses=_NOT_THERE | _STATE)
    async def give_back(told: ReturnIn) -> ReturnOut:
        """Boxes of a settled ticket come back, by one document."""
        answer = await _of(desk.take_back(told.ticket, told.codes, told.reason))
        if answer.what is not TicketDid.THERE:
            raise _refusal(counter, TicketAnswer(answer.what))
        return ReturnOut(
            document=answer.document or None,
            returned=list(answer.returned),
            refused=[
                NotBackOut(
                    code=one.code, reason=one.why.value, words=counter.words.not_back(one.why)
                )
                for one in answer.refused
            ],
        )


def _add_looks(app: FastAPI, counter: Counter) -> None:
    """Health, and a box's life."""

    @app.get("/v1/health")
    async def health() -> HealthOut:
        """Who answers, and whether the counter takes scans now."""
        state = await _of(counter.desk.state())
        return HealthOut(
            version=counter.version,
            store=counter.store(),
            counter=counter.number(),
            state=state.value,
        )

    @app.get("/v1/codes/{code:path}", responses=_NOT_THERE)
    def box_life(code: str) -> BoxOut:
        """A box's life."""
        told = counter.box_life(code)
        if told is None:
            raise RefusedCall(404, described(CallFault.NO_SUCH_CODE, counter.words.fault))
        return BoxOut.model_validate(told)


def _ticket(counter: Counter, answer: TicketAnswer) -> TicketOut:
    ticket = answer.ticket
    if ticket is None or answer.what.refused:
        raise _refusal(counter, answer)
    return told_ticket(counter.words, ticket)


def _refusal(counter: Counter, answer: TicketAnswer) -> RefusedCall:
    what = answer.what
    words, todo = counter.words.did(what)
    reason = what.value
    if what is TicketDid.GATE and answer.refusals:
        reason = answer.refusals[0].reason.name
        words = counter.words.refusal(answer.refusals[0], "")
    detail: dict[str, Any] = {"reason": reason, "words": words, "what_to_do": todo}
    if answer.differs:
        detail["differs"] = list(answer.differs)
    return RefusedCall(_STATUS.get(what, _CONFLICT), {"error": detail})
