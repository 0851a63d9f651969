"""Brand files of accounts: read from where the common one lies, and slips of the pen told by name."""

from pathlib import Path

import pytest

from bot.brand_files import load_rules
from bot.complaint.colleagues import Role
from bot.complaint.errors import BrandFileWrong
from bot.complaint.reading import Language

OWN = 'name = { zh = "禾穗", en = "Hesui" }\nhotline = "400-111-2222"\n'
MOON = 'name = { zh = "月亮茶铺", en = "Moon Tea" }\nhotline = "400-333-4444"\n[queues.general]\ndesk = -100777\n'


def written(folder: Path, accounts: str) -> Path:
    """A brand file with these accounts, beside the one of the moon."""
    (folder / "moon.toml").write_text(MOON, "utf-8")
    file = folder / "brand.toml"
    file.write_text(f"{OWN}{accounts}\n", "utf-8")
    return file


def test_an_account_has_its_own_name_hours_and_groups(tmp_path: Path) -> None:
    """The owner's Telegram id leads to the brand file; its groups count among the desk's, its people are the desk's."""
    rules = load_rules(written(tmp_path, '[[accounts]]\nowner = 77\nbrand = "moon.toml"'))

    moon = rules.branches[77]
    assert (moon.brand(Language.ZH), moon.hotline) == ("月亮茶铺", "400-333-4444")
    assert rules.desks() == {-100777}
    assert moon.people == rules.people


@pytest.mark.parametrize(
    "accounts",
    [
        'accounts = "moon.toml"',
        '[[accounts]]\nowner = "77"\nbrand = "moon.toml"',
        "[[accounts]]\nowner = 77",
        '[[accounts]]\nowner = 77\nbrand = "none.toml"',
        '[[accounts]]\nowner = 77\nbrand = "moon.toml"\n[[accounts]]\nowner = 77\nbrand = "moon.toml"',
        '[[accounts]]\nowner = 77\nbrand = "brand.toml"',
    ],
)
def test_a_slip_of_the_pen_is_told_with_the_files_name(tmp_path: Path, accounts: str) -> None:
    """What cannot be understood is one line that names the file."""
    with pytest.raises(BrandFileWrong) as wrong:
        load_rules(written(tmp_path, accounts))

    assert ".toml" in wrong.value.detail


def test_everybody_whom_a_brand_file_names_works_at_the_desk(tmp_path: Path) -> None:
    """The desk is one: who stands in an account's file is known there, and what the common file says holds."""
    file = written(
        tmp_path,
        '[[accounts]]\nowner = 77\nbrand = "moon.toml"\n[[people]]\nid = 5\nname = "Li"\nrole = "manager"',
    )
    moon = tmp_path / "moon.toml"
    more = '\n[[people]]\nid = 5\nname = "Li"\n[[people]]\nid = 6\nname = "He"\n'
    moon.write_text(moon.read_text("utf-8") + more, "utf-8")
    rules = load_rules(file)
    assert {one.id: one.role for one in rules.people} == {5: Role.MANAGER, 6: Role.AGENT}
    assert rules.branches[77].people == rules.people
    assert (rules.branch, rules.branches[77].branch) == ("", rules.branches[77].brand(Language.EN))
    assert rules.called(rules.branches[77].brand(Language.EN)) == rules.branches[77]


@pytest.mark.parametrize("role", ["supervisor", "manager"])
def test_an_accounts_file_gives_nobody_rights(tmp_path: Path, role: str) -> None:
    """A role counts for every brand: a shop's file names agents, or whom the common file gives that role."""
    file = written(tmp_path, '[[accounts]]\nowner = 77\nbrand = "moon.toml"')
    moon, person = tmp_path / "moon.toml", f'\n[[people]]\nid = 6\nname = "He"\nrole = "{role}"\n'
    moon.write_text(moon.read_text("utf-8") + person, "utf-8")
    with pytest.raises(BrandFileWrong, match=rf"moon\.toml: people: He \(6\) cannot be {role} here"):
        load_rules(file)
    file.write_text(file.read_text("utf-8") + person, "utf-8")
    assert [one.role.value for one in load_rules(file).people] == [role]
