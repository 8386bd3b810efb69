"""An opened receipt in words: where each piece of it is, and what its return comes to."""

from collections.abc import Iterable, Sequence

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.sale.refund import OpenedReceipt, Piece, ReturnLine
from pharmacy_desk.core.sale.sale import SaleOrigin, Settlement
from pharmacy_desk.core.sale.undo import Refund
from pharmacy_desk.counter.answers import ReturnAnswer, ReturnDid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import payment as payment_words
from pharmacy_desk.gui.words import returns as returns_words
from pharmacy_desk.gui.words import tender as tender_words


def headline(opened: OpenedReceipt) -> str:
    """When, where, by whom and how it was paid."""
    sale = opened.sale
    told = [
        f"{sale.paid_at:%Y-%m-%d %H:%M}" if sale.paid_at else "",
        translate("Receipts", "counter %1").replace("%1", sale.counter),
        translate("Receipts", "clerk %1").replace("%1", sale.operator),
        payment_words.payment(sale.payment) if sale.payment else "",
        translate("Receipts", "total ¥%1").replace("%1", yuan(sale.total_fen)),
    ]
    if sale.resettles:
        told.append(translate("Receipts", "settles %1 anew").replace("%1", sale.resettles))
    if sale.settlement and sale.settlement.cancelled:
        told.append(translate("Receipts", "settlement cancelled"))
    if sale.origin is SaleOrigin.TILL:
        of_till = translate("Receipts", "of the till: %1") if sale.ticket else _of_till()
        told.append(of_till.replace("%1", sale.ticket))
    if sale.order:
        told.append(f"{sale.order.platform} {sale.order.number}")
    return " · ".join(part for part in told if part)


def _of_till() -> str:
    return translate("Receipts", "of the till")


def standing(piece: Piece) -> str:
    """Where a piece is: with the customer, back, or sold for good."""
    if piece.units is not None:
        words = translate("Receipts", "%1 %2 of an opened box: not taken back")
        return words.replace("%1", str(piece.units)).replace("%2", piece.line.item.split_unit)
    if not piece.back:
        return translate("Receipts", "gift") if piece.line.gift else _other_price(piece)
    last = piece.back[-1]
    if last.restored:
        return translate("Receipts", "put back on the shelf")
    if last.moved_to:
        # The whole number would not fit; its last digits find the receipt.
        return translate("Receipts", "kept, see %1").replace("%1", last.moved_to.rpartition("-")[2])
    if piece.left:
        words = translate("Receipts", "%1 returned, %2 left")
        returned = str(piece.sold - piece.left)
        return words.replace("%1", returned).replace("%2", str(piece.left))
    return translate("Receipts", "returned %1").replace("%1", f"{last.at:%m-%d %H:%M}")


def _other_price(piece: Piece) -> str:
    """What one cost by the list where another price was paid, and why."""
    changed = piece.line.repriced
    if changed is None:
        return ""
    words = translate("Receipts", "was ¥%1: %2")
    return words.replace("%1", yuan(changed.list_fen)).replace("%2", changed.reason)


def ask(opened: OpenedReceipt, lines: Sequence[ReturnLine], reason: str | None) -> Said:
    """What is ticked, how much that is, and what is to be done."""
    if not lines:
        if not any(piece.returnable for piece in opened.pieces):
            word = translate("Receipts", "Nothing to return")
            return Said(theme.NOTE, word, _why_nothing(opened))
        todo = translate("Receipts", "Space ticks a row; a scan of its box does so too.")
        what = translate("Receipts", "Tick what the customer has brought back.")
        return Said(theme.NOTE, translate("Receipts", "Return"), what, todo)
    boxes = sum(line.quantity for line in lines)
    what = translate("Receipts", "%1 back: %2")
    what = what.replace("%1", str(boxes)).replace("%2", "、".join(_names(lines)))
    if reason:
        todo = translate("Receipts", "Reason: %1. F6 takes it back.").replace("%1", reason)
    else:
        todo = translate("Receipts", "Why? Press 1 to 4, then F6.")
    word = translate("Receipts", "Back ¥%1")
    word = word.replace("%1", yuan(sum(line.refund_fen for line in lines)))
    if _stands(opened):  # what the customer gets is known when the insurance has answered
        word = translate("Receipts", "Back: %1").replace("%1", str(boxes))
    return Said(theme.ASK, word, what, _insured(opened, todo))


def _why_nothing(opened: OpenedReceipt) -> str:
    """Why nothing of a receipt can come back."""
    moved = [piece.back[-1].moved_to for piece in opened.pieces if piece.back]
    anew = next(filter(None, moved), "")
    if anew:
        words = translate("Receipts", "What the customer kept stands on receipt %1: open that one.")
        return words.replace("%1", anew)
    return translate("Receipts", "All of it has come back, or was sold in parts.")


def done(opened: OpenedReceipt, answer: ReturnAnswer) -> Said:
    """What became of it."""
    said = undone(answer)
    if said:
        return said
    if answer.reason:
        what = returns_words.refused(answer)
        todo = translate("Receipts", "Nothing of it was taken back. Tick again.")
        return Said(theme.NO, translate("Receipts", "Not done"), what, todo)
    what = translate("Receipts", "Return %1 is on the disk.").replace("%1", answer.number)
    todo = translate("Receipts", "Put the goods to the returns; they are not sold again.")
    word = translate("Receipts", "Give ¥%1").replace("%1", yuan(answer.refund_fen))
    if opened.sale.origin is SaleOrigin.TILL:
        word = translate("Receipts", "Taken back")
        todo = translate(
            "Receipts", "Put the goods to the returns. The money is the till's to give back."
        )
    return Said(theme.YES, word, what, todo)


