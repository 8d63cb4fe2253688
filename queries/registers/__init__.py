"""Registers: records read, entered, corrected, withdrawn and uploaded."""
