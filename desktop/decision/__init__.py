"""Decision: what the board decided, recorded on a sealed assessment."""
