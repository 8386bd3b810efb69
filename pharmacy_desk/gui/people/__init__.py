"""Who works here: cards, lists, approvals, badges, the lock page."""
