"""What every district stands on: errors, money, numbers, events, policy."""
