"""Pure decisions of the mentoring model: standard library only, no clock, no input or output."""
