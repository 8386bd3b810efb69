"""The window itself: bar, sections, guard, crash."""
