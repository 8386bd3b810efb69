"""One file per family of codes that a scanner at a pharmacy counter can deliver."""
