"""What the safe space asks, word for word: a change here is a change of what people were promised."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from bot.chat.cards import Block
from bot.chat.forms import ChoiceField, Field, Form, FormErrors, TextField
from bot.chat.plain import plain_block
from bot.concerns import forms
from bot.concerns.forms import Followed, Raised, Sent
from bot.concerns.model import About, Concern, FormMark, Guide, OutsideChannel, Words
from bot.concerns.receipt import Receipt

RECEIPT = Receipt(("abacus", "abdomen", "abdominal", "abide", "abiding", "ability"))
GUIDE = Guide(
    ("Support triage", "Hiring"),
    (OutsideChannel("Ombudsperson", "https://ombuds.example"),),
    90,
    "RAI council (chair, legal)",
)
WHEN = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)


def said(blocks: Iterable[Block]) -> list[str]:
    return [plain_block(block) for block in blocks]


def asked(field: Field) -> str:
    """All that is told of a field, in one line."""
    kind = f"{field.most} characters" if isinstance(field, TextField) else ""
    chosen = (
        " | ".join(f"{value}={label}" if value != label else value for value, label in field.options)
        if isinstance(field, ChoiceField)
        else ""
    )
    lines = ", many lines" if isinstance(field, TextField) and field.multiline else ""
    return (
        f"{field.name}{'' if field.required else '?'}: {field.label} {field.hint}[{kind}{lines}{chosen}]{field.initial}"
    )


def test_what_the_concerns_form_asks() -> None:
    form = forms.raise_form(GUIDE).form()
    assert (form.name, form.title, form.submit, form.ready) == ("concerns.raise/2", "Raise a concern", "Go on", False)
    assert said(form.intro) == [
        (
            "The bot never stores who you are, where or when you write; only of “at once” it keeps the time. Your chat "
            "platform and your employer may still see that you used the bot, and what passes through their systems. "
            "Outside channels are listed below."
        ),
        "It goes to: RAI council (chair, legal)\nOmbudsperson: https://ombuds.example",
    ]
    assert [asked(field) for field in form.fields] == [
        "system?: Which system or team? [rather not say | Support triage | Hiring]rather not say",
        (
            "value: Which value does it touch? [fairness | privacy | transparency | explainability | accountability | "
            "safety | robustness | security | human oversight | inclusion | sustainability | contestability | "
            "intellectual property | labour and society | not sure]not sure"
        ),
        (
            "stage?: At which stage? [rather not say | idea | data | build | evaluate | launch | monitor | retire]"
            "rather not say"
        ),
        (
            "affected?: Who is affected? [rather not say | people outside | customers | colleagues | one's own team | "
            "everybody]rather not say"
        ),
        (
            "urgency: How urgent is it? The council sees it. Only “at once” does not wait for the next release."
            "[can wait | soon | at once=at once, which may give me away]can wait"
        ),
        "sure?: How sure are you? [rather not say | seen it | heard of it | suspect it]rather not say",
        "words: What is going wrong? What you saw, whom it affects, what you fear.[2000 characters, many lines]",
    ]


def test_where_the_council_keeps_no_list_the_form_says_so() -> None:
    (intro,) = said(forms.raise_form(Guide()).form().intro)
    assert intro.endswith("through their systems. Your council has listed no outside channel.")


def test_what_the_receipts_form_asks() -> None:
    form = forms.FOLLOW_FORM.form()
    assert (form.name, form.title, form.submit, form.intro) == ("concerns.follow/2", "Use a receipt", "Go on", ())
    assert [asked(field) for field in form.fields] == [
        "receipt: Your receipt The six words.[120 characters]",
        "words?: Anything to add? Leave it empty to read what the council wrote.[2000 characters, many lines]",
    ]


def raised(form: Form, **values: str) -> Raised:
    given = {each.name: each.initial for each in form.fields} | values
    understood = forms.raise_form(GUIDE).understand(given, form.hidden)
    assert isinstance(understood, Raised)
    return understood


FILLED = {
    "system": "Hiring",
    "value": "privacy",
    "stage": "launch",
    "affected": "customers",
    "urgency": "soon",
    "sure": "seen it",
    "words": "It fails.",
}


def test_a_concern_is_previewed_as_the_council_will_see_it() -> None:
    spec = forms.raise_form(GUIDE)
    sent = raised(forms.fresh(spec, {}), **FILLED)
    assert sent.concern == Concern(
        Words("It fails."), About("privacy", "Hiring", "launch", "customers", "soon", "seen it")
    )
    assert not sent.sent.seen
    form = forms.raise_preview(spec, sent)
    assert (form.title, form.submit, form.ready) == ("Before it is sent", "Send to the council", True)
    assert {each.name: each.initial for each in form.fields} == FILLED
    assert said(form.intro) == [
        "This is what the council will see of you, and nothing else. You can still change it.",
        "System or team: Hiring\nValue: privacy\nStage: launch\nAffected: customers\nUrgency: soon\nHow sure: seen it",
        "The author:\n> It fails.",
        "How you write can give you away too: leave out names, teams and turns of phrase that only you use.",
    ]
    again = raised(form)
    assert again.sent.seen
    assert again.sent.mark == sent.sent.mark
    assert again.concern == sent.concern


def test_at_once_is_told_what_it_risks_and_what_else_there_is() -> None:
    spec = forms.raise_form(GUIDE)
    form = forms.raise_preview(spec, raised(forms.fresh(spec, {}), **FILLED | {"urgency": "at once"}))
    assert said(form.intro)[3] == (
        "At once means that the time is known. It does not wait for others to hide among: whoever can see who used the "
        "bot just now will very likely know that it was you. Choose “soon” to go with the next release."
    )


TRIED_OUT = (
    "Here the time is known. I am set to hand everything to the council at once, which is for trying me out: whoever "
    "can see who used the bot just now will very likely know that it was you."
)


@pytest.mark.parametrize("urgency", ["soon", "at once"])
def test_where_everything_goes_at_once_that_is_told_whatever_was_chosen(urgency: str) -> None:
    spec = forms.raise_form(GUIDE)
    filled = raised(forms.fresh(spec, {}), **FILLED | {"urgency": urgency})
    assert said(forms.raise_preview(spec, filled, all_at_once=True).intro)[3:-1] == [TRIED_OUT]
    assert said(forms.follow_preview(filled.sent, Words("More."), all_at_once=True).intro)[2] == TRIED_OUT


@pytest.mark.parametrize("field", FILLED)
def test_any_field_that_is_changed_after_its_preview_was_not_seen(field: str) -> None:
    spec = forms.raise_form(GUIDE)
    form = forms.raise_preview(spec, raised(forms.fresh(spec, {}), **FILLED))
    other = FILLED | {
        "system": "",
        "value": "safety",
        "stage": "",
        "affected": "",
        "urgency": "can wait",
        "sure": "",
        "words": "It fell.",
    }
    assert not raised(form, **{field: other[field]}).sent.seen


def test_each_fresh_form_has_a_mark_of_its_own() -> None:
    spec = forms.raise_form(GUIDE)
    one, other = (raised(forms.fresh(spec, {}), words="x").sent.mark for _ in range(2))
    assert one != other


def test_what_is_added_is_previewed_and_told_where_it_need_not_be() -> None:
    form = forms.fresh(forms.FOLLOW_FORM, {})
    given = {"receipt": RECEIPT.text, "words": "More."}
    sent = forms.FOLLOW_FORM.understand(given, form.hidden)
    assert isinstance(sent, Followed)
    assert (sent.receipt, sent.words, sent.sent.seen) == (RECEIPT, Words("More."), False)
    form = forms.follow_preview(sent.sent, Words("More."))
    assert (form.title, form.submit, form.ready) == ("Before it is sent", "Send to the council", True)
    assert {each.name: each.initial for each in form.fields} == given
    assert said(form.intro) == [
        "This is what the council will see of you, and nothing else. You can still change it.",
        "The author:\n> More.",
        (
            "It goes with the next release. If it cannot wait, raise a new concern “at once”, and name this one in it "
            "by its code name."
        ),
        (
            "Every message makes it a little easier to guess who wrote all of them: add only what is needed. What the "
            "council wants everybody to read stands on the answers board too."
        ),
        "How you write can give you away too: leave out names, teams and turns of phrase that only you use.",
    ]
    again = forms.FOLLOW_FORM.understand(given, form.hidden)
    assert isinstance(again, Followed)
    assert again.sent.seen
    assert again.sent.mark == sent.sent.mark


def test_a_form_that_was_previewed_before_an_update_is_known_after_it() -> None:
    given = {"words": "Möre.", "receipt": RECEIPT.text}
    form = forms.follow_preview(Sent(FormMark("0" * 32), given, seen=False), Words("Möre."))
    before = f'{{"mark":"{"0" * 32}","seen":"1666f1d4ebc8a0bbaced44733e2460be"}}'
    assert form.hidden == before.replace("}", ',"all_at_once":false}')
    for hidden in (before, form.hidden):
        understood = forms.FOLLOW_FORM.understand(given, hidden)
        assert isinstance(understood, Followed)
        assert understood.sent.stands(all_at_once=False)
        assert not understood.sent.stands(all_at_once=True)


def test_a_receipt_that_cannot_be_one_is_told_at_its_field() -> None:
    hidden = forms.fresh(forms.FOLLOW_FORM, {}).hidden
    few, unknown = (
        "A receipt is six words, as they were shown; here are",
        "is none of the words that receipts are made of",
    )
    for typed, told in (
        ("abacus", f"{few} 1. Please look again."),
        (f"{RECEIPT.text} abacus", f"{few} 7. Please look again."),
        (RECEIPT.text.replace("abide", "abyde"), f"“abyde” {unknown}. Please look again."),
    ):
        assert forms.FOLLOW_FORM.understand({"receipt": typed}, hidden) == FormErrors({"receipt": told})


def test_a_receipt_is_not_handed_to_the_council_with_the_words() -> None:
    hidden = forms.fresh(forms.FOLLOW_FORM, {}).hidden
    for words in (RECEIPT.text, f"My receipt is {RECEIPT.text.upper().replace(' ', ', ')}."):
        assert forms.FOLLOW_FORM.understand({"receipt": RECEIPT.text, "words": words}, hidden) == FormErrors(
            {"words": "Your receipt stands in these words, and the council would hold it. Take it out."}
        )
    fine = forms.FOLLOW_FORM.understand({"receipt": RECEIPT.text, "words": "I abide by it."}, hidden)
    assert isinstance(fine, Followed)


def test_reading_by_receipt_adds_nothing() -> None:
    hidden = forms.fresh(forms.FOLLOW_FORM, {}).hidden
    understood = forms.FOLLOW_FORM.understand({"receipt": RECEIPT.text.upper()}, hidden)
    assert isinstance(understood, Followed)
    assert understood.words is None
