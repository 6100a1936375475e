"""Whether somebody asks about the safe space itself: its form, its receipts, who sees them, what it may cost; pure.

Kept, such words would tell the council that a concern exists, and from which day. Two readings: ``is_about`` finds what
can hardly mean anything else, and goes before the library; ``may_be_about`` finds what could, and counts only where the
library has no answer and the words would be noted.
"""

import re

_SAID = r"write|wrote|say|said|ask|asked|raise|raised|send|sent|type|typed|report|reported|use|used|told"
_MINE = (
    r"my name|who i am|my identity|it was me|its me|i (?:am|was) the one|my (?:messages?|chats?)|i am using"
    rf"|who (?:wrote|raised|sent|asked|uses)|(?:what|that|this|when|if) i (?:{_SAID})"
)
_WATCHER = (
    r"you|they|anyone|anybody|someone|somebody|people|others|hr|slack|teams|the (?:bot|council|company|chair|admins?)"
    r"|(?:my|our|the) (?:boss|manager|lead|employer|company|team|it|admins?|colleagues)"
)
_ASKS = (
    r"(?:please |(?:how|where|when) (?:do|can|could|may|should|would) (?:i|we|one|you) |can i |could i |may i "
    r"|i (?:want|need|would like|have) to |id like to |let me |help me )?"
)
_ENDS = r"(?: (?:here|now|please|again|back|today|anonymously|with you|to you|to the council|without my name))*$"
_TO_TELL = r"raise|raising|report|submit|send|file|make|voice|write|start|open|add|new"
_HARM = r"(?:get |be |getting |being )?(?:\w+ )?(?:hurt|killed|injured|harmed|die)"
_SOON = r"(?:tomorrow|today|tonight|soon|now|right now|this week|next week|any (?:minute|moment|day))"

