"""Data the program ships: profiles, words, samples, translations, sounds, icons."""
