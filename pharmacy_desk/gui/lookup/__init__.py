"""查码: a box's history, and its records on paper."""
