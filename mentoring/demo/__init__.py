"""A believable school and one season in it, told through the use-cases. Everybody here is invented."""
