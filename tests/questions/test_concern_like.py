"""What sounds like a concern is offered the anonymous form, and is stored and carried nowhere."""

import logging

import pytest

from bot.questions.concern_like import sounds_like_a_concern
from knowledge.library import BUILT_IN, load
from tests.questions.rows import everything
from tests.walks.house import House

CONCERNS = """
my manager told us to hide the test results
they are using patient data without asking
we were told to skip the safety tests, I am scared to say so
my boss asked me to delete the complaints about the chatbot
our lead skipped the bias audit to make the deadline
the company is selling our users' voice recordings to a broker
they covered up the incident from last month
I was pressured to sign off the model card without reading it
management ignores every warning about the scoring model
I found out that our team trained on private messages without consent
my team lead wants us to leave out the bad numbers in the report
I am afraid to report that the benchmark numbers are faked
our director told me not to mention the error rates to the client
they deleted the logs before the audit
we are shipping it although the red team found it unsafe, nobody here dares to say anything and I could lose my job
I don't know who to tell that the data was scraped from a dating site
my product manager forced us to launch without the safety review
someone on my team is manipulating the evaluation set
our vendor lied about where the training data came from
HR is using the model to secretly rank people for layoffs
they told the annotators to keep quiet about the violent pictures
my supervisor threatened me when I raised the fairness problem
the bad results were left out of the slides for the board
leadership buried the report on discrimination
we have been told to say nothing about the data leak
I feel pressured to approve a system that I think is unsafe
I was told to change the labels so that accuracy looks better
my colleague is copying customer data to his laptop
the sales team lies to clients about what the model can do
they switched off the human review to save money and did not tell anyone
my boss says fairness does not matter and laughs at complaints. I fear retaliation
our CEO wants to release the model without any testing
I noticed that my manager changed the numbers in the audit report
one of our engineers disabled the safety filter in production
we were asked to backdate the impact assessment
the hospital feeds patient records to the chatbot without their consent
the board was misled about the risks, I can't tell anyone
they are spying on employees with the productivity model
nobody was told that their calls are recorded for training
my manager keeps ignoring my emails about the biased model
he told me to falsify the consent forms
she ordered us to bury the incident report
our company uses face recognition on visitors without telling them
I have to report something my boss did
they fired a tester who complained about the bias
we are not allowed to talk about the error rate
I overheard that they are hiding the accident from the regulator
I want to report my team for using stolen data
management overruled the safety team and launched it anyway
our client told us to remove the age question from the test so that it passes
my employer monitors what we type without our permission
the lead cherry-picked the runs for the paper
I am being forced to label pictures I cannot bear
the data team scraped a forum for teenagers without permission
our manager made us rewrite the model card to sound harmless
what should I do, my manager hides the test results
is it normal that my boss told us to keep it quiet
they knew about the discrimination and are still hiding it
my lead refuses to fix the bug that rejects women, and I don't dare to escalate
somebody here is faking the audit
we keep being told to ignore the alarms
they trained the model on our private chats without telling us
I witnessed my colleague falsifying the test protocol
the company punished a colleague who spoke up
I'm scared of losing my job if I say that the model is unsafe
"""

