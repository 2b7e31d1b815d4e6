"""Forms that people type into."""
