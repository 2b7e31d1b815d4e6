"""The clock's door: the table of jobs and the delivery of notices."""
