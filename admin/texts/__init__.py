"""Every sentence of the panel, in Russian."""
