"""The practice platform: a loopback HTTP server that behaves as the national platform does."""
