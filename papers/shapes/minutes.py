"""评审会议纪要 (第十九条)."""

from typing import NotRequired, TypedDict

from papers.shapes.frame import Day, Frame, Moment


class MeetingPerson(TypedDict):
    """一个参加人：到会与否，派来的人，发言要点。"""

    name: str
    department: str
    present: bool
    instead: str
    said: str


class MeetingDate(TypedDict):
    """会上定的一个部门的计划日期（第二十条）。"""

    department: str
    planned: Day
    said: NotRequired[str]


class MinutesSnapshot(Frame):
    """《评审会议纪要》（第十九条、第二十条）。"""

    review_number: str
    round: int
    order_number: str
    customer: str
    requested_date: Day
    convened_by: str
    form_reason: str
    planned_for: Moment
    held_at: Moment
    place: str
    agenda: str
    people: list[MeetingPerson]
    dates: list[MeetingDate]
    decisions: str
