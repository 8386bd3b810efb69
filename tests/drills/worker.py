"""A counter without window, for drills: orders as JSON lines in, acknowledgements out.

It is the program's own wiring; only the window is missing, because a kill must come often.
"""

import json
import sys
from pathlib import Path

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.app import Counter, Options
from pharmacy_desk.core.sale import PaymentKind
from pharmacy_desk.core.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.till import PayOrder


def main() -> None:
    """Run until standard input ends."""
    home = Home(Path(sys.argv[1]))
    home.make()
    home.acquire()

    def tell(message: news.News) -> None:
        match message:
            case news.Judged(verdict=verdict):
                told = {"scan": verdict.reading.code, "accepted": verdict.accepted}
            case news.Paid(sale=sale):
                told = {"paid": sale.number, "codes": sale.codes()}
            case news.SaleChanged(note=note):
                told = {"note": note}
            case news.PayRefused(refusals=refusals):
                told = {"refused": [refusal.reason.value for refusal in refusals]}
            case _:
                return
        print(json.dumps(told), flush=True)

    counter = Counter(home, Options(platform_url=sys.argv[2]), tell)
    counter.start()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        if "scan" in order:
            raw = RawScan(order["scan"].encode(), "drill", counter.clock.now())
            counter.clerk.scan(raw)
        elif "pay" in order:
            counter.clerk.pay(PayOrder(PaymentKind(order["pay"])))
        elif order["do"] == "undo":
            counter.clerk.undo()
        elif order["do"] == "hold":
            counter.clerk.hold()
        elif order["do"] == "resume":
            counter.clerk.resume(1)
        elif order["do"] == "send":
            counter.clerk.send_now()
    counter.stop()
    home.release()


if __name__ == "__main__":
    main()
