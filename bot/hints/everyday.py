"""Which words are everyday ones: a name that is also a word, such as Will or May, needs more to be taken for a name."""

from collections.abc import Iterable
from functools import cache
from importlib import resources


def listed(words: str) -> frozenset[str]:
    """The words of a list, written with spaces between them."""
    return frozenset(words.split())


_RATHER_NAMES = listed(
    "john peter tom tommy thomas maria mario bob bobby lee khan shah jean carol carole harry jack jackie joe joey josh "
    "jenny jess molly sally polly kelly rob robert roger ruth sam samson simon steven stephen susan terry timothy tony "
    "vera victoria vincent walter wilson abigail alexander andrew anthony benjamin charlie charley charlotte daniel "
    "edward elizabeth francis fred george gilbert hanna henry isabella isaac jacob jeff jonathan joseph josephine "
    "katherine louis louise lucy magdalene margaret martin matilda matthew michael nancy nelson nicholas oliver paula "
    "philip rebecca richard sandra solomon sophia tamara ted theresa veronica warren william singh sen"
)
"""The dictionary has these for a rare meaning of theirs; who writes them with a capital means somebody."""

MONTHS = listed("january february march april may june july august september october november december")

PROPER = MONTHS | listed(
    # Whom studies compare; how laws are cited.
    "black white brown art "
    # Days, peoples and languages; places.
    "monday tuesday wednesday thursday friday saturday sunday easter christmas english french german dutch spanish "
    "italian polish danish swedish irish scottish welsh greek turkish russian chinese japanese korean indian african "
    "american european british arabic hindi latin roman london paris berlin rome milan florence venice vienna geneva "
    "sydney austin houston dallas denver boston york kent lancaster hamilton wellington adelaide madrid cologne "
    "hamburg bremen essen frankfurt lyon nice tours porto lagos delhi chennai punjab santiago cordoba granada "
    "valencia leon toledo cairo alexandria sofia warsaw bern basel zurich oslo bergen lund jordan chad israel georgia "
    "india china ireland england scotland wales france germany poland holland spain italy greece turkey russia japan "
    "korea kenya mali cuba peru chile brazil mexico canada america africa asia europe australia virginia carolina "
    "dakota montana california texas florida washington lincoln madison jackson cleveland charlotte orlando aberdeen "
    "cambridge oxford stanford princeton yale "
    # What our trade calls its models, languages, tools and measures.
    "claude gemini bert albert roberta elmo ernie ada babbage curie davinci alexa siri cortana watson einstein tesla "
    "julia ruby rust swift java scala dart elixir perl pascal haskell kotlin ray dora lora sora dalle llama mistral "
    "falcon bard grok bloom dolly alpaca vicuna phi orca nova titan sage apollo athena atlas hugging spark kafka "
    "hadoop pandas keras jax flax optuna teams slack excel word outlook jira confluence azure looker tableau "
    "snowflake bayes gauss shapley simpson goodhart gini pareto turing fourier markov poisson laplace pearson fisher "
    "wald cohen cramer kolmogorov smirnov wilcoxon student nash lipschitz hessian jacobi jacobian newton euler "
    "lagrange adam nesterov huber brier platt kendall spearman moore conway asimov collingridge likert hawthorne mann "
    "whitney welch kaplan meier cox elo lime shap amazon google apple meta oracle intel nvidia adobe ford siemens "
    "bosch bayer benz maersk dell cisco morgan stanley goldman visa lloyd lloyds chase wells fargo moody moodys "
)
"""Names of months, places, peoples, models, tools and methods: written with a capital, and seldom a colleague."""

PARTICLES = listed(
    "a al af av abu bin bint da das de del della den der di do dos du e el i ibn la le les of san st ten ter the und "
    "van von y zu zur zum jr sr dr phd mr mrs ms mx prof md ii iii iv"
)
"""What stands in names and names nobody."""


_LONGEST = 10
"""Letters of a word that is also a name."""


def everyday(words: Iterable[str]) -> frozenset[str]:
    """Those of some words that are everyday ones."""
    known = _dictionary()
    return frozenset(word for word in words if (word in known or word in PARTICLES) and word not in _RATHER_NAMES)


@cache
def _dictionary() -> frozenset[str]:
    """The short words of an English dictionary of 64,000, as the xkcdpass package carries it."""
    words = resources.files("xkcdpass").joinpath("static/legacy").read_text("utf-8").split()
    return frozenset(word for word in words if len(word) <= _LONGEST and word.isalpha() and word.islower())
