"""The rehearsal: a script of a counter's day, played on the real program as a child process."""
