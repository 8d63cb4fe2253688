"""Realistic demo data: three years of invented cooperation in the real districts, reproducible by seed."""

from data.demo.accounts import DEMO_ACCOUNTS, DemoAccount
from data.demo.load import DemoError, DemoOutcome, load_demo

__all__ = ["DEMO_ACCOUNTS", "DemoAccount", "DemoError", "DemoOutcome", "load_demo"]
