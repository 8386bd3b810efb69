"""What the platforms hear: profile, messages, answers, the outbox's states."""
