"""Registers: what each is, its fields and rules. One declaration drives workbook, form, list, record page and audit."""
