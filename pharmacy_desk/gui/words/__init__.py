"""Every sentence of the window, by district; the trade returns only codes."""
