"""设置: the settings screen and the first-run assistant."""
