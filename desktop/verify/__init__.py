"""Verify: is this PDF the report that was signed?"""
