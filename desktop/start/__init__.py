"""First run, opening a vault, and saying who one is."""
