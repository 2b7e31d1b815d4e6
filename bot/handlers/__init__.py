"""What people do in the chat, one module per noun; each handler reads, calls one use-case, shows a screen."""
