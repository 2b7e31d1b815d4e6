"""One transaction each: (session, …, by, now) -> frozen result."""
