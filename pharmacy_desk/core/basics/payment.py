"""How a sale is paid for; policy cells stand by these kinds (contracts, section 5)."""

from enum import StrEnum


class PaymentKind(StrEnum):
    """How a sale is paid for: 自费 / 个人账户 / 门诊统筹 / 门诊慢特病 / 双通道 / 工伤.

    `UNTOLD` is insured too: another till settled it and did not say by which kind. Nobody chooses
    it here.
    """

    SELF = "self"
    ACCOUNT = "account"
    POOLED = "pooled"
    CHRONIC = "chronic"
    DUAL = "dual"
    INJURY = "injury"
    UNTOLD = "untold"

    @property
    def insured(self) -> bool:
        """True for every kind the insurance fund or account settles."""
        return self is not PaymentKind.SELF


# What can be chosen at a counter, and what of it the insurance settles.
KINDS = tuple(kind for kind in PaymentKind if kind is not PaymentKind.UNTOLD)
INSURED_KINDS = tuple(kind for kind in KINDS if kind.insured)
