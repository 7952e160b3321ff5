"""Complaints, their whole course (domain §4) with its clocks and policies, and their words.

Clocks and alerts are found by their unique keys; indexes that nobody reads slow every sweep down. An alert repeats its
clock's complaint; the clock's key is checked, and once is enough.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from callcenter.search.words import FUNCTIONS

# References are numbered by a sequence: unique for ever, without a lock.
REFERENCES = "CREATE SEQUENCE complaints_reference"
NO_REFERENCES = "DROP SEQUENCE complaints_reference"
# Chinese is cut into its characters and every two neighbours, everything else into words. The row stands apart from the
# complaint, so that the sweep, which writes complaints by the thousand, never touches this index.
ROWS = """
CREATE FUNCTION complaints_words_of(complaint bigint) RETURNS tsvector LANGUAGE sql STABLE AS $$
SELECT words_of(concat_ws(' ', reference, subject, customer_name, account, demand, solution,
           (SELECT string_agg(note, ' ') FROM complaints_step WHERE complaint_id = complaint AND act = 'verify')))
  FROM complaints_complaint WHERE id = complaint
$$;

CREATE FUNCTION complaints_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE complaint bigint;
BEGIN
    IF TG_TABLE_NAME = 'complaints_step' THEN complaint := NEW.complaint_id; ELSE complaint := NEW.id; END IF;
    INSERT INTO complaints_wording (complaint_id, words) VALUES (complaint, complaints_words_of(complaint))
        ON CONFLICT (complaint_id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END $$;

CREATE TRIGGER complaint_words_made AFTER INSERT ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION complaints_keep_words();
CREATE TRIGGER complaint_words_changed
    AFTER UPDATE OF reference, subject, customer_name, account, demand, solution ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION complaints_keep_words();
CREATE TRIGGER complaint_words_found AFTER INSERT ON complaints_step
    FOR EACH ROW WHEN (NEW.act = 'verify') EXECUTE FUNCTION complaints_keep_words();
"""
BACK = """
DROP TRIGGER complaint_words_made ON complaints_complaint;
DROP TRIGGER complaint_words_changed ON complaints_complaint;
DROP TRIGGER complaint_words_found ON complaints_step;
DROP FUNCTION complaints_keep_words();
DROP FUNCTION complaints_words_of(bigint);
"""


def set_same_day(apps, schema_editor):
    policies = apps.get_model("worktime", "Policy").objects.using(schema_editor.connection.alias)
    policies.create(code="same_day", name="Same day", mode="working_days", amount=0)


def unset_same_day(apps, schema_editor):
    policies = apps.get_model("worktime", "Policy").objects.using(schema_editor.connection.alias)
    policies.filter(code="same_day").delete()


def set_clock_policies(apps, schema_editor):
    """Resolution within two working days and first response within thirty working minutes for every tier (domain §4).

    A solution on the same day for tiers 1 and 2.
    """
    alias = schema_editor.connection.alias
    policies = apps.get_model("worktime", "Policy").objects.using(alias)
    two_days = policies.get(code="two_working_days")
    thirty = policies.get(code="thirty_working_minutes")
    same_day = policies.get(code="same_day")
    wanted = [
        *(("resolution", tier, two_days) for tier in (1, 2, 3)),
        *(("response", tier, thirty) for tier in (1, 2, 3)),
        *(("same_day", tier, same_day) for tier in (1, 2)),
    ]
    clock_policies = apps.get_model("complaints", "ClockPolicy").objects.using(alias)
    clock_policies.bulk_create(
        [clock_policies.model(kind=kind, tier=tier, policy=policy) for kind, tier, policy in wanted]
    )
    apps.get_model("complaints", "CoursePolicy").objects.using(alias).create(pk=1)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agents", "0001_initial"),
        ("calls", "0001_initial"),
        ("worktime", "0002_built_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(set_same_day, unset_same_day),
        migrations.CreateModel(
            name="Cause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("retired", models.BooleanField(default=False, verbose_name="no longer chosen")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="complaints.cause",
                    ),
                ),
            ],
            options={
                "ordering": ("code",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="cause_not_its_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="cause_code_given"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="reference")),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Tier 1 · company"),
                            (2, "Tier 2 · group"),
                            (3, "Tier 3 · authority or media"),
                        ],
                        verbose_name="tier",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("telephone", "Telephone"),
                            ("on_site", "On site"),
                            ("letter", "Letter"),
                            ("media", "Media"),
                            ("web", "Web"),
                        ],
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                ("subject", models.CharField(max_length=120, verbose_name="subject")),
                ("account", models.TextField(verbose_name="what happened")),
                ("demand", models.TextField(blank=True, verbose_name="what the customer asks for")),
                ("customer_name", models.CharField(max_length=120, verbose_name="customer")),
                ("contact", models.CharField(blank=True, max_length=120, verbose_name="contact")),
                ("level", models.PositiveSmallIntegerField(default=0, verbose_name="escalation level")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("verified", "Verified"),
                            ("valid", "Ruled valid"),
                            ("invalid", "Ruled invalid"),
                            ("apologised", "Apologised"),
                            ("resolved", "Resolved"),
                            ("explained", "Explained"),
                            ("satisfied", "Customer satisfied"),
                            ("closed", "Closed"),
                            ("merged", "Merged"),
                        ],
                        default="accepted",
                        max_length=12,
                        verbose_name="step",
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("resolved_at", models.DateTimeField(null=True, verbose_name="resolved")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed")),
                ("solution", models.TextField(blank=True, verbose_name="solution")),
                ("call", models.CharField(blank=True, max_length=200, verbose_name="call")),
                ("source", models.CharField(blank=True, max_length=80, verbose_name="source")),
                (
                    "external_number",
                    models.CharField(blank=True, max_length=80, verbose_name="number elsewhere"),
                ),
                ("form_key", models.UUIDField(editable=False, null=True)),
                (
                    "caller",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="complaints.cause",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="calls.customer",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handler",
                    ),
                ),
                (
                    "investigator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answers now",
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
                (
                    "staff_concerned",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.team",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("resolved_at", None)),
                        fields=["due_at", "id"],
                        name="complaint_open_by_due",
                    ),
                    models.Index(
                        condition=models.Q(("resolved_at", None)),
                        fields=["site", "due_at", "id"],
                        name="complaint_open_at_site",
                    ),
                    models.Index(
                        condition=models.Q(("resolved_at__isnull", False)),
                        fields=["received_at", "id"],
                        name="complaint_ended_by_receipt",
                    ),
                    models.Index(
                        condition=models.Q(("resolved_at__isnull", False)),
                        fields=["due_at", "id"],
                        name="complaint_ended_by_due",
                    ),
                    models.Index(fields=["handler", "due_at"], name="complaint_of_handler"),
                    models.Index(fields=["responsible", "due_at"], name="complaint_of_responsible"),
                    models.Index(fields=["recorded_by"], name="complaint_by_recorder"),
                    models.Index(fields=["site", "-received_at"], name="complaint_newest_at_site"),
                    models.Index(
                        condition=models.Q(("resolved_at__isnull", False)),
                        fields=["resolved_at"],
                        name="complaint_resolved",
                    ),
                    models.Index(
                        condition=models.Q(("status", "verified")),
                        fields=["due_at", "id"],
                        name="complaint_to_rule",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None), ("resolved_at__isnull", False)),
                        fields=["tier", "site", "resolved_at"],
                        name="complaint_to_close",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("resolved_at__isnull", False),
                                ("status__in", ("resolved", "explained", "satisfied", "closed", "merged")),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "status__in",
                                        ("resolved", "explained", "satisfied", "closed", "merged"),
                                    ),
                                    _negated=True,
                                ),
                                ("resolved_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="complaint_resolved_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("status__in", ("closed", "merged"))),
                            models.Q(
                                models.Q(("status__in", ("closed", "merged")), _negated=True),
                                ("closed_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="complaint_closed_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", False), ("status", "merged")),
                            models.Q(models.Q(("status", "merged"), _negated=True), ("merged_into", None)),
                            _connector="OR",
                        ),
                        name="complaint_merged_says_where",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="complaint_not_into_itself",
                    ),
                    models.UniqueConstraint(fields=("recorded_by", "form_key"), name="complaint_form_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("external_number", ""), _negated=True),
                        fields=("source", "external_number"),
                        name="complaint_external_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "accepted",
                                    "verified",
                                    "valid",
                                    "invalid",
                                    "apologised",
                                    "resolved",
                                    "explained",
                                    "satisfied",
                                    "closed",
                                    "merged",
                                ],
                            )
                        ),
                        name="complaint_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tier__in", [1, 2, 3])), name="complaint_tier_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MonthlyAnalysis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(unique=True)),
                ("figures", models.JSONField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-month",),
            },
        ),
        migrations.CreateModel(
            name="ClockPolicy",
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
                            ("response", "First response"),
                            ("same_day", "Same day"),
                            ("resolution", "Resolution"),
                            ("correction", "Corrective action"),
                        ],
                        max_length=12,
                        verbose_name="clock",
                    ),
                ),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Tier 1 · company"),
                            (2, "Tier 2 · group"),
                            (3, "Tier 3 · authority or media"),
                        ],
                        verbose_name="tier",
                    ),
                ),
                (
                    "customer_kind",
                    models.CharField(blank=True, max_length=20, verbose_name="kind of customer"),
                ),
                (
                    "pause_days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="In all; 0: not at all.",
                        verbose_name="working days it may wait for the customer",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="worktime.policy"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "tier", "customer_kind"), name="one_policy_for_each_clock"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "complaint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="wording",
                        serialize=False,
                        to="complaints.complaint",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="complaint_words")
                ],
            },
        ),
        migrations.CreateModel(
            name="Clock",
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
                            ("response", "First response"),
                            ("same_day", "Same day"),
                            ("resolution", "Resolution"),
                            ("correction", "Corrective action"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("has_policy_calendar", models.BooleanField(default=False)),
                ("revision", models.CharField(blank=True, max_length=80)),
                ("mode", models.CharField(blank=True, max_length=20)),
                ("amount", models.PositiveIntegerField(null=True)),
                ("starts_at", models.DateTimeField()),
                ("warn_50_at", models.DateTimeField()),
                ("warn_80_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("provisional", models.BooleanField(default=False)),
                ("warned", models.PositiveSmallIntegerField(default=0)),
                ("level", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("breached_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("paused_at", models.DateTimeField(null=True)),
                (
                    "calendar",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="worktime.calendar",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="worktime.policy",
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clocks",
                        to="complaints.complaint",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["next_at", "id"],
                        name="clock_next",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("complaint", "kind", "version"), name="clock_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paused_at", None), ("stopped_at", None)),
                            ("next_at", None),
                            _connector="OR",
                        ),
                        name="clock_stopped_is_silent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "correction"), ("policy", None)),
                            models.Q(
                                models.Q(("kind", "correction"), _negated=True), ("policy__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="clock_follows_policy_or_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("breached_at__gte", models.F("due_at"))),
                        name="clock_breach_after_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("warn_50_at__lte", models.F("warn_80_at")),
                            ("warn_80_at__lte", models.F("due_at")),
                        ),
                        name="clock_marks_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("file", models.FileField(max_length=200, upload_to="complaints/%Y/%m/")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="complaints.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Alert",
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
                            ("warning", "Early warning"),
                            ("escalation", "Escalation"),
                            ("joining", "Joint handling"),
                        ],
                        max_length=10,
                    ),
                ),
                ("mark", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="complaints.clock",
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="complaints.complaint",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["complaint", "at"], name="alerts_of_complaint")],
                "constraints": [
                    models.UniqueConstraint(fields=("clock", "kind", "mark"), name="alert_exactly_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("plan", models.TextField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("done", "Carried out"),
                            ("holds", "Holds"),
                            ("failed", "Failed"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("planned_at", models.DateTimeField()),
                ("done", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("verdict", models.TextField(blank=True)),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "cause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="complaints.cause"
                    ),
                ),
                (
                    "clock",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="complaints.clock",
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="complaints.correction",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.team",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="correction_by_due"),
                    models.Index(
                        condition=models.Q(("state", "holds")),
                        fields=["cause", "done_at"],
                        name="correction_holding",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("state", "planned")),
                            models.Q(
                                models.Q(("state", "planned"), _negated=True), ("done_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="correction_done_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("judged_by", None),
                            models.Q(
                                models.Q(("judged_by", models.F("planned_by")), _negated=True),
                                models.Q(("judged_by", models.F("done_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="correction_judged_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoursePolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "failed_follow_ups",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="failed follow-ups that allow closing"
                    ),
                ),
                (
                    "holds_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="days a corrected cause must stay away"
                    ),
                ),
                (
                    "names_published",
                    models.BooleanField(
                        default=False, verbose_name="outcomes on the bulletin name the person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_course_policy")
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                            ("call", "Call"),
                            ("recording", "Recording"),
                            ("order", "Service order"),
                            ("statement", "Statement"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reference", models.CharField(max_length=200)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="complaints.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("satisfied", "Satisfied"),
                            ("not_satisfied", "Not satisfied"),
                            ("not_reached", "Not reached"),
                        ],
                        max_length=15,
                    ),
                ),
                ("means", models.CharField(choices=[("call", "Call"), ("visit", "Visit")], max_length=10)),
                ("remarks", models.TextField(blank=True)),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="complaints.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Liability",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="liabilities",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.conductrecord",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("published_at", None), ("record__isnull", False)),
                        fields=["id"],
                        name="liability_to_publish",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="complaints.complaint",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="likeness_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="likeness_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                (
                    "complaint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("complaint", "person"), name="participant_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pauses",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["complaint", "at"], name="pauses_of_complaint"),
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["until_at"], name="pause_running"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("complaint",),
                        name="one_pause_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__gt", models.F("at")),
                            models.Q(("ended_at", None), ("ended_at__gte", models.F("at")), _connector="OR"),
                        ),
                        name="pause_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="question_answer_has_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("receiver", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="complaints.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(choices=[("valid", "Valid"), ("invalid", "Invalid")], max_length=10),
                ),
                ("opinion", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rulings",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="complaints.ruling",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.servicerule",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["complaint", "at"], name="rulings_of_complaint")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces", None)), fields=("complaint",), name="one_first_ruling"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "valid"), ("rule__isnull", False)),
                            models.Q(("outcome", "invalid"), ("rule", None)),
                            _connector="OR",
                        ),
                        name="ruling_valid_names_rule",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("accept", "Accept"),
                            ("respond", "Contact the customer"),
                            ("appoint", "Appoint an investigator"),
                            ("ask", "Ask the person concerned"),
                            ("answer", "Answer"),
                            ("add_evidence", "Add evidence"),
                            ("attach", "Attach a file"),
                            ("verify", "Verify"),
                            ("rule", "Rule"),
                            ("change_ruling", "Change the ruling"),
                            ("explain", "Explain"),
                            ("apologise", "Apologise"),
                            ("resolve", "Resolve"),
                            ("hold_to_account", "Hold to account"),
                            ("appoint_caller", "Appoint a callback agent"),
                            ("follow_up", "Follow up"),
                            ("file_report", "File the external report"),
                            ("set_cause", "Set the cause"),
                            ("plan_correction", "Plan corrective action"),
                            ("carry_out", "Carry out corrective action"),
                            ("judge_correction", "Verify corrective action"),
                            ("close", "Close"),
                            ("reopen", "Reopen"),
                            ("raise_tier", "Raise the tier"),
                            ("link", "Link to another"),
                            ("merge", "Merge into another"),
                            ("pause", "Wait for the customer"),
                            ("resume", "Go on"),
                            ("join", "Join in handling"),
                            ("recompute", "Count the deadline anew"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "old",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("verified", "Verified"),
                            ("valid", "Ruled valid"),
                            ("invalid", "Ruled invalid"),
                            ("apologised", "Apologised"),
                            ("resolved", "Resolved"),
                            ("explained", "Explained"),
                            ("satisfied", "Customer satisfied"),
                            ("closed", "Closed"),
                            ("merged", "Merged"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "new",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("verified", "Verified"),
                            ("valid", "Ruled valid"),
                            ("invalid", "Ruled invalid"),
                            ("apologised", "Apologised"),
                            ("resolved", "Resolved"),
                            ("explained", "Explained"),
                            ("satisfied", "Customer satisfied"),
                            ("closed", "Closed"),
                            ("merged", "Merged"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                ("facts", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="complaints.complaint",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["complaint", "at"], name="steps_of_complaint")],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "alert",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="complaints.alert",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("alert", "number"), name="attempt_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 2)), name="attempt_counts_on"),
                ],
            },
        ),
        migrations.RunSQL(REFERENCES, NO_REFERENCES),
        # Others may search with them too, so they stay.
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(ROWS, BACK),
        migrations.RunPython(set_clock_policies, migrations.RunPython.noop),
    ]
