"""Values of the use-cases become screens: text and buttons, no decisions of the domain."""
