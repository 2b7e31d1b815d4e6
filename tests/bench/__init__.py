"""How fast the product is, beside the bare costs of its own libraries in the same minutes."""
