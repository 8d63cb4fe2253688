"""Tables of the database, one module a part of the domain. Import the models from here."""

from data.schema.accounts import Account, AccountSession, AuditEntry, ImportRun, Meta, SignInFailure
from data.schema.aggregates import (
    DataVersion,
    DistrictDay,
    DistrictMonth,
    EvaluationMonth,
    MahallaYear,
    NgoMonth,
    StaleMonth,
)
from data.schema.base import Base, UtcDateTime
from data.schema.confidentiality import (
    ConfidentialBatch,
    ConfidentialBatchItem,
    ConfidentialBatchMember,
    ConfidentialBatchProblem,
)
from data.schema.context import OffenceMonth, Target
from data.schema.cooperation import (
    JointEvent,
    JointEventNgo,
    JointEventPartner,
    Memorandum,
    MemorandumAmendment,
    MemorandumDirection,
    MemorandumNgo,
    MemorandumSupport,
    Obligation,
    PlanItem,
    Proposal,
)
from data.schema.directory import District, DistrictSuccession, Inhabitants, Mahalla, Ngo, NgoDirection, Region
from data.schema.drafts import EvaluationDraft, EvaluationDraftAnswer, EventReopening
from data.schema.evaluations import Evaluation, EvaluationProblem, Recommendation, RecommendationStep
from data.schema.exchange import Award, InformationRequest, Support, Training, TrainingMahalla, TrainingNgo
from data.schema.meetings import Decision, DecisionCause, Meeting
from data.schema.packs import Pack
from data.schema.records import Document, RecordDraft, SentForm
from data.schema.texts import EvaluationText

__all__ = [
    "Account",
    "AccountSession",
    "AuditEntry",
    "Award",
    "Base",
    "ConfidentialBatch",
    "ConfidentialBatchItem",
    "ConfidentialBatchMember",
    "ConfidentialBatchProblem",
    "DataVersion",
    "Decision",
    "DecisionCause",
    "District",
    "DistrictDay",
    "DistrictMonth",
    "DistrictSuccession",
    "Document",
    "Evaluation",
    "EvaluationDraft",
    "EvaluationDraftAnswer",
    "EvaluationProblem",
    "EvaluationText",
    "EventReopening",
    "ImportRun",
    "InformationRequest",
    "Inhabitants",
    "JointEvent",
    "JointEventNgo",
    "JointEventPartner",
    "EvaluationMonth",
    "Mahalla",
    "MahallaYear",
    "Meeting",
    "Memorandum",
    "MemorandumAmendment",
    "MemorandumDirection",
    "MemorandumNgo",
    "MemorandumSupport",
    "Meta",
    "Ngo",
    "NgoDirection",
    "NgoMonth",
    "Obligation",
    "OffenceMonth",
    "Pack",
    "PlanItem",
    "Proposal",
    "Recommendation",
    "RecordDraft",
    "SentForm",
    "RecommendationStep",
    "Region",
    "SignInFailure",
    "StaleMonth",
    "Support",
    "Target",
    "Training",
    "TrainingMahalla",
    "TrainingNgo",
    "UtcDateTime",
]
