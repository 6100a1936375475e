"""What the bot's message tab offers to begin with (docs.slack.dev: up to four)."""

PROMPTS = [
    {"title": "Ask what a value means", "message": "What does transparency mean for a chatbot?"},
    {"title": "Find an office hour", "message": "hours"},
    {"title": "Say what is going wrong, without your name", "message": "concern"},
    {"title": "See what I can do", "message": "help"},
]
