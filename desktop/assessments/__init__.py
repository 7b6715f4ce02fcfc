"""Assessments: the list of all, and where a new one starts."""
