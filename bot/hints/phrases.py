"""Words that lead back to who wrote them, such as "as I said in the review": where a text holds some."""

import re
from collections.abc import Iterator

from bot.hints.details import Span, small

_SAYING = (
    "said|mentioned|told|wrote|raised|reported|explained|pointed out|noted|argued|asked|warned|flagged|discussed|"
    "presented|showed|suggested|proposed|described|documented|emailed|mailed|posted"
)
_PAPERS = (
    "report|review|ticket|e-?mail|mail|message|presentation|talk|slides|memo|notes?|post|comment|pull request|pr|"
    "analysis|audit|proposal|design doc|document|evaluation|experiment|prototype|commit|branch|notebook|paper|thesis|"
    "appraisal|performance review|feedback|complaint|question|request"
)
_CIRCLE = (
    "team|manager|boss|team lead|lead|line manager|supervisor|department|squad|unit|desk|office|director|client|"
    "predecessor|successor|colleagues?|project|role|job|intern|mentor|direct reports?|product owner|group"
)
_PHRASE = re.compile(
    rf"\bas (?:i|i've|i have) (?:already |once |also |just |previously |have )?(?:{_SAYING})"
    r"(?: (?:in|to|at|on|during)\b)?"
    rf"|\bi(?: have|'ve)? (?:already |also |once |personally )?(?:told|warned|emailed|mailed|messaged|informed|asked) "
    r"(?:him|her|them|my|our|everyone|everybody|the (?:team|lead|manager|director|board|council|group))\b"
    rf"|\bin my (?:own |last |latest |recent |previous |earlier |first )?(?:{_PAPERS})\b"
    rf"|\bmy (?:own |last |latest |recent |previous |earlier |old |former |new )?(?:{_CIRCLE}|{_PAPERS})\b"
    r"|\bour (?:own |small |little )?(?:team|squad|unit|department|office)\b"
    r"|\b(?:since|when|before|after|until) i (?:first )?(?:joined|started|came|moved|left|was hired|took over|worked|"
    r"became|was on|was in|returned|got back)\b"
    r"|\b(?:as|am|i'm|being) (?:one of )?the (?:only|few|sole|first)\b"
    r"|\bas (?:the )?(?:team lead|tech lead|lead|owner|author|head|manager|product owner|scrum master|founder|intern|"
    r"maintainer)(?: of| on| in| for)\b"
    r"|\bi(?: am|'m) (?:the|in charge of|responsible for|on call|the lead|on the .{1,20} team)\b"
    r"|\bi (?:work|worked|sit) (?:in|on|at|for|with)\b"
    r"|\bi (?:wrote|built|designed|trained|labell?ed|maintain|own|lead|led|manage|managed|reviewed|deployed|presented|"
    r"approved|signed|tested|ran) (?:the|this|that|it|an?|those|these|both)\b"
    r"|\b(?:in|during|after|at) (?:my|our) (?:last |weekly |daily |monthly |next )?(?:stand-?up|retro(?:spective)?|"
    r"sprint|1:1|one[- ]to[- ]one|one[- ]on[- ]one|team meeting|meeting|interview|holiday|leave|parental leave|offsite|"
    r"on-?call)\b"
    r"|\bmy (?:first|second|third|last) (?:day|week|month|year|shift)\b"
)


def leading_back(text: str) -> Iterator[Span]:
    """Phrases that only their author, or one of few, would write."""
    yield from (each.span() for each in _PHRASE.finditer(small(text).replace("’", "'")))
