"""Every sentence that the chat says, one module per noun."""
