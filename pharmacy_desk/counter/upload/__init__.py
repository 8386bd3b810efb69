"""The courier: what waits is brought to the platform."""
