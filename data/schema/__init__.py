"""Tables of the database, one module a part of the domain. Import the models from here."""

from data.schema.accounts import Account, AccountSession, AuditEntry, ImportRun, Meta, SignInFailure
from data.schema.aggregates import (
    DataVersion,
    DistrictDay,
    DistrictMonth,
    JudgementMonth,
    MahallaYear,
    NgoMonth,
    StaleCell,
)
from data.schema.base import Base, UtcDateTime
from data.schema.confidentiality import (
    ConfidentialBatch,
    ConfidentialBatchItem,
    ConfidentialBatchMember,
    ConfidentialBatchProblem,
)
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
)
from data.schema.directory import District, Inhabitants, Mahalla, Ngo, NgoDirection, Region
from data.schema.drafts import EvaluationDraft, EvaluationDraftAnswer, EventReopening
from data.schema.judgement import Evaluation, EvaluationProblem, Recommendation, RecommendationStep

__all__ = [
    "Account",
    "AccountSession",
    "AuditEntry",
    "Base",
    "ConfidentialBatch",
    "ConfidentialBatchItem",
    "ConfidentialBatchMember",
    "ConfidentialBatchProblem",
    "DataVersion",
    "District",
    "DistrictDay",
    "DistrictMonth",
    "Evaluation",
    "EvaluationDraft",
    "EvaluationDraftAnswer",
    "EvaluationProblem",
    "EventReopening",
    "ImportRun",
    "Inhabitants",
    "JointEvent",
    "JointEventNgo",
    "JointEventPartner",
    "JudgementMonth",
    "Mahalla",
    "MahallaYear",
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
    "PlanItem",
    "Recommendation",
    "RecommendationStep",
    "Region",
    "SignInFailure",
    "StaleCell",
    "UtcDateTime",
]
