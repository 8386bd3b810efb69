"""All rules of the gate, in the order in which their reasons are told, and what comes of them.

Every file beside this one and `facts` is a rule, or two of one matter: a new one is found by
being there, and nothing else names it. What it must carry is told by `Rule`.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules

from pharmacy_desk.core.basics.policy import Action, Reason
from pharmacy_desk.core.sale import gate as folder
from pharmacy_desk.core.sale.gate.facts import Facts, Refusal, Rule

_NO_RULES = ("facts", "rules")


def _found() -> tuple[Rule, ...]:
    """The rules of every file of the folder."""
    names = (file.name for file in iter_modules(folder.__path__) if file.name not in _NO_RULES)
    files = [import_module(f"{folder.__name__}.{name}") for name in names]
    rules: list[Rule] = [rule for file in files for rule in file.RULES]
    return tuple(sorted(rules, key=lambda rule: rule.place))


RULES = _found()
# By name, in the order of telling; two rules may give one reason.
REASONS: Mapping[str, Reason] = {rule.reason.name: rule.reason for rule in RULES}


def gate(facts: Facts) -> tuple[Refusal, ...]:
    """Every reason that speaks against this payment, all at once, each with its cell's action."""
    return _refusals(RULES, facts)


def doubts(facts: Facts) -> tuple[Refusal, ...]:
    """What may not be sold any more, however it is paid."""
    return _refusals([rule for rule in RULES if rule.judged], facts)


def blocking(refusals: Sequence[Refusal], approved: frozenset[Reason]) -> tuple[Refusal, ...]:
    """The refusals that stop the payment: blocked cells, and approvals nobody has given."""
    return tuple(
        refusal
        for refusal in refusals
        if refusal.action is Action.BLOCK
        or (refusal.action in (Action.APPROVE, Action.ASK) and refusal.reason not in approved)
    )


def reminders(refusals: Sequence[Refusal]) -> tuple[Refusal, ...]:
    """What is told of a payment and does not stop it, where the scan has not told it already."""
    warned = (refusal for refusal in refusals if refusal.action is Action.WARN)
    return tuple(refusal for refusal in warned if refusal.reason.verdict is None)


def _refusals(rules: Sequence[Rule], facts: Facts) -> tuple[Refusal, ...]:
    found = []
    for rule in rules:
        hit = rule.find(facts)
        if hit is None:
            continue
        cell = facts.policy.of_reason(rule.reason, facts.payment)
        action = Action.BLOCK if hit.fixed or rule.reason.fixed else cell
        if hit.reminds and action is not Action.ALLOW:
            action = Action.WARN
        if action is not Action.ALLOW:
            found.append(
                Refusal(
                    reason=rule.reason,
                    action=action,
                    words=hit.words or rule.words,
                    lines=hit.lines,
                    boxes=hit.boxes,
                    doubts=hit.doubts,
                    limits=hit.limits,
                )
            )
    return tuple(found)
