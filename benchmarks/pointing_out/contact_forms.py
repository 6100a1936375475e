"""Ways to write contact details, filled by chance: nobody is meant."""

import random
import re
import string
import unicodedata
from collections.abc import Callable

from benchmarks.pointing_out.people import usual

_HOSTS = ("acme", "northwind", "initech", "globex", "umbra-labs", "fabrikam")
_ENDS = ("com", "example", "org", "io", "co.uk", "de", "ai", "net", "eu", "com.br")
_WORDS = ("wiki", "models", "risk", "audit", "review", "scorer", "launch", "pricing", "triage", "bias")

Make = Callable[[random.Random], str]


def _digits(chance: random.Random, shape: str) -> str:
    """A number of a shape: 9 is any digit, 8 any but 0 and 1."""
    made = (
        chance.choice("0123456789") if each == "9" else chance.choice("23456789") if each == "8" else each
        for each in shape
    )
    return "".join(made)


def shaped(*shapes: str) -> tuple[Make, ...]:
    """Numbers of these shapes."""
    return tuple(lambda chance, shape=shape: _digits(chance, shape) for shape in shapes)


def _person(chance: random.Random) -> tuple[str, str]:
    given, _, family = usual(chance, ("English", "German", "Spanish", "Nigerian", "Indian", "Nordic")).partition(" ")
    return re.sub("[^A-Za-z]", "", plain(given)), re.sub("[^A-Za-z]", "", plain(family))


_OTHERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ð": "d", "ł": "l", "Ł": "L", "Đ": "D", "đ": "d", "Þ": "Th", "ı": "i", "æ": "ae"}
)


def plain(word: str) -> str:
    """A name in the letters that everybody's keyboard has."""
    apart = unicodedata.normalize("NFKD", word.translate(_OTHERS))
    return "".join(sign for sign in apart if sign in string.ascii_letters + "-'")


def _filled(shape: str) -> Make:
    def make(chance: random.Random) -> str:
        given, family = _person(chance)
        words = {
            "g": given.lower(),
            "f": family.lower(),
            "G": given,
            "F": family,
            "h": f"{chance.choice(_HOSTS)}.{chance.choice(_ENDS)}",
            "n": str(chance.randrange(10, 99_999)),
            "w": chance.choice(_WORDS),
            "v": chance.choice(_WORDS),
            "host": chance.choice(_HOSTS),
            "U": "".join(chance.choices(string.ascii_uppercase + string.digits, k=8)),
        }
        return shape.format(**words)

    return make


def filled(*shapes: str) -> tuple[Make, ...]:
    """Words of these shapes, with the names of somebody in them."""
    return tuple(map(_filled, shapes))


def v4(chance: random.Random) -> str:
    """An IP address."""
    return ".".join(str(chance.randrange(1, 255)) for _ in range(4))


def v6(chance: random.Random) -> str:
    """An IP address of version 6."""
    groups = [f"{chance.randrange(0x1000, 0xFFFF):x}" for _ in range(8)]
    return ":".join(groups) if chance.random() < 0.5 else f"2001:db8:{groups[0]}::{chance.randrange(1, 999):x}"


def mac(chance: random.Random) -> str:
    """The address of a network card."""
    return ":".join(f"{chance.randrange(256):02x}" for _ in range(6))


def iban(country: str, shape: str, *, spaced: bool) -> Make:
    """Bank accounts of a country, with true check digits."""

    def make(chance: random.Random) -> str:
        account = "".join(
            chance.choice(string.ascii_uppercase) if each == "A" else chance.choice(string.digits) for each in shape
        )
        number = "".join(str(int(sign, 36)) for sign in f"{account}{country}00")
        whole = f"{country}{98 - int(number) % 97:02d}{account}"
        return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4)) if spaced else whole

    return make


def hexes(*lengths: int) -> Make:
    """Groups of hexadecimal digits."""

    def make(chance: random.Random) -> str:
        groups = ["".join(chance.choices("0123456789abcdef", k=length)) for length in lengths]
        # A commit whose every sign is a digit, or a letter, is rare and can be told from no other word.
        return "-".join([f"a7{groups[0][2:]}", *groups[1:]])

    return make


