"""Speed and size of the program, as ratios to the bare operation in one run (`make bench`)."""
