"""Believable demo data: three years of invented cooperation in the real districts, the same for the same seed."""

from data.demo.accounts import DEMO_ACCOUNTS, DemoAccount
from data.demo.load import DemoError, DemoOutcome, load_demo

__all__ = ["DEMO_ACCOUNTS", "DemoAccount", "DemoError", "DemoOutcome", "load_demo"]
