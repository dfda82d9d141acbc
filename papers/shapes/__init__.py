"""What each paper is filled with: one frozen dictionary per paper, filled by the chapter that owns the facts.

A snapshot holds everything the paper says (names, prices, dates as they were), so that a later change of master
data cannot touch it. Dates, moments, quantities and money may be given as Python objects: they are stored in the
canonical form of `papers.canonical` (ISO text, plain decimals). Texts may be "" where the paper leaves a blank.
What becomes known after issue (who acknowledged, actual dates) is no content: see `papers.shapes.facts`.
"""

from papers.shapes.contract import ContractLine, ContractSnapshot, Party
from papers.shapes.facts import CopyFacts, Facts
from papers.shapes.frame import Company, Countersign, Customer, Day, Frame, Moment, Number, Person, Signature
from papers.shapes.ledger import LedgerGroup, LedgerRow, LedgerSnapshot, LedgerSums
from papers.shapes.minutes import MeetingDate, MeetingPerson, MinutesSnapshot
from papers.shapes.notice import (
    Change,
    Copy,
    Detail,
    Difference,
    Milestone,
    NoticeLine,
    NoticeSnapshot,
    Requirement,
    Was,
)
from papers.shapes.quotation import QuotationSnapshot, QuotedLine, QuotedStep
from papers.shapes.review import Answer, Balance, Meeting, Point, PointResult, ReviewSnapshot, Verdict
from papers.shapes.samples import DispatchSlipSnapshot, LoanSlipSnapshot, SlipLine
from papers.shapes.shipping import (
    Confirmation,
    DeliveryCopy,
    DeliveryLine,
    DeliverySnapshot,
    DispatchLine,
    DispatchNoticeSnapshot,
)

Snapshot = (
    NoticeSnapshot
    | ReviewSnapshot
    | MinutesSnapshot
    | DispatchNoticeSnapshot
    | DeliverySnapshot
    | LedgerSnapshot
    | QuotationSnapshot
    | ContractSnapshot
    | LoanSlipSnapshot
    | DispatchSlipSnapshot
)

__all__ = [
    "Answer",
    "Balance",
    "Change",
    "Company",
    "Confirmation",
    "ContractLine",
    "ContractSnapshot",
    "Copy",
    "CopyFacts",
    "Countersign",
    "Customer",
    "Day",
    "DeliveryCopy",
    "DeliveryLine",
    "DeliverySnapshot",
    "Detail",
    "Difference",
    "DispatchLine",
    "DispatchNoticeSnapshot",
    "DispatchSlipSnapshot",
    "Facts",
    "Frame",
    "LedgerGroup",
    "LedgerRow",
    "LedgerSnapshot",
    "LedgerSums",
    "LoanSlipSnapshot",
    "Meeting",
    "MeetingDate",
    "MeetingPerson",
    "Milestone",
    "MinutesSnapshot",
    "Moment",
    "NoticeLine",
    "NoticeSnapshot",
    "Number",
    "Party",
    "Person",
    "Point",
    "PointResult",
    "QuotationSnapshot",
    "QuotedLine",
    "QuotedStep",
    "Requirement",
    "ReviewSnapshot",
    "Signature",
    "SlipLine",
    "Snapshot",
    "Verdict",
    "Was",
]
