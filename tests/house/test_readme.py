"""The README shows the house as it is."""

from pathlib import Path

from bot.dialogue.diagram import mermaid
from bot.dialogue.steps import TRANSITIONS

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_shows_the_talk_as_the_table_has_it() -> None:
    """The diagram between its marks is drawn from the table, line by line."""
    text = README.read_text("utf-8")
    shown = text.split("<!-- diagram -->")[1].split("<!-- /diagram -->")[0]
    assert shown.strip() == f"```mermaid\n{mermaid()}\n```"


def test_the_diagram_names_every_act_that_leads_somewhere() -> None:
    """Every act of the table stands on a way, or in the note; only staying where one is goes without saying."""
    drawn = " ".join(mermaid().replace("<br/>", " ").split())
    for (step, _), move in TRANSITIONS.items():
        if step is None or set(move.to) - {step}:
            assert move.act.replace("_", " ") in drawn, move.act
