"""What is asked and what it adds up to: templates, answers, scoring, comparison. Pure Python."""
