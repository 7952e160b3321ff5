"""Calls in a table partitioned by month, the keys that keep them unique over all months, and what they come from."""

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Indexes are made at the end of a migration, so those of calls are on the table in parts.
PARTITIONED = """
ALTER TABLE calls_call RENAME TO calls_call_whole;
ALTER TABLE calls_call_whole RENAME CONSTRAINT calls_call_pkey TO calls_call_whole_pkey;
ALTER TABLE calls_call_whole ALTER id DROP IDENTITY;
CREATE SEQUENCE calls_call_id_seq CACHE 1000;
CREATE TABLE calls_call (LIKE calls_call_whole INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (entered_at);
ALTER TABLE calls_call ALTER id SET DEFAULT nextval('calls_call_id_seq');
ALTER SEQUENCE calls_call_id_seq OWNED BY calls_call.id;
ALTER TABLE calls_call ADD CONSTRAINT calls_call_pkey PRIMARY KEY (entered_at, id);
DROP TABLE calls_call_whole;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agents", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Customer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("personal", "Personal"),
                            ("company", "Company"),
                            ("contract", "Contract"),
                            ("vip", "VIP"),
                        ],
                        default="personal",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name"], name="customer_by_name"),
                    models.Index(fields=["phone"], name="customer_by_phone"),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("name", "varchar_pattern_ops"),
                        name="customer_name_begins",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            models.Func(
                                models.F("phone"),
                                models.Value("\\D"),
                                models.Value(""),
                                models.Value("g"),
                                function="regexp_replace",
                                output_field=models.TextField(),
                            ),
                            "text_pattern_ops",
                        ),
                        name="customer_number_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=80)),
                ("day", models.DateField()),
                ("event", models.CharField(blank=True, max_length=40)),
                ("queue", models.CharField(blank=True, max_length=80)),
                ("member", models.CharField(blank=True, max_length=80)),
                ("events", models.PositiveBigIntegerField(default=0)),
                ("orphans", models.PositiveBigIntegerField(default=0)),
                ("rang_ms", models.PositiveBigIntegerField(default=0)),
                ("last_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "day", "event", "queue", "member"), name="log_count_one_of_a_kind"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LogSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=80)),
                ("member", models.CharField(max_length=80)),
                ("queue", models.CharField(blank=True, max_length=80)),
                ("paused", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "member", "queue"), name="log_seat_one_in_a_queue"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=80)),
                ("call_id", models.CharField(max_length=120)),
                ("queue", models.CharField(blank=True, max_length=80)),
                ("customer", models.CharField(blank=True, max_length=120)),
                ("agent", models.CharField(blank=True, max_length=80)),
                ("entered_at", models.DateTimeField()),
                ("wait_seconds", models.PositiveIntegerField(null=True)),
                ("stage", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["source", "entered_at"], name="open_visit_by_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "call_id"), name="open_visit_one_of_a_call"),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", (0, 1))), name="open_visit_stage"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Queue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="queues",
                        to="agents.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Retention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="months kept",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="calls_one_retention")
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="source")),
                ("calls", models.PositiveBigIntegerField(default=0, verbose_name="calls")),
                ("first_at", models.DateTimeField(null=True)),
                ("last_at", models.DateTimeField(null=True)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.site",
                        verbose_name="site",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CallKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "source",
                        "call_id",
                        "visit",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("call_id", models.CharField(db_collation="C", max_length=120)),
                ("visit", models.PositiveSmallIntegerField()),
                ("revision", models.PositiveIntegerField()),
                ("entered_at", models.DateTimeField()),
                ("call", models.BigIntegerField()),
                ("digest", models.BigIntegerField(default=0)),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="calls.source",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgentName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=80, verbose_name="source")),
                ("name", models.CharField(max_length=80, verbose_name="name in the file")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names_in_calls",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "site", "name"), name="agent_name_means_one_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=80, unique=True, verbose_name="source")),
                ("path", models.CharField(max_length=400, verbose_name="file")),
                ("position", models.PositiveBigIntegerField(default=0)),
                ("mark", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("lines", models.PositiveBigIntegerField(default=0, verbose_name="lines")),
                ("unreadable", models.PositiveBigIntegerField(default=0)),
                ("refused", models.PositiveBigIntegerField(default=0, verbose_name="refused")),
                ("gaps", models.PositiveIntegerField(default=0)),
                ("last_event_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "ordering": ("source",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("position__lte", models.F("size"))),
                        name="follower_within_its_file",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=80, verbose_name="source")),
                ("call_id", models.CharField(max_length=120, verbose_name="call")),
                ("visit", models.PositiveSmallIntegerField(default=0, verbose_name="visit")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="revision")),
                ("queue_name", models.CharField(blank=True, max_length=80, verbose_name="queue name")),
                ("agent_name", models.CharField(blank=True, max_length=80, verbose_name="agent name")),
                ("customer_name", models.CharField(blank=True, max_length=120, verbose_name="customer name")),
                ("topic", models.CharField(blank=True, max_length=120, verbose_name="topic")),
                ("entered_at", models.DateTimeField(verbose_name="entered the queue")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("answered", "Answered"),
                            ("abandoned", "Abandoned"),
                            ("flowed_out", "Flowed out"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("wait_seconds", models.PositiveIntegerField(blank=True, null=True, verbose_name="wait")),
                ("talk_seconds", models.PositiveIntegerField(blank=True, null=True, verbose_name="talk")),
                ("hold_seconds", models.PositiveIntegerField(blank=True, null=True, verbose_name="hold")),
                ("wrap_seconds", models.PositiveIntegerField(blank=True, null=True, verbose_name="wrap-up")),
                ("resolved", models.BooleanField(null=True, verbose_name="resolved")),
                (
                    "satisfaction",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="satisfaction",
                    ),
                ),
                ("transferred", models.BooleanField(null=True, verbose_name="transferred")),
                ("channel", models.CharField(blank=True, max_length=40, verbose_name="channel")),
                ("project", models.CharField(blank=True, max_length=80, verbose_name="project")),
                (
                    "agent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agent",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="agents.site",
                        verbose_name="site",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="agents.team",
                        verbose_name="team",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="calls.customer",
                        verbose_name="customer",
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="calls.queue",
                        verbose_name="queue",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("agent__isnull", False)),
                        fields=["agent", "entered_at"],
                        name="call_of_agent",
                    ),
                    models.Index(
                        condition=models.Q(("team__isnull", False)),
                        fields=["team", "entered_at"],
                        name="call_of_team",
                    ),
                    models.Index(
                        condition=models.Q(("customer__isnull", False)),
                        fields=["customer", "entered_at"],
                        name="call_of_customer",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("agent__isnull", True), models.Q(("agent_name", ""), _negated=True)
                        ),
                        fields=["site", "source", "agent_name"],
                        name="call_unmatched",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("queue__isnull", True), models.Q(("queue_name", ""), _negated=True)
                        ),
                        fields=["site", "queue_name"],
                        name="call_unmatched_queue",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["answered", "abandoned", "flowed_out", "unknown"])
                        ),
                        name="call_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "answered"),
                            models.Q(("hold_seconds", None), ("talk_seconds", None), ("wrap_seconds", None)),
                            _connector="OR",
                        ),
                        name="call_handled_only_if_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("satisfaction", None), ("satisfaction__range", (1, 5)), _connector="OR"
                        ),
                        name="call_satisfaction_1_to_5",
                    ),
                ],
            },
        ),
        migrations.RunSQL(PARTITIONED, migrations.RunSQL.noop),
    ]
