"""A counter without window, for drills: orders as JSON lines in, acknowledgements out.

It is the program's own wiring; only the window is missing, because a kill must come often.
"""

import json
import sys
from pathlib import Path

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options


def main() -> None:
    """Run until standard input ends."""
    home = Home(Path(sys.argv[1]))
    home.make()
    home.acquire()

    counter = Counter(home, Options(platform_url=sys.argv[2]), tell)
    counter.start()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        obey(counter, json.loads(line))
    counter.stop()
    home.release()


def tell(message: news.News) -> None:
    """Say what the counter has on its disk."""
    match message:
        case news.Judged(verdict=verdict):
            told = {"scan": verdict.reading.code, "accepted": verdict.accepted}
        case news.Paid(sale=sale):
            told = {"paid": sale.number, "codes": sale.codes()}
        case _:
            return
    print(json.dumps(told), flush=True)


def obey(counter: Counter, order: dict[str, str]) -> None:
    """Work off one order."""
    wishes = counter.wishes
    if "scan" in order:
        wishes.scan(RawScan(order["scan"].encode(), "drill", counter.clock.now()))
    elif "pay" in order:
        wishes.pay(PayOrder(PaymentKind(order["pay"])))
    else:
        {
            "hold": wishes.held.hold,
            "resume": lambda: wishes.held.resume(1),
            "void": wishes.held.void,
            "send": wishes.send_now,
        }[order["do"]]()


if __name__ == "__main__":
    main()
