"""库存: what is done with boxes outside a sale."""
