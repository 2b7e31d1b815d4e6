"""The questionnaire engine: definitions, kinds of questions, and the way through them."""
