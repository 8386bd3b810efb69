"""What every screen stands on: theme, words' frame, the bridge to the lanes, what it may use."""
