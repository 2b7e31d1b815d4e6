"""Tables, engines and named queries."""
