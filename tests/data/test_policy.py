"""The table of rights: every answer is written down here, printed in ``docs/rights.md``, and given nowhere else."""

from __future__ import annotations

import ast

import pytest

from data.cli.rights import rights_page
from data.policy import (
    POLICY,
    Action,
    Actor,
    ForbiddenError,
    Role,
    Scope,
    may,
    permitted_actions,
    require,
    sees_in_full,
)
from data.settings import ROOT
from data.texts.catalogues import source_files
from tests.worlds import DISTRICT, FAR_DISTRICT, FAR_REGION, OTHER_DISTRICT, REGION

ACTORS = {
    "national": Actor(Role.NATIONAL),
    "regional": Actor(Role.REGIONAL, region_soato=REGION),
    "district": Actor(Role.DISTRICT, region_soato=REGION, district_soato=DISTRICT),
    "coordinator": Actor(Role.COORDINATOR, region_soato=REGION, district_soato=DISTRICT),
    "ngo": Actor(Role.NGO, ngo_id=1),
    "admin": Actor(Role.ADMIN),
    "public": Actor.visitor(),
}
# A letter a place, with the region of a district.
PLACES = {
    "N": (Scope.nation(), None),
    "R": (Scope.region(REGION), None),
    "r": (Scope.region(FAR_REGION), None),
    "D": (Scope.district(DISTRICT), REGION),
    "d": (Scope.district(OTHER_DISTRICT), REGION),
    "f": (Scope.district(FAR_DISTRICT), FAR_REGION),
    "O": (Scope.ngo(1), None),
    "o": (Scope.ngo(2), None),
}
# Where each may: N nation, R own region, r another region, D own district, d another of its region, f one of another
# region, O its own NGO (of an NGO's account), o another NGO. Leaders see of an NGO what it did in their own area.
ANSWERS = """
                        national  regional  district  coordinator  ngo       admin     public
see_indicators          NRrDdf    NRrDdf    NRrDdf    NRrDdf       NRrDdf    NRrDdf    NRrDdf
see_track_records       NRrDdf    NRrDdf    NRrDdf    NRrDdf       NRrDdf    NRrDdf    NRrDdf
see_method              NRrDdfOo  NRrDdfOo  NRrDdfOo  NRrDdfOo     NRrDdfOo  NRrDdfOo  NRrDdfOo
choose_area             NRrDdf    NRrDd     NRrDdf    NRrDdf       NRrDdf    NRrDdf    NRrDdf
see_sums                NRrDdfOo  NRrDdOo   NRrDOo    NRrDOo       NRrDdfO   NRrDdfOo  -
see_evaluations         NRrDdf    NRrDd     NRrD      NRrD         -         NRrDdf    -
see_formality           NRrDdf    NRrDdf    NRrDdf    NRrDdf       -         NRrDdf    -
see_records             NRrDdfOo  RDdOo     DOo       DOo          NRrDdfO   NRrDdfOo  -
see_attention           NRrDdfOo  RDdOo     DOo       DOo          -         NRrDdfOo  -
read_single_evaluations -         RDdOo     DOo       DOo          NRrDdfO   NRrDdfOo  -
read_own_evaluations    -         -         -         -            NRrDdfO   -         -
evaluate_event          -         -         -         -            NRrDdfO   -         -
confirm_answer          -         -         -         -            NRrDdfO   -         -
answer_recommendation   -         -         -         DOo          -         NRrDdfOo  -
reopen_event            -         -         -         DOo          -         NRrDdfOo  -
see_meetings            NRrDdf    RDd       D         D            -         NRrDdf    -
prepare_pack            NRrDdf    RDd       D         D            -         NRrDdf    -
open_pack               NRrDdf    RDd       D         D            -         NRrDdf    -
take_decision           NRrDdf    RDd       D         D            -         NRrDdf    -
report_decision         NRrDdf    RDd       D         D            -         NRrDdf    -
edit_records            -         -         -         DOo          -         NRrDdfOo  -
propose_event           -         -         -         -            NRrDdfO   -         -
answer_proposal         -         -         -         DOo          -         NRrDdfOo  -
ask_information         -         -         -         DOo          NRrDdfO   NRrDdfOo  -
answer_request          -         -         -         DOo          NRrDdfO   NRrDdfOo  -
edit_reference          -         -         -         -            -         NRrDdfOo  -
import_workbook         -         -         -         DOo          -         NRrDdfOo  -
manage_own_account      NRrDdfOo  NRrDdfOo  NRrDdfOo  NRrDdfOo     NRrDdfOo  NRrDdfOo  -
choose_notices          NRrDdfOo  NRrDdfOo  NRrDdfOo  NRrDdfOo     NRrDdfOo  NRrDdfOo  -
manage_accounts         -         -         -         -            -         NRrDdfOo  -
see_audit               -         -         -         -            -         NRrDdfOo  -
"""


