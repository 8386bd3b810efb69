"""A practice platform running for the tests of this folder, and messages to send to it."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

STORE = "P44030000001"
_count = itertools.count(1)
_START = """
import sys
from pathlib import Path
from pharmacy_desk.sandbox.server import serve
serve(0, Path(sys.argv[1]), None, token=sys.argv[2] or None, stop_with_stdin=True)
"""


class Counter:
    """A pharmacy counter's end of the line."""

    def __init__(self, url: str) -> None:
        self.url = url

    def line(self, **changes: Any) -> dict[str, Any]:
        """A self-paid sale line that is right in every field."""
        n = next(_count)
        return {
            "med_list_codg": "XA01ABD075A002010100483",
            "fixmedins_hilist_id": "A001",
            "fixmedins_hilist_name": "阿莫西林胶囊",
            "fixmedins_bchno": f"B{n:08d}",
            "hi_feesetl_type": "0",
            "mdtrt_sn": f"S{n}",
            "manu_lotnum": "L1",
            "manu_date": "2026-01-05",
            "expy_end": "2028-01-04",
            "rx_flag": "0",
            "trdn_flag": "0",
            "finl_trns_pric": 12.5,
            "rtal_docno": f"R{n}",
            "sel_retn_cnt": 1,
            "sel_retn_time": "2026-11-20 10:00:00",
            "sel_retn_opter_name": "营业员",
            "mdtrt_setl_type": "2",
            "drugtracinfo": [{"drug_trac_codg": f"8{n:019d}"}],
        } | changes

    def body(self, infno: str, given: Any, **changes: Any) -> dict[str, Any]:
        """A right envelope around an input."""
        return {
            "infno": infno,
            "msgid": f"{STORE}20261120100000{next(_count) % 10000:04d}",
            "mdtrtarea_admvs": "440300",
            "insuplc_admdvs": "440300",
            "recer_sys_code": "sys01",
            "infver": "V1.0",
            "opter_type": "1",
            "opter": "007",
            "opter_name": "营业员",
            "inf_time": "2026-11-20 10:00:00",
            "fixmedins_code": STORE,
            "fixmedins_name": "示例药店",
            "input": given,
        } | changes

    def post(self, body: Any, path: str = "anything", **more: Any) -> requests.Response:
        """Posts one message and gives the raw answer."""
        url = f"{self.url}/fsi/api/{path}"
        return requests.post(url, json=body, timeout=more.pop("timeout", 5), **more)

    def send(self, infno: str, given: Any, **changes: Any) -> Any:
        """Posts one message and gives the decoded answer."""
        return self.post(self.body(infno, given, **changes)).json()

    def sell(self, *lines: dict[str, Any]) -> Any:
        """Sends 3505A."""
        return self.send("3505A", {"selinfoDetail": list(lines)})

    def give_back(self, *lines: dict[str, Any]) -> Any:
        """Sends 3506A."""
        return self.send("3506A", {"selinfoDetail": list(lines)})

    def ask(self, **question: Any) -> Any:
        """Sends 3513."""
        given = {"fixmedins_code": STORE, "psn_cert_type": "01"} | question
        return self.send("3513", {"data": given})

    def faults(self, *faults: dict[str, Any], **top: Any) -> None:
        """Lays a plan of faults."""
        answer = requests.post(f"{self.url}/_faults", json={"faults": faults, **top}, timeout=5)
        assert answer.status_code == 200, answer.text

    def kept(self, *lines: dict[str, Any]) -> list[dict[str, Any]]:
        """The records of these lines."""
        keys = {line["fixmedins_bchno"] for line in lines}
        found = requests.get(f"{self.url}/_records", timeout=5).json()["records"]
        return [row for row in found if row["fixmedins_bchno"] in keys]


@pytest.fixture(scope="session")
def started(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], tuple[str, subprocess.Popen[str]]]]:
    """Starts practice platforms; they end with their stdin."""
    running: list[subprocess.Popen[str]] = []

    def start(token: str = "", store: Path | None = None) -> tuple[str, subprocess.Popen[str]]:
        book = store or tmp_path_factory.mktemp("platform") / "book.sqlite"
        process = subprocess.Popen(
            [sys.executable, "-c", _START, str(book), token],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        running.append(process)
        assert process.stdout is not None
        return process.stdout.readline().strip(), process

    yield start
    for process in running:
        process.communicate(timeout=10)


@pytest.fixture(scope="session")
def open_counter(started: Any) -> Counter:
    """One platform for all tests that can share it."""
    return Counter(started()[0])


@pytest.fixture
def counter(open_counter: Counter) -> Iterator[Counter]:
    """The shared platform, with no faults laid before and after."""
    open_counter.faults()
    yield open_counter
    open_counter.faults()
