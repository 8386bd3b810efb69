"""What is done to a drilled ledger, or to the program, so that the drill must cry out.

Each judgement of the drill over movements is shown by one of these to be able to fail.
"""

# Found by the judge and by `ledger check`.
TAMPERING = {
    "an upload line is gone": "DELETE FROM outbox WHERE document IN"
    " (SELECT number FROM documents WHERE kind = 'delivery' LIMIT 1)",
    "an upload line tells a code more": "UPDATE outbox SET codes = json_insert(codes, '$[#]', 'x')"
    " WHERE infno = '3502A'",
    "a document without its lines": "DELETE FROM document_lines WHERE document IN"
    " (SELECT number FROM documents WHERE kind = 'loss' LIMIT 1)",
    "a document without its head": "DELETE FROM documents WHERE kind = 'transfer_out'",
    "a box somewhere else": "UPDATE boxes SET state = 'on_shelf' WHERE state = 'destroyed'",
    "units out of nothing": "UPDATE boxes SET units_left = units_left + 1 WHERE state = 'opened'",
    "a payment half there": "UPDATE sales SET state = 'voided' WHERE state = 'paid'",
    "a return half there": "DELETE FROM returns WHERE number = (SELECT max(number) FROM returns)",
    "a return told to nobody": "DELETE FROM outbox WHERE document IN (SELECT number FROM returns)",
    "a recall half there": "DELETE FROM recalls",
    "a recall ended and in force": "UPDATE recalls SET closed_at = NULL",
    "a code sold twice": "INSERT INTO sale_entries(sale, entry, line, code, asked, state, at)"
    " SELECT 'X' || sale, entry, line, code, 0, 'final', at FROM sale_entries"
    " WHERE state = 'final' LIMIT 1",
    "an event is gone": "DELETE FROM events WHERE kind = 'box_received' AND seq > 20",
}

# How, and what the judge must say of it: a judgement that another one covers proves nothing.
MARKS = {
    "a box of the library out of nothing": (
        "UPDATE no_code SET used = used - 1 WHERE used > 0",
        "used, its sales or its events say otherwise",
    ),
    "a box of the library let go and not given back": (
        "UPDATE sale_entries SET state = 'ended' WHERE no_code IS NOT NULL AND state = 'final'",
        "used, its sales or its events say otherwise",
    ),
    "a box of a library's entry that is not there": (
        "DELETE FROM no_code WHERE used > 0",
        "is used and is not there",
    ),
    "more in an entry than was entered": (
        "UPDATE no_code SET quantity = quantity + 1",
        "is not what was entered",
    ),
    "an entry approved by somebody else": (
        "UPDATE no_code SET approver = '002' WHERE approver IS NOT NULL",
        "was approved by 002",
    ),
    "a closed entry gives boxes": (
        "UPDATE no_code SET state = 'approved' WHERE state = 'closed'",
        "its events say closed",
    ),
    "a box of another lot than its entry": (
        "UPDATE sale_entries SET lot = 'L99' WHERE no_code IS NOT NULL AND state = 'final'",
        "is none of its no-code entry",
    ),
    "a payment that does not name its entries": (
        "UPDATE events SET payload = json_remove(payload, '$.no_code') WHERE kind = 'sale_paid'",
        "names other no-code entries than it holds",
    ),
    "a return of a box without code on one side": (
        "UPDATE sale_entries SET state = 'final' WHERE no_code IS NOT NULL AND state = 'returned'",
        "is returned on one side only",
    ),
    "a return of a box without code and no paper": (
        "DELETE FROM returns WHERE code = ''",
        "of a box without code is half there",
    ),
    "a return of a box without code and no event": (
        "DELETE FROM events WHERE kind = 'no_code_returned'",
        "is half there",
    ),
    "a return that was never posted": (
        "DELETE FROM events WHERE kind = 'return_posted'",
        "posted as []",
    ),
    "a return of other money": (
        "UPDATE returns SET refund_fen = refund_fen - 1 WHERE refund_fen > 0",
        "posted as [(1, 2000)]",
    ),
    "a return of more boxes than are told": (
        "UPDATE returns SET quantity = 2 WHERE code = ''",
        "is told other goods than came back",
    ),
    "a gift that costs something": (
        "UPDATE sale_lines SET price_fen = 2000 WHERE gift",
        "costs 2000 fen",
    ),
    "a gift the platform hears a price of": (
        "UPDATE outbox SET words = json_set(words, '$.price', '20.00')"
        " WHERE json_extract(words, '$.price') = '0.00'",
        "costs 0 fen, told as 20.00",
    ),
    "a gift that nobody made": (
        "DELETE FROM events WHERE kind = 'gift_made'",
        "is half a gift",
    ),
    "a gift on the line that is paid": (
        "UPDATE sale_entries SET line = 1 WHERE line = 2 AND state = 'final'",
        "stands on 1, not 2",
    ),
    "a payment of one fen less": (
        "UPDATE sales SET total_fen = total_fen - 1 WHERE total_fen > 0",
        "its lines are",
    ),
    "a box more is told than sold": (
        "UPDATE outbox SET words = json_set(words, '$.quantity', '9') WHERE infno LIKE '3505%'",
        "are told",
    ),
    "the order of another sale": (
        "UPDATE sales SET order_number = 'MT1' WHERE order_number IS NOT NULL",
        "is kept for order",
    ),
    "an order nobody took": (
        "DELETE FROM sales WHERE order_number IS NOT NULL",
        "has an order and is not there",
    ),
    "an order the platform does not hear of": (
        "UPDATE outbox SET words = json_set(words, '$.order_number', '')"
        " WHERE json_extract(words, '$.order_number') <> ''",
        "tells another order",
    ),
    "a draft there and posted": (
        "INSERT INTO drafts SELECT json_extract(payload, '$.draft'), 'receiving',"
        " '{\"boxes\":[]}', at, operator FROM events"
        " WHERE json_extract(payload, '$.draft') IS NOT NULL",
        "is there and posted",
    ),
    "a draft with a box that was moved": (
        "INSERT INTO drafts SELECT 'R0', 'receiving',"
        " json_object('boxes', json_array(json_object('code', code))), at, operator FROM events"
        " WHERE kind = 'box_received' LIMIT 1",
        "is in draft R0 and in a document",
    ),
    "a header that means something else": (
        "UPDATE learned_headers SET field = 'expiry'",
        "its event says code",
    ),
    "a mapping in use again": (
        "UPDATE identifications SET state = 'confirmed' WHERE state = 'removed'",
        "its events say something else",
    ),
    "a mapping of another level": (
        "UPDATE identifications SET level = 3",
        "its events say something else",
    ),
    "a mapping that was said and is gone": (
        "DELETE FROM identifications",
        "was said and is not there",
    ),
    "a wrong PIN forgotten": (
        "UPDATE operators SET tries = 1",
        "the events say",
    ),
    "a badge of nobody": (
        "UPDATE operators SET badge_hash = 'x' WHERE badge_hash IS NULL",
        "the events say",
    ),
    "a lock-out without its time": (
        "UPDATE operators SET tries = 5, locked_until = NULL",
        "is not locked out",
    ),
    "a lock nobody turned": (
        "INSERT INTO home(name, value) VALUES ('locked.01', '')",
        "the counter's lock is True",
    ),
    "a document without its approval": (
        "DELETE FROM events WHERE kind = 'approval_given'",
        "document_posted 01",
    ),
    "a document posted before anybody approved it": (
        "UPDATE documents SET reference = 'REF-2' WHERE reference = 'REF-1'"
        " AND kind IN ('loss', 'destruction')",
        "was posted before anybody approved it",
    ),
    "an approval of one's own": (
        "UPDATE events SET payload = json_set(payload, '$.approver',"
        " json_extract(payload, '$.asker')) WHERE kind = 'approval_given'",
        "is 007's own",
    ),
    "an approval of a put-back that did not happen": (
        "DELETE FROM events WHERE kind = 'box_restored'",
        "(restore) allowed 0 deeds",
    ),
    "an approval of an entry that is not approved": (
        "DELETE FROM events WHERE kind = 'no_code_approved'",
        "(no_code) allowed 0 deeds",
    ),
    "an approval of a payment that was not made": (
        "DELETE FROM events WHERE kind = 'sale_paid'",
        "(gate) allowed 0 deeds",
    ),
}

