"""What a user can do: one keyword-only function per action, on the database thread, each saying what it changed."""
