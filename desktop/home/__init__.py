"""Home: what to go on with, what waits, what is coming up."""
