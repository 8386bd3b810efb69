"""The clerk of people: who works here, approvals, the lock."""
