"""The help a person opens with ?: a page a screen, the keys, and what this program is."""
