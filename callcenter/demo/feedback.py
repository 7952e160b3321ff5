"""The employee feedback of the demo: one item answered, two waiting."""

from datetime import datetime, timedelta

from agents.models import Department, User
from feedback import services
from feedback.enums import Addressee, Category, Kind

ITEMS = [
    (
        "20401",
        "信息技术部 IT",
        Category.TOOLS,
        "C 排耳麦一小时后有杂音",
        "Headsets in row C crackle after an hour.",
        "周三更换整排耳麦。",
    ),
    (
        "20402",
        "综合人事部 HR",
        Category.ROSTER,
        "春节排班何时公布",
        "When is the Spring Festival roster published?",
        "",
    ),
    (
        "20403",
        "后勤部 Facilities",
        Category.PLACE,
        "夜班后没有班车",
        "There is no bus after the late shift.",
        "",
    ),
]


def seed(*, now: datetime) -> None:
    """Submit the items a day ago through the ordinary door, and answer those that have an answer."""
    day_ago = now - timedelta(days=1)
    for number, name, category, subject, text, answer in ITEMS:
        department = Department.objects.get(name=name)
        author = User.objects.select_related("site__calendar").get(work_number=number)
        wish = services.Wish(
            kind=Kind.QUESTION,
            addressee=Addressee.DEPARTMENT,
            department=department,
            category=category,
            subject=subject,
            text=text,
        )
        item = services.submit_item(actor=author, wish=wish, now=day_ago)
        if answer:
            owner = User.objects.select_related("site__calendar").get(role_grants__department=department)
            services.answer_item(actor=owner, item_id=item.pk, text=answer, now=now)
