"""The settings, texts and starting data that an organisation may change without touching code."""
