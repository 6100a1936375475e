"""What came of the campaigns, as a table, without a word of anybody's."""

from collections import Counter

from benchmarks.residue.campaign import FAULTS, Result


def report(results: list[Result]) -> str:
    """Everything, as Markdown."""
    sent, planted = sum(each.sent for each in results), sum(each.planted for each in results)
    doors = ", ".join(f"{each.sent:,} at {each.door}" for each in results)
    looked = sum(each.looked for each in results) / 2**30
    kinds = sum(any(fault.name in each.seen for each in results) for fault in FAULTS[1:])
    unfound = [line for each in results for line in each.unfound]
    found = Counter(
        f"- {leak.what} in {leak.place} ({leak.form}) at {each.door}, after: {name}"
        for each in results
        for name, leak in each.found
    )
    head = (
        f"{sent:,} concerns ({doors}), {kinds} kinds of fault; "
        f"{sum(each.kept for each in results):,} receipts; {sum(each.released for each in results):,} messages with "
        f"canary words in the council's place; {looked:.1f} GiB looked at in every form."
    )
    lines = [
        head,
        "",
        "| Fault | Sent | What the author then saw |",
        "|---|--:|---|",
        *(_row(fault.name, results) for fault in FAULTS if any(fault.name in each.seen for each in results)),
        "",
        f"Leaks found: {sum(found.values())}.",
        *(f"{line} ({count} times)" for line, count in found.most_common()),
        "",
        f"Planted leaks: {planted:,}; not found: {len(unfound)}.",
        *(f"- {line}" for line in unfound),
    ]
    return "\n".join(lines)


def _row(name: str, results: list[Result]) -> str:
    seen: Counter[str] = sum((each.seen.get(name, Counter()) for each in results), Counter())
    told = ", ".join(f"{what} {count:,}" for what, count in seen.most_common())
    return f"| {name} | {sum(seen.values()):,} | {told} |"
