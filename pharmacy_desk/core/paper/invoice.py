"""A sale's goods with their codes as a table, for the invoice system to read.

The invoice is that system's own; what it lacks is which boxes were sold (a receipt or an invoice
shows the trace codes: facts on the trade, section 1).
"""

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.sale.sale import Sale

COLUMNS = (
    "小票号",
    "商品编码",
    "商品名称",
    "规格",
    "生产企业",
    "批准文号",
    "单位",
    "数量",
    "单价",
    "金额",
    "生产批号",
    "有效期至",
    "追溯码",
)


def invoice_table(sale: Sale) -> list[list[str]]:
    """Header and one row for each lot of each line; several codes are separated by `;`.

    Amounts are yuan; what is not known is empty. The amounts come to the sale's total.
    """
    table = [list(COLUMNS)]
    for line in sale.lines:
        item = line.item
        for part in line.parts():
            table.append(
                [
                    sale.number,
                    item.code,
                    item.name,
                    item.spec,
                    item.maker,
                    item.approval,
                    item.split_unit if line.split else item.unit,
                    str(part.count),
                    yuan(line.price_fen),
                    yuan(line.price_fen * part.count),
                    part.batch.lot or "",
                    part.batch.expiry.isoformat() if part.batch.expiry else "",
                    ";".join(box.code for box in part.boxes),
                ]
            )
    return table
