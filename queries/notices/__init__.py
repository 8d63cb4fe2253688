"""Notices to people: outbox, reminders, sending, each person's choice, calendar of deadlines, and their health."""
