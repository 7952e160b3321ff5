"""Made-up queue logs in the shape of real ones, and what stands among the calls after reading them."""

from calls.models import Call

START = 1_700_000_000
FACTS = (
    "call_id",
    "visit",
    "revision",
    "queue_name",
    "agent_name",
    "customer_name",
    "entered_at",
    "outcome",
    "wait_seconds",
    "talk_seconds",
)


def generated(count=8):
    """Return lines of `count` calls: answered, given up, timed out, transferred, met again, and one without an end."""
    lines = ["0|NONE|NONE|NONE|QUEUESTART|", "1|CLI|support|PJSIP/400|ADDMEMBER|"]
    for number in range(count):
        at, call = 10 + 60 * number, f"{START + number}.{number}"
        enter = f"{at}|{call}|support|NONE|ENTERQUEUE||1380000{number:04}|1"
        connect = f"{at + 8}|{call}|support|PJSIP/400|CONNECT|8|{call}9|7000"
        lines += {
            0: [enter, connect, f"{at + 50}|{call}|support|PJSIP/400|COMPLETECALLER|8|42|1"],
            1: [enter, f"{at + 5}|{call}|support|PJSIP/400|RINGNOANSWER|5000", f"{at + 9}|{call}|support|NONE|ABANDON|1|1|9"],
            2: [
                enter,
                f"{at + 20}|{call}|support|NONE|EXITWITHTIMEOUT|1|1|20",
                f"{at + 20}|{call}|sales|NONE|ENTERQUEUE||1380000{number:04}|1",
                f"{at + 23}|{call}|sales|PJSIP/401|CONNECT|3|{call}9|2000",
                f"{at + 90}|{call}|sales|PJSIP/401|BLINDTRANSFER|7001|inside|3|67|1",
            ],
            3: [enter, f"{at + 1}|NONE|NONE|NONE|FANCYEVENT|x"],
        }[number % 4]  # fmt: skip
    return [f"{START + int(line.split('|')[0])}|{line.split('|', 1)[1]}\n" for line in lines]


def calls(source="pbx"):
    """Return what stands among the calls of a source."""
    return sorted(Call.objects.filter(source=source).values_list(*FACTS, "transferred"))
