"""Whether a text sounds like something that is going wrong where its author works, rather than a question; pure.

It is read for three signs, and a single one is enough:

1. fear or a wish to speak up: "I am scared to say so", "I don't know whom to tell";
2. an order to do wrong, to the author or their team: "my manager told us to hide the results";
3. somebody in particular doing wrong: "they are using patient data without asking", "our lead skipped the tests".

"In particular" is what tells a report from a question. "They", "my manager" or "the company" are somebody; "a manager"
or "people" are anybody, and "how do we", "can we" and "should I" ask about what is not done yet. Missing a concern puts
its author at risk, while an offer too many costs one line on a card: in doubt, it is offered.
"""

import re

_PERSON = (
    r"manager|boss|lead|leader|leadership|director|supervisor|head|chief|ceo|cto|vp|company|employer|team|management|"
    r"colleagues?|coworkers?|department|client|vendor|supplier|contractor|organisation|organization|sales"
    r"|marketing|hr|"
    r"board|executives?|engineers?|data scientists?|product owner|product manager|project lead|startup|bank|hospital|"
    r"agency|cto|people"
)
_ADJECTIVES = r"(?:[a-z]+ ){0,2}?"
_SOMEBODY = (
    rf"(?:my|our|his|her|their) {_ADJECTIVES}(?:{_PERSON})"
    rf"|the (?:company|management|leadership|board|team|vendor|client|ceo|cto|boss|sales team|product team|data team|"
    rf"hospital|bank|agency|lead|director|department|head of [a-z]+)"
    r"|(?:one|some|two|three|most) of (?:my|our|the) [a-z]+|management|leadership|hr|sales|somebody on (?:my"
    r"|our) team"
    r"|someone on (?:my|our) team|somebody here|someone here|people here|everyone here|everybody here|nobody here"
)
_PRONOUN = r"they|he|she"

_WRONG = (
    r"hid(?:e|es|ing|den)?|conceal(?:s|ed|ing)?|cover(?:s|ed|ing)? (?:it |this |that |them )?up|bur(?:y|ies|ied|ying)"
    r"|skip(?:s|ped|ping)?|bypass(?:es|ed|ing)?|circumvent(?:s|ed|ing)?|falsif(?:y|ies|ied|ying)|fak(?:e|es|ed|ing)"
    r"|forg(?:e|es|ed|ing)|fudg(?:e|es|ed|ing)|cherry ?pick(?:s|ed|ing)?|tamper(?:s|ed|ing)?|manipulat(?:e|es|ed|ing)"
    r"|backdat(?:e|es|ed|ing)|doctor(?:ed|ing)|massag(?:e|es|ed|ing)|misl(?:ead|eads|ed|eading)|l(?:ie|ies|ied|ying)"
    r"|deceiv(?:e|es|ed|ing)|silenc(?:e|es|ed|ing)|threaten(?:s|ed|ing)?|retaliat(?:e|es|ed|ing)|punish(?:es|ed|ing)?"
    r"|pressur(?:e|es|ed|ing)|bull(?:y|ies|ied|ying)|spy(?:ing)?|spies|spied|snoop(?:s|ed|ing)?|secretly"
    r"|ignor(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?|wav(?:e|es|ed|ing) (?:it |this |that )?(?:through|away)"
    r"|destroy(?:s|ed|ing)?|shred(?:s|ded|ding)?|suppress(?:es|ed|ing)?|withh(?:old|olds|eld|olding)"
    r"|leak(?:s|ed|ing)?|steal(?:s|ing)?|stole|refus(?:es|ed|ing) to (?:fix|stop|listen|look|report|investigate"
    r"|act)|won.?t let|don.?t care|doesn.?t care|didn.?t care|overrul(?:e|es|ed|ing)|overrid(?:e|es|ing)"
    r"|overrode|blam(?:e|es|ed|ing)|fir(?:ed|ing)|discriminat(?:e|es|ed|ing)|harass(?:es|ed|ing)?|exploit(?:s|ed"
    r"|ing)?"
    r"|abus(?:e|es|ed|ing)|misus(?:e|es|ed|ing)|forbid(?:s|den)?|forbade|laugh(?:s|ed|ing)?|pretend(?:s|ed|ing)?"
)
# What is wrong or not depends on who does it: "we deleted the file" is work, "they deleted the logs" may be more.
_DOUBTFUL = (
    r"delet(?:e|es|ed|ing)|disabl(?:e|es|ed|ing)|switch(?:es|ed|ing)? off|turn(?:s|ed|ing)? off|remov(?:ed|ing)"
    r"|chang(?:ed|ing)|sell(?:s|ing)?|sold|scrap(?:e|es|ed|ing)|copied|copying|(?:knew|knows?) about"
)
_TO_DO = (
    r"hide|conceal|cover|bury|skip|bypass|falsify|fake|forge|fudge|cherry ?pick|tamper|manipulate|backdate|doctor"
    r"|massage"
    r"|mislead|lie|deceive|keep (?:it |this |that |them )?(?:quiet|silent|secret|out)|keep (?:my|our) mouths? shut"
    r"|stay (?:quiet|silent)|shut up|ignore|dismiss|delete|destroy|shred|suppress|withhold|disable|switch off"
    r"|turn off"
    r"|remove|change|alter|sign|approve|ship|launch|deploy|release|leave (?:it |this |that |them )?out|say nothing"
    r"|look (?:the other way|away)"
    r"|drop|tone|rewrite|lower|pretend|scrape|copy|relabel|give (?:it |them |this )?a pass"
)
_WITHOUT = (
    r"without (?:\w+ ){0,2}?(?:asking|telling|consent|permission|their knowledge|knowing|informing|approval"
    r"|any review|"
    r"a review|any test|tests|testing|legal basis|anyone|anybody|authorisation|authorization|checking|letting|saying)"
    r"|behind (?:their|our|my) backs?|against (?:their|our|my|the users?) (?:will|wishes)|despite (?:the|our|my"
    r"|all|knowing)"
)

