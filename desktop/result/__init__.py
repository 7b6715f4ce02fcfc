"""What an assessment adds up to, and why."""
