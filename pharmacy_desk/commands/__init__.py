"""The commands of the contract: thin, each one a few calls."""
