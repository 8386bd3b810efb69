"""商品: drug list and three-code map."""
