"""The trade: values and pure functions. No I/O, no clock, no threads, no Qt."""