def undone(answer: ReturnAnswer) -> Said | None:
    """What became of the undoing of an insured sale; None for an ordinary return."""
    if answer.what in (ReturnDid.AT_TERMINAL, ReturnDid.AT_TILL):
        return _elsewhere_first(answer)
    if answer.refund:
        return _undone(answer, answer.refund)
    if answer.error:
        what, todo = faults_words.fault(answer.error)
        return Said(theme.NO, translate("Receipts", "Not done"), what, todo)
    if answer.what is ReturnDid.NOT_KNOWN_YET:
        what = returns_words.refused(answer)
        return Said(theme.ASK, translate("Receipts", "Not known yet"), what)
    return None


def _elsewhere_first(answer: ReturnAnswer) -> Said:
    """It was settled at the insurance's own terminal, or at another till: it is cancelled there."""
    if answer.what is ReturnDid.AT_TILL:
        what = translate("Receipts", "The till has settled it (%1): take it back at the till.")
    else:
        what = translate("Receipts", "Cancel settlement %1 at the insurance's own terminal.")
    todo = translate("Receipts", "When it is cancelled there, press the same key again.")
    word = translate("Receipts", "Cancel there first")
    return Said(theme.ASK, word, what.replace("%1", answer.setl_id), todo)


def _undone(answer: ReturnAnswer, refund: Refund) -> Said:
    """An insured sale that came back: her own money large, the rest as the insurance told it."""
    told = [
        translate("Receipts", "Return %1 is on the disk.").replace("%1", answer.number),
        _parts(translate("Receipts", "Cancelled: %1."), refund.cancelled),
    ]
    ways = ((tender_words.kind(one.kind), yuan(one.amount_fen)) for one in refund.tenders)
    back = "、".join(f"{way} ¥{fen}" for way, fen in ways)
    if back:
        told.insert(1, translate("Receipts", "Back as it was paid: %1.").replace("%1", back))
    if refund.anew and refund.anew.settlement:
        told.append(_parts(translate("Receipts", "Anew: %1."), refund.anew.settlement))
        kept = translate("Receipts", "What is kept is receipt %1.")
        told.append(kept.replace("%1", refund.anew.number))
    if answer.what is ReturnDid.TO_SETTLE:
        told.append(faults_words.fault(answer.error)[0] if answer.error else "")
        todo = translate(
            "Receipts", "What is kept waits as sale %1: take it up (F5) and press F2, or F3."
        )
        what = "\n".join(part for part in told if part)
        word = translate("Receipts", "Settle the rest")
        return Said(theme.ASK, word, what, todo.replace("%1", answer.anew))
    todo = translate("Receipts", "Put the goods to the returns; they are not sold again.")
    return Said(theme.YES, _money_back(refund.cash_fen), "\n".join(told), todo)


def _money_back(cash_fen: int | None) -> str:
    if cash_fen is None:
        return translate("Receipts", "Give what the slip says")
    if cash_fen < 0:
        return translate("Receipts", "Take ¥%1").replace("%1", yuan(-cash_fen))
    return translate("Receipts", "Give ¥%1").replace("%1", yuan(cash_fen))


def _parts(words: str, settled: Settlement) -> str:
    """A settlement's parts, those that were told."""
    names = (
        translate("Receipts", "fund"),
        translate("Receipts", "account"),
        translate("Receipts", "mutual account"),
        translate("Receipts", "own cash"),
    )
    told = zip(names, settled.parts, strict=True)
    parts = "、".join(f"{name} ¥{yuan(fen)}" for name, fen in told if fen)
    unknown = translate("Receipts", "as its slip says")
    return words.replace("%1", parts or unknown)


def not_again(piece: Piece) -> Said:
    """A scanned box of this receipt that does not come back: it has, or was sold in parts."""
    todo = translate("Receipts", "Nothing has changed.")
    name = piece.line.item.name
    return Said(theme.NO, translate("Receipts", "Not again"), f"{name}：{standing(piece)}", todo)


def not_here(code: str) -> Said:
    """A scanned box that this receipt did not sell."""
    what = translate("Receipts", "%1 is not on this receipt.").replace("%1", code)
    todo = translate("Receipts", "Look it up: Esc, then scan it again.")
    return Said(theme.NO, translate("Receipts", "Not on it"), what, todo)


def _names(lines: Iterable[ReturnLine]) -> list[str]:
    counted: dict[str, int] = {}
    for line in lines:
        name = line.piece.line.item.name
        counted[name] = counted.get(name, 0) + line.quantity
    return [f"{name}×{count}" for name, count in counted.items()]


def _stands(opened: OpenedReceipt) -> bool:
    """True as long as the insurance has settled it."""
    settled = opened.sale.settlement
    return settled is not None and not settled.cancelled


def _insured(opened: OpenedReceipt, todo: str) -> str:
    """What an insured sale gives back in cash is for the insurance to say."""
    if not _stands(opened):
        return todo
    if opened.sale.origin is SaleOrigin.TILL:
        said = translate("Receipts", "Settled at the till: take it back there first.")
        return f"{todo}\n{said}"
    said = translate(
        "Receipts",
        "Paid by the insurance: its settlement is cancelled first, what is kept is settled anew.",
    )
    return f"{todo}\n{said}"
