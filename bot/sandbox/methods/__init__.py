"""What each Bot API method does in the sandbox."""
