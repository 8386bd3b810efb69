"""The counter: the order of the steps, nothing else. Works on ports; no library, no Qt."""
