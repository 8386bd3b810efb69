"""Fault drills (`make drill`): kills and platform faults on the real program, judged apart."""