def answers() -> dict[tuple[str, str], str]:
    """Letters of places by action and role."""
    header, *rows = (line.split() for line in ANSWERS.strip("\n").splitlines())
    return {(row[0], role): cell.strip("-") for row in rows for role, cell in zip(header, row[1:], strict=True)}


def test_each_role_may_do_each_thing_where_it_is_written() -> None:
    found = {
        (action.value, role): "".join(
            letter for letter, (place, region) in PLACES.items() if may(actor, action, place, region_soato=region)
        )
        for action in Action
        for role, actor in ACTORS.items()
    }
    assert found == answers()


def test_without_a_place_the_answer_is_whether_anywhere() -> None:
    for role, actor in ACTORS.items():
        somewhere = {action for action, of_role in answers() if of_role == role and answers()[action, of_role]}
        assert permitted_actions(actor) == {Action(action) for action in somewhere}
        for action in Action:
            assert may(actor, action) is (action in permitted_actions(actor))


def test_what_may_not_be_is_refused() -> None:
    for actor in ACTORS.values():
        for action in Action:
            for place, region in PLACES.values():
                if may(actor, action, place, region_soato=region):
                    require(actor, action, place, region_soato=region)
                else:
                    with pytest.raises(ForbiddenError):
                        require(actor, action, place, region_soato=region)


def test_an_account_without_its_place_has_no_area() -> None:
    for role in (Role.REGIONAL, Role.DISTRICT, Role.COORDINATOR, Role.NGO):
        for place, region in PLACES.values():
            assert not may(Actor(role), Action.SEE_RECORDS, place, region_soato=region)
            assert not may(Actor(role), Action.TAKE_DECISION, place, region_soato=region)


def test_a_district_whose_region_is_unknown_is_in_nobodys() -> None:
    assert not may(ACTORS["regional"], Action.SEE_RECORDS, Scope.district(DISTRICT))
    assert not may(Actor(Role.REGIONAL), Action.SEE_RECORDS, Scope.district(DISTRICT), region_soato="")


def test_an_ngo_sees_its_own_records_and_no_area_in_full() -> None:
    for role, actor in ACTORS.items():
        found = {
            letter for letter in "NRrDdf" if sees_in_full(actor, PLACES[letter][0], region_soato=PLACES[letter][1])
        }
        assert found == (set() if role == "ngo" else set(answers()["see_records", role]) & set("NRrDdf"))


def test_the_printed_table_is_up_to_date() -> None:
    kept = (ROOT / "docs" / "rights.md").read_text(encoding="utf-8")
    assert kept == rights_page(), "run: python -m data rights > docs/rights.md"


def test_every_action_has_its_rule_and_is_asked_somewhere() -> None:
    assert list(POLICY) == list(Action)
    code = "\n".join(path.read_text(encoding="utf-8") for path in source_files())
    assert {action for action in Action if code.count(f"Action.{action.name}") < 2} == set()


# Here a role is what an account is made of, not a condition.
ROLES_ARE_DATA = ("data/policy.py", "data/accounts/", "data/cli/", "data/demo/", "data/schema/")


def role_checks(module: ast.Module) -> list[str]:
    """Where code asks which role somebody has."""
    return [
        ast.unparse(node)
        for node in ast.walk(module)
        if (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Role")
        or (isinstance(node, ast.Compare) and any(_is_role(part) for part in ast.walk(node)))
        or (isinstance(node, ast.Match) and _is_role(node.subject))
    ]


def _is_role(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "role"


def test_nothing_else_compares_roles() -> None:
    found = {
        name: checks
        for path in source_files()
        if not (name := path.relative_to(ROOT).as_posix()).startswith(ROLES_ARE_DATA)
        and (checks := role_checks(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


def test_a_planted_comparison_is_found() -> None:
    for line in (
        "if actor.role is Role.NGO: pass",
        "allowed = context.actor.role in leaders",
        "kind = actor.role.value == 'ngo'",
        "match actor.role:\n    case 'ngo': pass",
        "Account.role_code == Role.ADMIN.value",
    ):
        assert role_checks(ast.parse(line)), line
    assert role_checks(ast.parse("label = ROLE_LABELS[actor.role]")) == []
