"""Whether a question asks for a legal verdict, which the bot never gives; pure."""

import re

SENTENCE = (
    "I cannot say whether something is lawful, compliant or a risk in court: ask your legal counsel, and for personal "
    "data your data protection officer."
)

_LAW = r"(?:gdpr|ai act|data act|ccpa|hipaa|dsgvo|copyright|the law|law|laws|regulation|regulations|directive)"
_ASKED = r"(?:is|are|am|was|were|isnt|arent|be|being|would|will|do|does|did|can|could|may|if|whether)"

# A question of what the law says ("which dates does the AI Act set") is none; one of whether it is kept or broken is.
_VERDICTS = re.compile(
    rf"\b{_ASKED}\b.*\b(?:illegal|legal|legally|lawful|lawfully|unlawful|against the law)\b"
    rf"|\b{_ASKED}\b.*\b(?:compliant|noncompliant|non-compliant|in compliance|in breach of|liable|criminal)\b"
    rf"|\b(?:we|this|it|that|our|my)\b.*\b(?:comply|complies|violates?|violating|breach|breaches|breaks?"
    rf"|breaking)\b.*{_LAW}\b"
    r"|\b(?:sued|sue us|fined|prosecuted|go to jail|end up in court|taken to court)\b"
    rf"|\b(?:allowed|permitted|forbidden|prohibited)\b.*\b(?:by|under)\b.*{_LAW}\b"
    rf"|\bdoes\b.*{_LAW}\b.*\bappl(?:y|ies)\b.*\b(?:us|we|our|me|my|this)\b"
)


def asks_for_verdict(question: str) -> bool:
    """Whether it asks if something is legal, compliant, or will end in court."""
    return _VERDICTS.search(" ".join(question.lower().replace("'", "").replace("’", "").split())) is not None
