"""Words for what the audit log holds: actions, kinds of records, and fields of those that no register declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from components.registers.history import ACTION_TEXTS, SOURCE_TEXTS, moment_text
from components.registers.options import FormOptions
from components.shell.formatter import Formatter
from data.codes import (
    EvaluationItem,
    Labelled,
    NoticeChannel,
    NoticeKind,
    Problem,
    ProposalState,
    RecommendationAction,
    RecommendationState,
    Visibility,
    WouldRepeat,
)
from data.language import N_, Language, Translator
from data.policy import ROLE_LABELS, Role
from data.registers.entry import register_sheet
from data.workbook.database import WriteSource

ACTIONS: Mapping[str, str] = {
    "sign_in": N_("Signed in"),
    "sign_in_failed": N_("Failed to sign in"),
    "sign_in_locked": N_("Failed to sign in, has to wait"),
    "sign_out": N_("Signed out"),
    "add": N_("Account made"),
    "make_link": N_("Link for a password made"),
    "set_password_by_link": N_("Password set by link"),
    "set_password": N_("Password set by a command"),
    "wrong_old_password": N_("Gave a wrong old password"),
    "change_password": N_("Password changed"),
    "correct": N_("Role or place corrected"),
    "disable": N_("Account deactivated"),
    "enable": N_("Account reactivated"),
    "unlock": N_("Failed sign-ins forgotten"),
    "end_sessions": N_("Devices signed out"),
    "choose_language": N_("Language chosen"),
    "downloaded": N_("Audit log downloaded"),
    "frozen": N_("Materials finalised"),
    "added": N_("Meeting or decision entered"),
    "changed": N_("Decision corrected"),
    "corrected": N_("Evaluation corrected"),
    "submitted": N_("Evaluation sent"),
    "proposed": N_("Proposed"),
    "reopened": N_("Reopened"),
    "load_demo": N_("Demo data loaded"),
    "chosen": N_("Notices chosen"),
    "tried_again": N_("Notices to be sent again"),
    **{action.value: action.label for action in RecommendationAction if action is not RecommendationAction.REOPENED},
}
SOURCES: Mapping[str, str] = {**SOURCE_TEXTS, WriteSource.UNDO: N_("an upload was undone")}
ENTITIES: Mapping[str, str] = {
    "account": N_("Account"),
    "audit_entry": N_("Audit log"),
    "decision": N_("Decision"),
    "document": N_("Document"),
    "evaluation": N_("Evaluation"),
    "meeting": N_("Meeting"),
    "meta": N_("Database"),
    "notice_choice": N_("Notices"),
    "notice_delivery": N_("Notices"),
    "pack": N_("Meeting materials"),
    "proposal": N_("Proposal of an NGO"),
    "recommendation": N_("Recommendation"),
}
FIELDS: Mapping[str, str] = {
    "login": N_("Login"),
    "email": N_("E-mail"),
    "role_code": N_("Role"),
    "region_soato": N_("Region"),
    "district_soato": N_("District"),
    "ngo_id": N_("NGO"),
    "language_code": N_("Language"),
    "is_active": N_("In use"),
    "is_demo": N_("Demo data"),
    "address": N_("Network address"),
    "expires_at": N_("Works until"),
    "sessions": N_("Devices"),
    "title": N_("Title"),
    "text": N_("Text"),
    "number": N_("Number"),
    "owner": N_("Responsible"),
    "deadline_date": N_("Deadline"),
    "meeting_date": N_("Date of the meeting"),
    "state_code": N_("State"),
    "reason": N_("Reason"),
    "until_date": N_("Until"),
    "file_name": N_("File"),
    "file": N_("File"),
    "rows": N_("Rows"),
    "actor": N_("Person"),
    "action": N_("Action"),
    "entity": N_("Kind"),
    "entity_id": N_("Number in the database"),
    "since": N_("From day"),
    "until": N_("To day"),
    "answered_date": N_("Answered"),
    "closed_date": N_("Closed"),
    "visibility_code": N_("Who may see it"),
    "is_late": N_("Late"),
    "answers": N_("Answers"),
    "version": N_("Version"),
    "evaluation_id": N_("Evaluation"),
    "event_id": N_("Joint event"),
    "kind": N_("Notice"),
    "is_on": N_("Switched on"),
    "has_mail": N_("E-mail"),
    "mail": N_("E-mail"),
    "telegram": N_("Telegram"),
    "channel": N_("Channel"),
    "comment": N_("Comment"),
    "recommendation": N_("Recommendation"),
    "would_repeat": N_("Would hold it again"),
    "visibility": N_("Who may see it"),
    **{item.value: item.label for item in EvaluationItem},
    **{problem.value: problem.label for problem in Problem},
}
# Enumerations of what fields hold, by the field.
_VALUES: Mapping[str, tuple[type[Labelled], ...]] = {
    "state_code": (ProposalState, RecommendationState),
    "visibility_code": (Visibility,),
    "visibility": (Visibility,),
    "would_repeat": (WouldRepeat,),
    "channel": (NoticeChannel,),
    "kind": (NoticeKind,),
    "problem": (Problem,),
    "problems": (Problem,),
}


@dataclass(frozen=True, kw_only=True)
class AuditNames:
    """Names for what entries hold as codes: registers by table, districts and NGOs of forms, areas, NGOs by id,
    logins by the id of an account as a text."""

    registers: Mapping[str, str]
    options: FormOptions = field(default_factory=FormOptions)
    areas: Mapping[str, str] = field(default_factory=dict)
    ngos: Mapping[int, str] = field(default_factory=dict)
    logins: Mapping[str, str] = field(default_factory=dict)


def action_text(code: str, translate: Translator) -> str:
    """Return an action in words; of a record also how it came in. An unknown code is its own name."""
    source, _, action = code.partition("_")
    if code not in ACTIONS and action in ACTION_TEXTS:
        what = translate(ACTION_TEXTS[action])
        return f"{what} ({translate(SOURCES[source])})" if source in SOURCES else what
    return translate(ACTIONS[code]) if code in ACTIONS else code


def entity_text(entity: str, names: AuditNames, translate: Translator) -> str:
    """Return a kind of record in words; an unknown table is its own name."""
    if entity in names.registers:
        return register_sheet(names.registers[entity]).name.in_language(translate.language)
    return translate(ENTITIES[entity]) if entity in ENTITIES else entity


def field_text(name: str, translate: Translator) -> str:
    """Return the heading of a field that no register declares; an unknown one is its own name."""
    return translate(FIELDS[name]) if name in FIELDS else name


def plain_value(name: str, value: object, names: AuditNames, fmt: Formatter) -> str:
    """Return the value of a field that no register declares in words; a dash for none."""
    if value is None or value == "":
        return "–"
    translate = fmt.translate
    if isinstance(value, bool):
        return translate("Yes") if value else translate("No")
    if isinstance(value, Mapping):
        return ", ".join(
            f"{field_text(str(key), translate)}: {plain_value(str(key), each, names, fmt)}"
            for key, each in value.items()
        )
    if isinstance(value, list):
        return ", ".join(plain_value(name, each, names, fmt) for each in value)
    text = str(value)
    label = next((each(text).label for each in _VALUES.get(name, ()) if text in set(each)), "")
    return translate(label) if label else _named(name, text, names, fmt)


def _named(name: str, text: str, names: AuditNames, fmt: Formatter) -> str:
    """Return a role, language, area, NGO or moment in words; any other text as it is."""
    translate = fmt.translate
    if name == "role_code" and text in set(Role):
        return translate(ROLE_LABELS[Role(text)])
    if name == "language_code" and text in set(Language):
        return Language(text).own_name
    if name in {"region_soato", "district_soato"}:
        return names.areas.get(text, text)
    if name == "ngo_id" and text.isdigit():
        return names.ngos.get(int(text), text)
    return _moment(text, fmt) if name.endswith(("_at", "_date")) or name in {"since", "until"} else text


def _moment(text: str, fmt: Formatter) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment_text(moment, fmt) if moment.tzinfo is not None else fmt.date(moment.date())
