"""People at the counter: roles, rights, approvals, and nobody's number in free text."""
