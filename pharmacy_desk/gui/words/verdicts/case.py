"""One verdict to be put into words, and the evidence for it: when, by which document, by whom."""

from datetime import datetime

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.stock.facts import Earlier
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.words.times import past_day, when


@dataclass(frozen=True, slots=True)
class Case:
    """A verdict and the moment it is read at."""

    verdict: Verdict
    now: datetime

    @property
    def item(self) -> str:
        """The drug's name; empty when it is not known."""
        return self.verdict.item.name if self.verdict.item else ""

    @property
    def expiry(self) -> str:
        """The day the box expires; empty when it is not known."""
        until = self.verdict.batch.expiry
        return until.isoformat() if until else ""

    @property
    def claim(self) -> str:
        """Who has or had the code: when, which counter, which receipt, who."""
        return self._claim(self.verdict.earlier)

    @property
    def by_old_system(self) -> bool:
        """True where it is a sale of the system that stood here before."""
        return self.verdict.earlier is not None and self.verdict.earlier.past

    @property
    def told(self) -> str:
        """What the ledger has on the box: its last document, else its sale."""
        said = self.verdict
        record = said.record
        if record and record.settled_at and said.name is VerdictName.SETTLED_ON_PLATFORM:
            told = translate("Verdict", "“%1” (told %2)")
            told = told.replace("%2", when(record.settled_at, self.now))
            return told.replace("%1", record.settled_words)
        if record is None or said.name is VerdictName.SOLD_ELSEWHERE:
            sold = said.pack.parent_sold if said.pack and said.pack.parent_sold else said.earlier
            return self._claim(sold)
        told = translate("Verdict", "%1, document %2, operator %3")
        told = told.replace("%1", when(record.at, self.now)).replace("%2", record.document)
        told = told.replace("%3", record.operator)
        if not record.party:
            return told
        both = translate("Verdict", "%1, %2").replace("%2", record.party)
        return both.replace("%1", told)

    def _claim(self, before: Earlier | None) -> str:
        if before is None:
            return ""
        if before.past:
            told = translate("Verdict", "old system, %1, its number %2, clerk %3")
            told = told.replace("%1", past_day(before.at)).replace("%2", before.sale or "—")
            return told.replace("%3", before.operator or "—")
        return (
            translate("Verdict", "%1, counter %2, receipt %3, operator %4")
            .replace("%1", when(before.at, self.now))
            .replace("%2", before.counter.lstrip("0"))
            .replace("%3", before.sale)
            .replace("%4", before.operator)
        )
