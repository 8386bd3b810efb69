"""Doors to platforms: the insurance platform, its signatures, the practice settlement."""
