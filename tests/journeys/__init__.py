"""Whole stories through the chat and the panel."""
