"""Data turned into shapes and one spoken sentence; small painters put the shapes on paper or screen."""
