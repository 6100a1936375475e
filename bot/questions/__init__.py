"""Questions: a sourced answer from the library, or an honest "I don't know" and a way to a human."""