_FEAR = re.compile(
    r"\b(?:scared|afraid|frightened|terrified|fear|fearing|too worried|nervous) (?:\w+ ){0,2}?"
    r"(?:to (?:say|speak|tell|report|raise|object|complain|ask|mention|bring)|of (?:losing|retaliation|being"
    r"|reprisals?|"
    r"what (?:they|he|she)|my (?:boss|manager))|for my job|about (?:losing|retaliation|my job)|i (?:will|would"
    r"|could|might) (?:lose|get|be)"
    r"|(?:retaliation|reprisals?)|losing)"
    r"|\b(?:dont|do not|didnt) (?:dare|know (?:who|whom) (?:to tell|i can tell|to turn to|i can trust))"
    r"|\b(?:cant|cannot|can not|could not|couldnt) (?:tell|talk to|trust) any(?:one|body)|\bno ?(?:one"
    r"|body) listens\b"
    r"|\b(?:lose|losing|cost me) my job\b|\bget fired\b|\bwas fired\b|\bi (?:want|need|would like"
    r"|have) to (?:report|blow the whistle|raise a concern)\b"
    r"|\bi (?:feel|am|was|felt|have been|am being|was being) (?:\w+ )?(?:pressured|pressurised|forced|threatened"
    r"|bullied|silenced|unsafe)"
    r"|\bsomething (?:is |here is |feels |seems )?(?:\w+ )?(?:wrong|fishy|off|shady|unethical"
    r"|illegal)\b.*\b(?:here|our|my|team|work)\b"
    r"|\bi (?:found out|discovered|noticed|overheard|saw|caught|suspect|witnessed) .*\b(?:" + _WRONG + r"|without"
    r"|wrong)\b"
    r"|\b(?:this|it|what (?:we|they) (?:do|are doing)) (?:is|feels|seems) (?:\w+ )?(?:wrong|unethical|immoral"
    r"|not right)\b.*\b(?:stop|nobody|no one|they|boss|manager)\b"
)

