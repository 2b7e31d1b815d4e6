"""How fast the product is, as ratios to the bare costs of its own libraries on the same machine: ``python -m tests.bench``."""
