"""One module per entry of the menu."""
