"""The doors: one outside thing each. They do not know each other nor the counter."""
