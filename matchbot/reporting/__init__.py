"""Indicators for readers: tables, workbooks and pages, made of the values that the desk counts."""
