"""The whole course of domain §4: its steps, what they leave behind, clocks for more than the deadline."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agents", "0003_conduct_policies"),
        ("calls", "0001_initial"),
        ("complaints", "0007_alert_by_clock"),
        ("worktime", "0002_built_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
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
            ],
        ),
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
            ],
            options={
                "ordering": ("code",),
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
            ],
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
            ],
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
            ],
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
            ],
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
            ],
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
            ],
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
            ],
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
            ],
        ),
        migrations.RemoveConstraint(
            model_name="clock",
            name="clock_stopped_is_silent",
        ),
        migrations.RemoveConstraint(
            model_name="complaint",
            name="complaint_resolved_has_time",
        ),
        migrations.AddField(
            model_name="clock",
            name="amount",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="clock",
            name="keeper",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="clock",
            name="mode",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="clock",
            name="paused_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="clock",
            name="revision",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="clockpolicy",
            name="pause_days",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="In all; 0: not at all.",
                verbose_name="working days it may wait for the customer",
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="call",
            field=models.CharField(blank=True, max_length=200, verbose_name="call"),
        ),
        migrations.AddField(
            model_name="complaint",
            name="caller",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="closed_at",
            field=models.DateTimeField(null=True, verbose_name="closed"),
        ),
        migrations.AddField(
            model_name="complaint",
            name="investigator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="complaints.complaint",
            ),
        ),
        migrations.AlterField(
            model_name="alert",
            name="kind",
            field=models.CharField(
                choices=[
                    ("warning", "Early warning"),
                    ("escalation", "Escalation"),
                    ("joining", "Joint handling"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="clock",
            name="kind",
            field=models.CharField(
                choices=[
                    ("response", "First response"),
                    ("same_day", "Same day"),
                    ("resolution", "Resolution"),
                    ("correction", "Corrective action"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="clockpolicy",
            name="kind",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="complaint",
            name="status",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paused_at", None), ("stopped_at", None)), ("next_at", None), _connector="OR"
                ),
                name="clock_stopped_is_silent",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attachments",
                to="complaints.complaint",
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="alert",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attempts",
                to="complaints.alert",
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="cause",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="complaints.cause",
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="cause",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="complaints",
                to="complaints.cause",
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("closed_at", None), ("resolved_at__isnull", False)),
                fields=["site", "resolved_at"],
                name="complaint_to_close",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("resolved_at__isnull", False),
                        ("status__in", ("resolved", "explained", "satisfied", "closed", "merged")),
                    ),
                    models.Q(
                        models.Q(
                            ("status__in", ("resolved", "explained", "satisfied", "closed", "merged")),
                            _negated=True,
                        ),
                        ("resolved_at", None),
                    ),
                    _connector="OR",
                ),
                name="complaint_resolved_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("status__in", ("closed", "merged"))),
                    models.Q(
                        models.Q(("status__in", ("closed", "merged")), _negated=True), ("closed_at", None)
                    ),
                    _connector="OR",
                ),
                name="complaint_closed_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("status", "merged")),
                    models.Q(models.Q(("status", "merged"), _negated=True), ("merged_into", None)),
                    _connector="OR",
                ),
                name="complaint_merged_says_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="complaint_not_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddField(
            model_name="correction",
            name="cause",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="complaints.cause"
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="clock",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="correction", to="complaints.clock"
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="corrections",
                to="complaints.complaint",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="done_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="judged_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="planned_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="complaints.correction",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agents.team",
            ),
        ),
        migrations.AddConstraint(
            model_name="coursepolicy",
            constraint=models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_course_policy"),
        ),
        migrations.AddField(
            model_name="evidence",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="complaints.complaint",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="follow_ups",
                to="complaints.complaint",
            ),
        ),
        migrations.AddField(
            model_name="liability",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="liability",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="liabilities",
                to="complaints.complaint",
            ),
        ),
        migrations.AddField(
            model_name="liability",
            name="record",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agents.conductrecord",
            ),
        ),
        migrations.AddField(
            model_name="likeness",
            name="first",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="complaints.complaint",
            ),
        ),
        migrations.AddField(
            model_name="likeness",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="complaints.complaint"
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="complaint",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="participants",
                to="complaints.complaint",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="complaint",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pauses",
                to="complaints.complaint",
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="complaints.complaint",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="complaints.complaint"
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="complaint",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rulings",
                to="complaints.complaint",
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="complaints.ruling",
            ),
        ),
        migrations.AddField(
            model_name="ruling",
            name="rule",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agents.servicerule",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="complaint",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="complaints.complaint",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(fields=("alert", "number"), name="attempt_once"),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 2)), name="attempt_counts_on"
            ),
        ),
        migrations.AddConstraint(
            model_name="cause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent", None), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                ),
                name="cause_not_its_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="cause",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True), name="cause_code_given"
            ),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["state", "due_on"], name="correction_by_due"),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(
                condition=models.Q(("state", "holds")), fields=["cause", "done_at"], name="correction_holding"
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("state", "planned")),
                    models.Q(models.Q(("state", "planned"), _negated=True), ("done_at__isnull", False)),
                    _connector="OR",
                ),
                name="correction_done_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddIndex(
            model_name="liability",
            index=models.Index(
                condition=models.Q(("published_at", None), ("record__isnull", False)),
                fields=["id"],
                name="liability_to_publish",
            ),
        ),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="likeness_once"),
        ),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="likeness_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(fields=("complaint", "person"), name="participant_once"),
        ),
        migrations.AddIndex(
            model_name="pause",
            index=models.Index(fields=["complaint", "at"], name="pauses_of_complaint"),
        ),
        migrations.AddIndex(
            model_name="pause",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["until_at"], name="pause_running"
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("complaint",), name="one_pause_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_at__gt", models.F("at")),
                    models.Q(("ended_at", None), ("ended_at__gte", models.F("at")), _connector="OR"),
                ),
                name="pause_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None)),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="question_answer_has_time",
            ),
        ),
        migrations.AddIndex(
            model_name="ruling",
            index=models.Index(fields=["complaint", "at"], name="rulings_of_complaint"),
        ),
        migrations.AddConstraint(
            model_name="ruling",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces", None)), fields=("complaint",), name="one_first_ruling"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "valid"), ("rule__isnull", False)),
                    models.Q(("outcome", "invalid"), ("rule", None)),
                    _connector="OR",
                ),
                name="ruling_valid_names_rule",
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["complaint", "at"], name="steps_of_complaint"),
        ),
    ]
