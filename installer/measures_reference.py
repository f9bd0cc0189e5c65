"""Write docs/measures.md and a page for each measure in docs/measures/, out of plan and forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from taza_desktop.i18n import LANGUAGES, Text
from taza_desktop.plan.catalogue import Measure, load_plan
from taza_desktop.plan.form import Figure, Form, Sentence, Table
from taza_desktop.plan.units import unit

DOCS = Path(__file__).parent.parent / "docs"
_HEAD = """# The measures

Printed by `make docs` out of the plan and the forms; a test compares. Forms are explained in
[forms.md](forms.md).

{forms} forms with {cells} cells, {checks} checks and {sentences} sentences.

| № | measure | figures | tables | checks | sentences | filled in by | rounds | years |
|---|---|---|---|---|---|---|---|---|
"""
_CELLS = "| name | what is kept | kk | ru | en |\n|---|---|---|---|---|"
_CHECKS = "| name | at | must hold | kk | ru | en |\n|---|---|---|---|---|---|"


def pages() -> Iterator[tuple[Path, str]]:
    """Every file with its text."""
    plan = load_plan()
    forms = {number: plan.form(number) for number in plan.form_numbers()}
    yield DOCS / "measures.md", _index(plan.measures.values(), forms)
    for number, form in forms.items():
        yield DOCS / "measures" / f"{number:02}.md", _page(plan.measures[number], form)


def main() -> None:
    """Write them all."""
    for path, text in pages():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _index(measures: Iterable[Measure], forms: dict[int, Form]) -> str:
    every = forms.values()
    head = _HEAD.format(
        forms=len(forms),
        cells=sum(len(it.figures) + sum(len(table.columns) for table in it.tables) for it in every),
        checks=sum(len(it.checks) for it in every),
        sentences=sum(len(it.sentences) for it in every),
    )
    rows = [_index_row(it, forms[it.number]) for it in measures if it.number in forms]
    return head + "\n".join(rows) + "\n"


def _index_row(measure: Measure, form: Form) -> str:
    sizes = (form.figures, form.tables, form.checks, form.sentences)
    return _row(
        measure.number,
        f"[{measure.title.en}](measures/{measure.number:02}.md)",
        *map(len, sizes),
        ", ".join(form.filled_by),
        ", ".join(form.rounds),
        _years(measure),
    )


def _page(measure: Measure, form: Form) -> str:
    parts = [
        f"# {measure.number}. {measure.title.en}",
        _said(measure.title),
        _facts(measure, form),
        "## Figures",
        _table(_CELLS, (_cell_row(it) for it in form.figures)),
    ]
    for table in form.tables:
        parts += [f"## Table `{table.name}`: {table.label.en}", _about(table)]
        parts.append(_table(_CELLS, (_cell_row(it) for it in table.columns)))
    for level, heading in (("stop", "must be mended"), ("explain", "want a remark")):
        checks = [it for it in form.checks if it.level == level]
        if checks:
            parts.append(f"## Checks that {heading}")
            rows = (
                _row(
                    f"`{it.name}`",
                    f"`{'/'.join(filter(None, (it.each, it.at)))}`",
                    f"`{it.that}`",
                    *it.says,
                )
                for it in checks
            )
            parts.append(_table(_CHECKS, rows))
    parts.append("## Sentences")
    parts += map(_sentence, form.sentences)
    return "\n\n".join(parts) + "\n"


def _facts(measure: Measure, form: Form) -> str:
    targets = ", ".join(f"{year}: {number}" for year, number in measure.targets.items())
    lines = {
        "Direction": str(measure.direction),
        "Deadline of the plan": measure.deadline.en,
        "Reported on": _years(measure),
        "Targets": targets,
        "Form of completion": measure.completion_form.en,
        "Executors": measure.executors.en,
        "Filled in by": ", ".join(form.filled_by),
        "Rounds": ", ".join(form.rounds),
    }
    return "\n".join(f"* {name}: {text}" for name, text in lines.items() if text)


def _years(measure: Measure) -> str:
    schedule = measure.schedule
    if schedule.off_control:
        return f"off control since {schedule.off_control}"
    if schedule.once:
        return f"once, by {schedule.once}"
    first, last = schedule.years
    return str(first) if first == last else f"{first}–{last}, every {schedule.every}"


def _about(table: Table) -> str:
    how = "The latest round replaces the earlier ones." if table.over_rounds == "last" else ""
    said = [_said(table.label), _said(table.hint) if table.hint else "", how]
    return "\n\n".join(filter(None, said))


def _cell_row(cell: Figure) -> str:
    hints = cell.hint or Text("", "", "")
    choices = [f"`{it.key}` {{}}" for it in cell.choices]
    texts: list[str] = []
    for at, language in enumerate(LANGUAGES):
        answers = [
            text.format(it.label.to(language))
            for text, it in zip(choices, cell.choices, strict=True)
        ]
        said = (cell.label[at], hints[at], ", ".join(answers))
        texts.append("<br>".join(filter(None, said)))
    return _row(f"`{cell.name}`", _kept(cell), *texts)


def _kept(cell: Figure) -> str:
    """Kind, unit, limits, how it adds up."""
    adding = (cell.over_territories, cell.over_rounds)
    rules = [f"{it.rule} by {it.weight}" if it.weight else it.rule for it in adding]
    notes = [
        f"**{cell.kind}**" if cell.required else cell.kind,
        unit(cell.unit).short.en if cell.unit else "",
        "required" if cell.required else "",
        f"{cell.role} of `{cell.of}`" if cell.of else cell.role or "",
        f"from {cell.minimum}" if cell.minimum else "",
        f"to {cell.maximum}" if cell.maximum else "",
        f"= `{cell.computed}`" if cell.computed else "",
        f"territories: {rules[0]}; rounds: {rules[1]}" if set(rules) != {"none"} else "",
    ]
    return "<br>".join(filter(None, notes))


def _sentence(sentence: Sentence) -> str:
    over = f"each row of `{sentence.each}`" if sentence.each else ""
    when = f"when `{sentence.when}`" if sentence.when else ""
    order = f"by `{sentence.sort}`" if sentence.sort else ""
    group = f"alike in `{sentence.group}`" if sentence.group else ""
    how = ", ".join(filter(None, (over, when, order, group)))
    lines = [
        f"{language}: {' '.join(filter(None, (opening.to(language), sentence.text.to(language))))}"
        for opening in [sentence.opening or Text("", "", "")]
        for language in LANGUAGES
    ]
    return f"{how or 'always'}\n\n```\n" + "\n".join(lines) + "\n```"


def _said(text: Text) -> str:
    return "\n".join(
        f"* {language}: {text.to(language)}" for language in LANGUAGES if text.to(language)
    )


def _table(head: str, rows: Iterable[str]) -> str:
    return "\n".join([head, *rows])


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(it).replace('|', chr(92) + '|') for it in cells)} |"


if __name__ == "__main__":
    main()
