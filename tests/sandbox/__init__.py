"""Conformance: each test names the source of the behaviour it holds the sandbox to."""
