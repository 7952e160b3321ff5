import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields.ranges import DateRangeField
from django.db import migrations, models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import LessThanOrEqual

ROLES = [
    ("agent", "Agent"),
    ("team_lead", "Team lead"),
    ("supervisor", "Supervisor"),
    ("regional_manager", "Regional service manager"),
    ("service_manager", "Service department manager"),
    ("general_affairs", "General affairs / HR"),
    ("executive", "Executive"),
    ("trainer", "Trainer"),
    ("quality", "Quality inspector"),
    ("department_owner", "Department owner"),
    ("administrator", "Administrator"),
]


def place(to, label, related="targets"):
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related,
        to=to,
        verbose_name=label,
    )


class Migration(migrations.Migration):
    dependencies = [("kpi", "0001_initial"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", DateRangeField(verbose_name="period")),
                ("metric", models.CharField(max_length=60, verbose_name="figure")),
                (
                    "value",
                    models.FloatField(
                        validators=[django.core.validators.MinValueValidator(0)], verbose_name="target"
                    ),
                ),
                ("role", models.CharField(blank=True, choices=ROLES, max_length=20, verbose_name="role")),
                ("set_at", models.DateTimeField(verbose_name="set at")),
                ("site", place("agents.site", "site")),
                ("team", place("agents.team", "team")),
                ("queue", place("calls.queue", "queue")),
                ("set_by", place(settings.AUTH_USER_MODEL, "set by", "+")),
            ],
            options={
                "constraints": [
                    ExclusionConstraint(
                        expressions=[
                            ("metric", "="),
                            ("role", "="),
                            (Coalesce("site", 0), "="),
                            (Coalesce("team", 0), "="),
                            (Coalesce("queue", 0), "="),
                            ("period", "&&"),
                        ],
                        name="target_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=LessThanOrEqual(
                            Func(
                                "site_id",
                                "team_id",
                                "queue_id",
                                NullIf(F("role"), Value("")),
                                function="num_nonnulls",
                                output_field=models.IntegerField(),
                            ),
                            1,
                        ),
                        name="target_of_one_place",
                    ),
                    models.CheckConstraint(condition=Q(("value__gte", 0)), name="target_not_negative"),
                ],
            },
        ),
    ]
