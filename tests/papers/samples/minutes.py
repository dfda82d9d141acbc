"""评审会议纪要：四个部门，一位派人来，一位没到。"""

from papers.shapes import MeetingDate, MeetingPerson, MinutesSnapshot, Signature
from tests.papers.samples.frame import at, day, frame, signed

SAID = "2 号机 11-24 起排三班，面纸 11-23 前要到车间；晚一天就顺延一天。"


def minutes() -> MinutesSnapshot:
    people = [
        MeetingPerson(department="技术中心", name="谭志强", present=True, instead="方晓", said="烫金版两天能出。"),
        MeetingPerson(department="物控部", name="黄丽珍", present=True, instead="", said="特种纸要先付一半才排期。"),
        MeetingPerson(department="印刷制造部", name="赵铁生", present=True, instead="", said=SAID),
        MeetingPerson(department="印刷品质部", name="吴燕", present=False, instead="", said=""),
    ]
    planned = zip(("技术中心", "物控部", "印刷制造部", "印刷品质部"), ("11-18", "11-23", "12-05", "12-07"), strict=True)
    return MinutesSnapshot(
        **frame("HY26-000164-1", "GD-F-07", "11-12T10:20", signatures()),
        review_number="PS26-000164-1",
        round=1,
        order_number="GD26-000231",
        customer="云岭春茶业有限公司",
        requested_date=day("12-10"),
        convened_by="王建国",
        form_reason="物控与制造的日期对不上，当面定。",
        planned_for=at("11-12T09:00"),
        held_at=at("11-12T09:10"),
        place="二楼会议室",
        agenda="特种纸交期；烫金排期",
        people=people,
        dates=[MeetingDate(department=name, planned=day(when)) for name, when in planned],
        decisions="财务今天付特种纸一半货款；制造部 12-05 完成，品质部随线检验，12-08 发货。",
    )


def signatures() -> list[Signature]:
    return [signed("主持", "", "王建国", "11-12T09:10"), signed("记录", "", "李晓雯", "11-12T10:20")]
