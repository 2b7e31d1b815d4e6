"""One module per noun of the records in the design."""
