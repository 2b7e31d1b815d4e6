"""Names of filters, columns and empty lists."""
