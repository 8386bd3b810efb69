"""The gate asked as the tests' tables write it: sale, payment, settled, policy, term."""

from datetime import date

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Policy
from pharmacy_desk.core.sale.gate.facts import Facts, Refusal
from pharmacy_desk.core.sale.gate.rules import gate as every_rule
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.stock.no_code import Term

# Long before any date of the tests' boxes: what expires is another file's matter.
LONG_AGO = date(2000, 1, 1)


def gate(
    sale: Sale, payment: PaymentKind, settled: bool, policy: Policy, term: Term | None = None
) -> tuple[Refusal, ...]:
    return every_rule(Facts(sale, payment, policy, LONG_AGO, settled=settled, term=term))