_ORDERS = (
    r"told|tells|telling|asked|asks|asking|ordered|orders|ordering|instructed|instructs|forced|forces|forcing"
    r"|made|makes"
    r"|making|pressured|pressures|pressuring|pushed|pushes|pushing|wants|want|wanted|expects|expected|demands"
    r"|demanded"
    r"|warned|urged|advised|encouraged"
)
_ORDERED = re.compile(
    rf"\b(?:{_SOMEBODY}|{_PRONOUN}) (?:\w+ ){{0,2}}?(?:{_ORDERS}) (?:me|us|him|her|them|my team|our team|the team"
    rf"|everyone|"
    rf"everybody|my colleagues?|the (?:engineers|testers|annotators|analysts)) (?:\w+ )?(?:to )?(?:\w+ )?"
    rf"(?:(?:{_TO_DO})\b|(?:not to|to not|never to) )"
    rf"|\b(?:i|we|my team|our team|my colleagues?|the testers|the annotators) (?:was|were|am|are|have been|got|is"
    rf"|had been|keep being|keep getting) (?:being )?(?:just )?"
    rf"(?:told|asked|ordered|instructed|forced|pressured|pushed|made|warned|expected) (?:not to "
    rf"|(?:to )?(?:\w+ )?(?:{_TO_DO})\b)"
    rf"|\b(?:{_SOMEBODY}|{_PRONOUN}) (?:\w+ )?(?:wants?|wanted|decided|plans?|planned|intends?|is going|are going"
    rf"|is about|are about)"
    rf" (?:me |us )?to (?:{_TO_DO}|delete)\b(?! sensitive)"
    r"|\b(?:i|we) (?:was|were|am|are) (?:not allowed|forbidden|told not)\b(?! .*\?$)"
)

_AUX = (
    r"(?:(?:is|are|was|were|has|have|had|been|just|still|always|already|also|again|simply|knowingly|quietly"
    r"|keeps?|now|all) )"
    r"{0,3}"
)
_DOING = re.compile(
    rf"(?:(?<!if )(?<!when )(?<!should )(?<!must )\b(?:{_SOMEBODY})"
    rf"|(?<!can )(?<!could )(?<!will )(?<!would )(?<!should )(?<!might )(?<!may )(?<!if )(?<!when )"
    rf"(?<!do )(?<!does )(?<!did )(?<!that )(?<!because )(?<!so )\b(?:{_PRONOUN})) {_AUX}(?:{_WRONG}|{_DOUBTFUL})\b"
    rf"|(?<!what )(?<!that )\b(?:they|he|she) .*\band (?:is|are|was|were) {_AUX}(?:{_WRONG})\b"
    rf"|\b(?:{_SOMEBODY}) (?:is|are) using .*\bsecretly\b"
    rf"|(?:\b(?:we|i) (?:are|am|were|was|have|had|just|still|always|already|also|again|simply|knowingly|quietly"
    rf"|keep)(?= ))"
    rf" {_AUX}(?:{_WRONG})\b"
    rf"|^(?:yesterday |today |last week |again |so )?(?:we|i) (?:{_WRONG})(?<![a-z]e)(?<!y)\b"
    rf"|(?:\b(?:{_SOMEBODY}|{_PRONOUN})"
    rf"|(?<!can )(?<!may )(?<!should )(?<!could )(?<!must )(?<!do )(?<!to )(?<!if )\bwe) (?:is|are|was|were|has"
    rf"|have|had|just|still|keeps?|uses?|used|put|trains?|trained|launched|shipped|deployed|released|records?"
    rf"|recorded|collects?|collected|shares?|shared|feeds?|fed|uploads?|uploaded|sends?|sent|reads?|monitors?"
    rf"|tracks?)\b(?!.*\?$).*\b(?:{_WITHOUT})"
    rf"|\b(?:{_SOMEBODY}) .*\b(?:{_WITHOUT})"
    r"|\b(?:was|were|been|being|got|gets|is|are) (?:\w+ )?(?:covered up|hushed up|swept under|buried|falsified"
    r"|faked|tampered with|silenced|backdated|doctored)\b(?!.*\?$)"
    r"|\bnobody (?:\w+ )?(?:was|were|is|are) (?:told|asked|informed|allowed)\b(?!.*\?$)"
    r"|\bbad (?:results|numbers|news) (?:\w+ )?(?:were|was|are|is|got) (?:left out|removed|hidden|dropped|deleted)"
)


def sounds_like_a_concern(text: str) -> bool:
    """Whether the anonymous form is to be offered before anything else, and the words are to be stored nowhere."""
    plain = " ".join(re.sub(r"[^\w\s?']", " ", text.lower().replace("’", "'")).replace("'", "").split())
    plain = re.sub(r" \?", "?", plain)
    return any(_is_told(part) for part in (plain, *re.split(r"(?<=\?) ", plain)))


def _is_told(plain: str) -> bool:
    if _FEAR.search(plain) or _ORDERED.search(plain):
        return True
    return _DOING.search(plain) is not None