ORDINARY = """
how do I report an unfair output
what is fairness
can we use patient data without asking
how do we get consent for training data
what do I do when a user complains about a biased answer
should we skip the safety tests for an internal tool
how do I write a model card
which metric should I use for a loan model
is it ok to delete old logs
how long may we keep chat logs
our model ignores minorities in the ranking, which metric shows it
why do our error rates differ between groups
what happens if the vendor changes the model
how do we stop prompt injection that leaks data
what are the dates of the ai act
do we need a dpia
who owns the decision when the model is wrong
how do I explain a rejection to a customer
are we allowed to scrape public websites
how do I convince my manager to do a bias audit
my manager asked me to make sure the ai is fair, where do i start
my boss wants a one page summary of responsible ai
our team wants to use a chatbot for support, what are the risks
what should we test before launch
we want to hide sensitive columns from the model, does that help
can users hide instructions in documents
how can I remove personal data from a data set
what is a hidden label
how do we prevent people from bypassing the filter
attackers try to manipulate our model, what can we do
our customers want to know why they were refused
how do I raise a concern
what is whistleblowing
how does anonymous reporting work
who is on the council
how should annotators be paid
what do we tell users about an error
they said our model must be explainable, what does that mean
we have a classifier for cvs and want to measure bias
should we tell people that they talk to a machine
the model lies about facts, how do we stop hallucinations
our chatbot makes up sources
is it legal to use face recognition in shops
how do I switch off a system safely
what is a blameless review
which template is there for a data sheet
how do we handle a data leak
what is the four-fifths rule
how do I change the threshold per group
our data scientists disagree about the metric
the legal team asks for an impact assessment, is there a template
do I have to delete training data when a user asks
how can we collect data without bias
can a model be accurate without being fair
we collect feedback without names, is that anonymous
what if the client wants a feature that discriminates
how do small teams do red teaming
we are asked to document the training data, how
I need to explain this to my director
how do we know that our model discriminates
I am worried about bias in our model, where do I begin
what is the risk of using customer chats for training
how do I say no to a feature
the product manager wants to launch next week, what is the least we should test
is our recommender addictive
we removed gender from the data, is it fair now
how do we log decisions without storing personal data
our vendor refuses to share the training data, what can we ask for
"""


@pytest.mark.parametrize("text", CONCERNS.strip().splitlines())
def test_something_going_wrong_is_offered_the_anonymous_form(text: str) -> None:
    assert sounds_like_a_concern(text)
    assert sounds_like_a_concern(text.upper().replace("'", "’"))


@pytest.mark.parametrize("text", ORDINARY.strip().splitlines())
def test_an_ordinary_question_is_not(text: str) -> None:
    assert not sounds_like_a_concern(text)


def test_few_of_the_questions_that_the_library_knows_sound_like_concerns() -> None:
    known = [phrasing for entry in load(BUILT_IN).answerable.values() for phrasing in entry.phrasings]
    assert sum(map(sounds_like_a_concern, known)) <= 0.01 * len(known)


def test_a_long_text_is_read_in_no_time() -> None:
    for text in ("my " * 700, "they are " * 250, "i saw we were the company " * 80, "a" * 2_000):
        assert not sounds_like_a_concern(text)


CANARY = "my manager told us to hide the canary results of 5c2e88"
CANARIES = [
    CANARY,
    f"{CANARY} when customers contest a decision",
    f"{CANARY}, how can customers contest a decision and appeal",
]


@pytest.mark.parametrize("words", CANARIES)
async def test_a_concern_is_offered_the_form_first_and_stands_nowhere(
    house: House, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    person = house.person("mira")
    seen = await person.says(words)
    assert seen.startswith("Is something going wrong?")
    assert "I kept nothing of it. Where you wrote it in a chat, it still stands there: delete it" in seen
    assert person.labels()[0] == "Raise a concern"
    assert "5c2e88" not in person.carried()
    assert "Don't keep my question" not in person.labels()
    assert len(person.labels()) <= 6
    assert "5c2e88" not in await everything(house)
    assert "5c2e88" not in caplog.text
    assert "What is going wrong?" in await person.presses("Raise a concern")
    assert person.form is not None
    assert all("5c2e88" not in each.initial for each in person.form.fields)


@pytest.mark.parametrize("words", CANARIES)
async def test_where_others_read_a_concern_nothing_on_its_card_brings_it_to_more_of_them(
    house: House, words: str
) -> None:
    person = house.person("mira")
    await person.says(words, place="team", others_read=True)
    assert person.labels()[0] == "Raise a concern"
    assert not {"Share here", "Ask a human", "None of these: ask a human"} & set(person.labels())


async def test_a_concern_that_was_answered_badly_is_not_noted(house: House) -> None:
    person = house.person("mira")
    await person.says("they are hiding it, how can customers contest a decision and appeal")
    if "It did not" in person.labels():
        assert await person.presses("It did not") == "Thank you\n\nNoted, without your name."
    assert "hiding" not in await everything(house)


async def test_a_concern_that_is_too_long_for_a_question_is_offered_the_form_too(house: House) -> None:
    person = house.person("mira")
    seen = await person.says(f"{CANARY}. " + "It went on for weeks. " * 60)
    assert "That is too long" in seen
    assert person.labels() == ["Raise a concern"]
    assert "5c2e88" not in await everything(house)
