"""Rows in and out of files that a spreadsheet opens."""
