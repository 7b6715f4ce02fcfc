"""The library: which templates there are, what is in them, and their life in the organisation."""
