"""Sealed assessments of other organisations."""