_ABOUT = re.compile(
    # the receipt, the code name, the board, and a concern of one's own
    r"\b(?:lost|lose|losing|forgot|forgotten|misplaced|find|have|recover|restore|resend|reset|use|enter|new|another"
    r"|without) (?:\w+ ){0,2}?(?:receipts?|code ?names?|six words)\b(?! (?:of|for|from)\b)"
    r"|\bmy (?:receipts?|code ?name|six words)\b(?! (?:of|for|from)\b)"
    r"|\banswers? board\b"
    r"|\bmy concerns?\b(?! (?:is|are|was|were|would|with|about|that|regarding|here|over|on|to|for|as)\b)"
    r"|\b(?:withdraw|withdrawing|take back|retract|delete|undo|cancel) (?:\w+ )?(?:a|my|the) (?:concern|complaint)\b"
    r"|\b(?:withdraw|take back|retract) my (?:report|words|message)\b"
    rf"|^{_ASKS}(?:{_TO_TELL}) (?:a|an|my|the|another|one|some)? ?(?:new |anonymous )?concerns?{_ENDS}"
    rf"|^{_ASKS}(?:see|read|check|open|show|show me|what is|whats) (?:the |a |your )?(?:board|concerns|form){_ENDS}"
    r"|^(?:the |a |my |your |an )?(?:anonymous )?(?:receipts?|concerns?|concern form|anonymous|anonymous form"
    rf"|anonymous concern|code ?names?){_ENDS}"
    # who sees it
    rf"|\b(?:can|could|do|does|will|would|did|might) (?:{_WATCHER}) (?:\w+ )?(?:see|know|read|tell|learn|find out|trace"
    rf"|track|recognise|recognize|guess) (?:\w+ ){{0,2}}?(?:{_MINE})\b"
    rf"|\bwho (?:will |can |could |would |else |ever )*(?:sees?|knows?|reads?|learns?|finds? out)"
    rf" (?:\w+ )?(?:{_MINE})\b"
    r"|^who (?:will |can |could |would |else )*(?:sees?|knows?|reads?|learns?) (?:of |about )?(?:this|it|that)"
    r"(?: message| chat)?$"
    rf"|\b(?:can|could|will|would) (?:{_WATCHER}) (?:identify|trace|track|recognise|recognize|unmask) me$"
    r"|^(?:is|are) (?:this|it|that|you|the (?:form|bot|pulse)|this (?:form|bot|chat)) (?:\w+ )?(?:anonymous"
    r"|confidential|anonymised|anonymized)(?: here| or not)?$"
    r"|^(?:am i|will i (?:be|stay)|how anonymous)(?: \w+)? (?:anonymous|is (?:this|it)|am i|traced|identified"
    r"|found out)(?: here)?$"
    r"|^is it safe to (?:write|talk|speak|say|tell|report|complain)\b"
    r"|\bi (?:want|need|prefer|would like) to (?:stay|remain|be) anonymous\b"
    # what it may cost, how long it takes, and what cannot wait
    r"|\b(?:fired|sacked|punished|dismissed|disciplined|in trouble|lose my job|fire me|sack me|punish me)"
    r" (?:for|if|when|because) (?:i )?(?:am )?(?:rais(?:e|ed|ing) (?:a|my|this|it)"
    r"|writ(?:e|ing) (?:this|here|it|to you)"
    r"|us(?:e|ing) (?:this|you|the form)|ask(?:ing)? (?:this|you))\b"
    r"|\b(?:how long|how soon|how fast|when) (?:\w+ ){0,4}?(?<!works )(?<!city )council (?:\w+ )?"
    r"(?:answers?|repl(?:y|ies)|responds?|writes?|reads?|sees?|decides?)\b"
    r"|^(?:how long (?:until|till|before)|when) (?:do |will |can )?i (?:get|have|receive|hear) (?:an |my |the )?"
    r"(?:answer|reply|back)$"
    rf"|^(?:some(?:one|body)|people) (?:could|might|may|will|can|is going to|are going to) {_HARM}(?: {_SOON})?$"
    rf"|\bsome(?:one|body) (?:could|might|may|will|can|is going to) {_HARM} {_SOON}\b"
    r"|\bsome(?:one|body) is in danger\b"
    r"|^(?:i am|im|i feel) (?:\w+ ){0,2}?(?:scared|afraid|frightened|terrified|unsafe|in danger|in trouble)"
    r"(?: here| now| at work)?$"
)

_MAYBE = re.compile(
    r"\breceipts?\b(?! (?:of|for|from)\b)"
    r"|\bconcerns?\b(?! (?:in|for|with)\b)"
    r"|\banonymous(?:ly)?\b(?! (?:survey|data|pdf|user|record|paper|item|form for)s?\b)"
    r"|\bcode ?names?\b|\bmy name\b|\bwho i am\b|\bit was me\b"
    r"|\bwhistle ?blow|\bretaliat|\breprisals?\b|\bget(?:ting)? (?:me )?(?:in|into) trouble\b"
    r"|\b(?:i|im|we|me) (?:\w+ ){0,3}?(?:scared|afraid|frightened|terrified|unsafe|threatened|bullied|in danger)\b"
    r"|\b(?:get|be|been|got|getting|being) (?:\w+ )?(?:fired|sacked|hurt|killed|injured|punished)\b|\bmy job\b"
    r"|(?<!works )(?<!city )\bcouncil (?:\w+ )?(?:answers?|repl(?:y|ies)|knows?|sees?|reads?|decides?)\b"
    r"|\b(?:report|reporting|complain about) (?:my|our|a|some) ?(?:boss|manager|lead|team|colleague|employer|company"
    r"|one|body)\b"
)


def is_about(text: str) -> bool:
    """Whether the words are about the safe space: they are kept nowhere, and get a card of their own."""
    return _ABOUT.search(_plain(text)) is not None


def may_be_about(text: str) -> bool:
    """Whether they could be: where the library has no answer, they are kept nowhere either."""
    plain = _plain(text)
    return _ABOUT.search(plain) is not None or _MAYBE.search(plain) is not None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", re.sub("['’]", "", text.lower())).split())
