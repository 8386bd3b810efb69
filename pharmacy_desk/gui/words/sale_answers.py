"""What the checkout says to the answer of a wish about the sale: one row for each."""

from collections.abc import Mapping
from datetime import datetime

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.counter.answers import SaleAnswer, SaleDid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, in_language
from pharmacy_desk.gui.words.verdicts import rows as verdict_words

# What these did is seen on the screen, or is told by news and dialogs of their own.
SILENT = frozenset({SaleDid.LINE_CHOSEN, SaleDid.MANAGER_AWAITED})


# The rows in English; `%1` is the answer's detail.
_SAID: Mapping[SaleDid, Said] = {
    SaleDid.UNDONE: Said(
        theme.NOTE,
        marked("Checkout", "Undone"),
        marked("Checkout", "Taken out: %1"),
    ),
    SaleDid.LOCKED: Said(
        theme.ASK,
        marked("Checkout", "Locked"),
        marked("Checkout", "The counter is locked; nothing was changed."),
        marked("Checkout", "Sign in first."),
    ),
    SaleDid.NOTHING_TO_UNDO: Said(
        theme.ASK,
        marked("Checkout", "Nothing there"),
        marked("Checkout", "There is no box to take out."),
    ),
    SaleDid.LINE_REMOVED: Said(
        theme.NOTE,
        marked("Checkout", "Line out"),
        marked("Checkout", "The line was taken out; its boxes are free."),
        marked("Checkout", "Backspace takes it back."),
    ),
    SaleDid.LINE_BACK: Said(
        theme.NOTE,
        marked("Checkout", "Line back"),
        marked("Checkout", "%1 is in the sale again."),
    ),
    SaleDid.HELD: Said(
        theme.NOTE,
        marked("Checkout", "On hold"),
        marked("Checkout", "The sale is on hold; its boxes stay reserved."),
        marked("Checkout", "F5 takes it up again."),
    ),
    SaleDid.HELD_SETTLING: Said(
        theme.NOTE,
        marked("Checkout", "On hold"),
        marked("Checkout", "The sale is put aside while the insurance is asked."),
        marked("Checkout", "It is finished by itself when the answer comes."),
    ),
    SaleDid.NOTHING_TO_HOLD: Said(
        theme.ASK,
        marked("Checkout", "Nothing there"),
        marked("Checkout", "There is no sale to hold."),
    ),
    SaleDid.RESUMED: Said(
        theme.NOTE,
        marked("Checkout", "Resumed"),
        marked("Checkout", "The sale is as it was."),
    ),
    SaleDid.NOTHING_TO_RESUME: Said(
        theme.ASK,
        marked("Checkout", "No held sale"),
        marked("Checkout", "No sale is on hold."),
    ),
    SaleDid.VOIDED: Said(
        theme.NOTE,
        marked("Checkout", "Cancelled"),
        marked("Checkout", "The whole sale is cancelled; its boxes are free."),
    ),
    SaleDid.NOTHING_TO_VOID: Said(
        theme.ASK,
        marked("Checkout", "Nothing there"),
        marked("Checkout", "There is no sale to cancel."),
    ),
    SaleDid.TICKET_FIXED: Said(
        theme.NOTE,
        marked("Checkout", "The till's"),
        marked("Checkout", "The lines of this ticket are the till's to change."),
        marked("Checkout", "Change the sale there; here its boxes are scanned."),
    ),
    SaleDid.TILL_PAYS: Said(
        theme.NOTE,
        marked("Checkout", "The till's"),
        marked("Checkout", "This sale is paid at the till."),
        marked("Checkout", "Scan its boxes; it is closed when the till has been paid."),
    ),
    SaleDid.NO_SUCH_ITEM: Said(
        theme.NO,
        marked("Checkout", "Not found"),
        marked("Checkout", "There is no drug %1 in the catalogue."),
        marked("Checkout", "Search by name, or import the drug list."),
    ),
    SaleDid.ITEM_ADDED: Said(
        theme.ASK,
        marked("Checkout", "Chosen"),
        marked("Checkout", "%1 is chosen."),
        marked("Checkout", "Now scan the trace codes on its boxes."),
    ),
    SaleDid.EXEMPT_ADDED: Said(
        theme.YES,
        marked("Checkout", "Added"),
        marked("Checkout", "%1 is in the sale."),
        marked("Checkout", "It needs no trace code."),
    ),
    SaleDid.BATCH_SET: Said(
        theme.YES,
        marked("Checkout", "Lot kept"),
        marked("Checkout", "Lot and dates of %1 are kept."),
        marked("Checkout", "Press F2 or F3 again to pay."),
    ),
    SaleDid.BAD_QUANTITY: Said(
        theme.ASK,
        marked("Checkout", "How many?"),
        marked("Checkout", "That is no number of boxes a customer buys: %1."),
        marked("Checkout", "Between 1 and 999 boxes of one drug."),
    ),
    # The person's certified diseases.
    SaleDid.DISEASE_TOLD: Said(
        theme.NOTE,
        marked("Checkout", "Disease noted"),
        marked("Checkout", "The person is certified for it in this sale; it is not kept."),
        marked("Checkout", "Press F2 again to settle; Ctrl+I for another one."),
    ),
    SaleDid.BAD_DISEASE: Said(
        theme.ASK,
        marked("Checkout", "Which disease?"),
        marked("Checkout", "That is no code of a disease."),
        marked("Checkout", "Type the code as the insurance's terminal shows it."),
    ),
    # Another price.
    SaleDid.REPRICED: Said(
        theme.NOTE,
        marked("Checkout", "Price changed"),
        marked("Checkout", "%1 each now; the receipt shows both prices."),
    ),
    SaleDid.PRICE_BACK: Said(
        theme.NOTE,
        marked("Checkout", "Price as listed"),
        marked("Checkout", "%1 each, as in the catalogue."),
    ),
    SaleDid.NO_PRICE_NOTHING_THERE: Said(
        theme.ASK,
        marked("Checkout", "Which line?"),
        marked("Checkout", "Choose the line whose price is to change."),
    ),
    SaleDid.NO_PRICE_GIFT: Said(
        theme.NO,
        marked("Checkout", "Price unchanged"),
        marked("Checkout", "%1 is a gift here and costs nothing."),
        marked("Checkout", "Ctrl+G makes it paid for again."),
    ),
    SaleDid.NO_PRICE_INSURED: Said(
        theme.NO,
        marked("Checkout", "Price unchanged"),
        marked("Checkout", "The insurance settles %1 at the catalogue's price only."),
        marked("Checkout", "Pay with F3 to give a discount; else leave the price."),
    ),
    SaleDid.NO_PRICE_BAD: Said(
        theme.NO,
        marked("Checkout", "Price unchanged"),
        marked("Checkout", "That is no price for %1."),
        marked("Checkout", "Nothing is given away by a price: Ctrl+G makes a gift."),
    ),
    SaleDid.NO_PRICE_NO_REASON: Said(
        theme.NO,
        marked("Checkout", "Price unchanged"),
        marked("Checkout", "Another price of %1 needs its reason."),
        marked("Checkout", "Press Ctrl+B and choose or type one."),
    ),
    SaleDid.NO_PRICE_PERSONAL_REASON: Said(
        theme.NO,
        marked("Checkout", "Price unchanged"),
        marked("Checkout", "The reason holds a person's number: leave that out."),
        marked("Checkout", "Press Ctrl+B and write it without."),
    ),
    # The number of boxes on a line; `%2` counts the codes that lack.
    SaleDid.COUNTED: Said(
        theme.NOTE,
        marked("Checkout", "Number changed"),
        marked("Checkout", "%1 in the sale now."),
    ),
    SaleDid.COUNTED_LACKING: Said(
        theme.ASK,
        marked("Checkout", "Number changed"),
        marked("Checkout", "%1 in the sale now; %2 codes are still to be scanned."),
        marked("Checkout", "Scan the trace codes on its boxes."),
    ),
    SaleDid.NO_COUNT_NOTHING_THERE: Said(
        theme.ASK,
        marked("Checkout", "Which line?"),
        marked("Checkout", "Choose the line whose number is to change."),
    ),
    SaleDid.NO_COUNT_UNITS: Said(
        theme.ASK,
        marked("Checkout", "Number unchanged"),
        marked("Checkout", "%1 is sold by the unit here."),
        marked("Checkout", "Ctrl+U takes more units of the box."),
    ),
    SaleDid.NO_COUNT_GIFT: Said(
        theme.ASK,
        marked("Checkout", "Number unchanged"),
        marked("Checkout", "%1 is a gift here: gifts are counted by their boxes."),
        marked("Checkout", "Ctrl+G makes it paid for again."),
    ),
    SaleDid.NO_COUNT_SCANNED: Said(
        theme.ASK,
        marked("Checkout", "Number unchanged"),
        marked("Checkout", "All boxes of %1 in the sale are scanned already."),
        marked("Checkout", "Backspace takes out the last box, Delete the whole line."),
    ),
    SaleDid.NO_COUNT_LAST: Said(
        theme.ASK,
        marked("Checkout", "Number unchanged"),
        marked("Checkout", "This is the last one of %1."),
        marked("Checkout", "Delete takes the whole line out."),
    ),
    SaleDid.NOTHING_TO_PAY: Said(
        theme.ASK,
        marked("Checkout", "Nothing there"),
        marked("Checkout", "There is nothing to pay yet."),
    ),
    SaleDid.SETTLING: Said(
        theme.ASK,
        marked("Checkout", "Settling"),
        marked("Checkout", "The sale cannot be changed while it is settled."),
        marked("Checkout", "F4 puts it aside for the next customer."),
    ),
    # Gifts; why something is none (facts on the trade, section 3).
    SaleDid.GIFT: Said(
        theme.NOTE,
        marked("Checkout", "Gift"),
        marked("Checkout", "%1 is a gift at ¥0.00; a code on it is uploaded as any other."),
        marked("Checkout", "The next box of it is paid for, unless you choose the gift line."),
    ),
    SaleDid.GIFT_BACK: Said(
        theme.NOTE,
        marked("Checkout", "No gift"),
        marked("Checkout", "%1 is paid for again."),
    ),
    SaleDid.GIFT_UNDONE: Said(
        theme.NOTE,
        marked("Checkout", "Undone"),
        marked("Checkout", "%1 is as it was before the last Ctrl+G."),
    ),
    SaleDid.NO_GIFT_NOTHING_THERE: Said(
        theme.NO,
        marked("Checkout", "No gift"),
        marked("Checkout", "There is no box yet that could be a gift."),
        marked("Checkout", "Scan it, then press Ctrl+G."),
    ),
    SaleDid.NO_GIFT_PRESCRIPTION: Said(
        theme.NO,
        marked("Checkout", "No gift"),
        marked("Checkout", "Prescription drugs are never given away."),
        marked("Checkout", "It stays on its line and is paid for."),
    ),
    SaleDid.NO_GIFT_OTC_A: Said(
        theme.NO,
        marked("Checkout", "No gift"),
        marked("Checkout", "Class-A OTC drugs are never given away."),
        marked("Checkout", "It stays on its line and is paid for."),
    ),
    SaleDid.NO_GIFT_CLASS_UNKNOWN: Said(
        theme.NO,
        marked("Checkout", "No gift"),
        marked("Checkout", "The list does not say whether this is Rx or which OTC class."),
        marked("Checkout", "Fill in its Rx column in the drug list; until then it is paid for."),
    ),
    SaleDid.NO_GIFT_UNITS: Said(
        theme.NO,
        marked("Checkout", "No gift"),
        marked("Checkout", "Units of an opened box are never given away."),
        marked("Checkout", "Give a whole box instead."),
    ),
    # Online orders.
    SaleDid.ORDER_SET: Said(
        theme.NOTE,
        marked("Checkout", "Online order"),
        marked("Checkout", "This sale is for the order %1."),
        marked("Checkout", "Scan its boxes."),
    ),
    SaleDid.ORDER_GONE: Said(
        theme.NOTE,
        marked("Checkout", "No order"),
        marked("Checkout", "This sale is for no online order."),
    ),
    SaleDid.ORDER_TWICE: Said(
        theme.ASK,
        marked("Checkout", "Twice?"),
        marked("Checkout", "This order number is on receipt %1 already. It is kept here too."),
        marked("Checkout", "Look that receipt up. If it is the same order, cancel this sale."),
    ),
    SaleDid.BAD_ORDER: Said(
        theme.NO,
        marked("Checkout", "No order"),
        marked("Checkout", "That is no order number; nothing was changed."),
        marked("Checkout", "Press Ctrl+O and scan or type it again."),
    ),
}


def sale(answer: SaleAnswer) -> Said | None:
    """The answer in words; None for one that needs none."""
    if answer.what in SILENT:
        return None
    row = _SAID[answer.what]
    word, evidence, todo = (
        in_language("Checkout", text) for text in (row.word, row.evidence, row.todo)
    )
    # The number first: a drug's name is any text.
    evidence = evidence.replace("%2", str(answer.lacking)).replace("%1", answer.detail)
    return Said(row.tone, word, evidence, todo)


def not_all_back(answer: SaleAnswer, now: datetime) -> Said:
    """A line came back without some of its boxes: each is named, with why."""
    told = [
        f"{spaced(v.reading.code or v.reading.shown(20))}  {verdict_words.verdict(v, now).evidence}"
        for v in answer.out
    ]
    return Said(
        theme.ASK,
        in_language("Checkout", marked("Checkout", "Not all back")),
        "\n".join(told),
        in_language("Checkout", marked("Checkout", "These boxes are not in the sale.")),
    )