TUNED_ON: dict[str, tuple[Make, ...]] = {
    "mail": filled("{g}.{f}@{h}", "{g}{n}@{h}", "{G}.{F}@{h}", "{g}+{w}@mail.{h}", "{f}_{g}@{h}", "{w}-team@{h}"),
    "mail, disguised": filled(
        "{g} at {host} dot com", "{g}.{f} (at) {host}.com", "{g}[at]{host}[dot]org", "{f} (at) {host} (dot) example"
    ),
    "telephone, with its country": shaped(
        "+49 30 8999999",
        "+1 (415) 899-9999",
        "+44 20 7899 9999",
        "+33 6 12 99 99 99",
        "+91 98999 99999",
        "+49-171-8999999",
        "0041 44 899 99 99",
        "+1-212-899-9999",
        "+34 699 999 999",
        "+81 90-8999-9999",
        "+46 70 899 99 99",
        "+61 4 8999 9999",
        "+234 803 899 9999",
        "+5511989999999",
    ),
    "telephone, without": shaped(
        "030 89999999",
        "(212) 899-9999",
        "020 7899 9999",
        "06 12 99 99 99",
        "0171/8999999",
        "415-899-9999",
        "0172 8999999",
        "(0)30 899 99 99",
        "01 89 99 99 99",
        "212.899.9999",
        "07899 999999",
        "089/899999-99",
    ),
    "mention": filled(
        "@{g}", "@{g}.{f}", "<@U{U}>", "<at>{G} {F}</at>", "@{g}_{n}", "<@W{U}|{g}>", "@{G}", "<!subteam^S{U}>"
    ),
    "handle": filled(
        "github: «{g}{n}»",
        "slack: «{f}_{n}»",
        "the handle is «{g}{f}»",
        "known on GitHub as «{g}-{n}»",
        "telegram: «{g}_{f}»",
        "username: «{f}{n}»",
        "my login = «{g}.{f}»",
        "discord is «{g}.{n}»",
    ),
    "link": filled(
        "https://{host}.example/{w}/{n}",
        "http://{w}.{host}.com",
        "www.{host}.org/{w}",
        "{host}.com/{w}?id={n}",
        "https://{host}.slack.com/archives/C{U}/p{n}",
        "{w}.{host}.internal",
        "jira.{host}.io/browse/AB-{n}",
        "{host}.co.uk",
        "file:///srv/{w}/{n}.csv",
        "github.com/{g}{n}/{w}",
        "/home/{g}/{w}.py",
        "C:\\Users\\{g}\\{w}.xlsx",
    ),
    "network address": (v4, v6, mac, lambda chance: f"{v4(chance)}:8080", v6, lambda chance: f"{v4(chance)}/24"),
    "bank account": (
        iban("DE", "9" * 18, spaced=True),
        iban("GB", "AAAA" + "9" * 14, spaced=True),
        iban("FR", "9" * 10 + "99999999999" + "99", spaced=False),
        iban("NL", "AAAA" + "9" * 10, spaced=True),
        iban("ES", "9" * 20, spaced=True),
        iban("PL", "9" * 24, spaced=False),
    ),
    "card": shaped("4899 9999 9999 9999", "5899-9999-9999-9999", "4899999999999999", "3799 999999 99999"),
    "staff, ticket or case": (
        *shaped(
            "staff number «89999»",
            "ticket «8999»",
            "INC0089999",
            "employee id «E-89999»",
            "case no. «8999-89»",
            "#8999",
            "RISK-899",
            "personnel no. «00899999»",
            "incident «89999»",
            "badge «8999»",
            "REQ8999999",
            "ext. «8999»",
            "passport «C89XF9999»",
            "AB-8999",
            "customer number «899 999 899»",
            "8999999",
        ),
        hexes(8, 4, 4, 4, 12),
        hexes(9),
        hexes(40),
        hexes(7),
    ),
}
"""Ways to write each kind, by which rules and lists were tuned."""
