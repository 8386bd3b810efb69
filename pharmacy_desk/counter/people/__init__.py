"""The counter of people: who works here, approvals, the lock."""
