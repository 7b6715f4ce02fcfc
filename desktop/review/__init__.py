"""The review by a second person."""
