"""Keys: the keyboard wedge, native keys of the window system, fields that keep theirs."""
