"""The window: what stays while one goes from place to place."""
