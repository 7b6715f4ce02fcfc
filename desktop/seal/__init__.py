"""Sealing the record and signing its reports."""
