"""Fuse box: settings become store, ports, lanes and window; start and stop order."""
