"""SELECTs that several use-cases share."""
