"""Each step of the tables, oldest first. No model is imported here."""