# The check proves an upload line's key and codes by its event, not its other words; and a draft
# may hold a box that came in some other way since.
JUDGED_ONLY = {
    "a box of another lot than its entry",
    "a gift the platform hears a price of",
    "a box more is told than sold",
    "an order the platform does not hear of",
    "a draft with a box that was moved",
    "a document posted before anybody approved it",
}

# What a program that is wrong in one place would do, and the flow that must show it.
WRONG = {
    "a draft outlives its document": ("draft posted", """
        from pharmacy_desk.adapters.store.stock import custody
        custody.take_step = lambda conn, step: None
    """),
    "a draft forgets its last box": ("draft posted", """
        from pharmacy_desk.counter.stock import wishes
        honest = wishes.to_body
        wishes.to_body = lambda one: honest(replace(one, receiving=replace(
            one.receiving, boxes=one.receiving.boxes[:-1])))
    """),
    "undo gives nothing back to the library": ("no-code boxes sold", """
        from pharmacy_desk.adapters.store.stock.no_code import NoCodeLibrary
        NoCodeLibrary.give_back = lambda *words: None
    """),
    "a cancelled sale gives twice back": ("no-code boxes let go", """
        from pharmacy_desk.adapters.store.stock.no_code import NoCodeLibrary
        honest = NoCodeLibrary.give_back
        NoCodeLibrary.give_back = lambda *words: (honest(*words), honest(*words))
    """),
    "a gift is forgotten at the undo of another box": ("gift undone", """
        from pharmacy_desk.adapters.store.sale.gifts import Gifts
        Gifts.undo_mark = lambda *words: True
    """),
    "a free number stays locked": ("lock-out", """
        from pharmacy_desk.adapters.store.people.people import People
        People._reset = lambda *words: None
    """),
    "a lock that a restart opens": ("lock", """
        from pharmacy_desk.adapters.store.people.people import People
        People.lock_counter = lambda *words: None
    """),
    "a mapping that is not taken out": ("map", """
        from pharmacy_desk.adapters.store.catalogue.three_code_map import ThreeCodeMap
        ThreeCodeMap.unmap = lambda *words: True
    """),
    "an order nobody keeps": ("online order", """
        from pharmacy_desk.adapters.store.sale.gifts import Gifts
        Gifts.set_order = lambda *words: None
    """),
}  # fmt: skip
