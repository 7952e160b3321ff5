"""The board: items that may have no author, answers, talk, suggestions, and the right to post without a name."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import feedback.keys


class Migration(migrations.Migration):
    dependencies = [
        ("agents", "0003_conduct_policies"),
        ("feedback", "0002_answer_policy"),
        ("worktime", "0002_built_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="author",
                        serialize=False,
                        to="feedback.item",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Backing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "interest",
                    models.CharField(choices=[("me_too", "Me too"), ("follows", "Follow")], max_length=10),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="claim",
                        serialize=False,
                        to="feedback.item",
                    ),
                ),
                ("receipt", models.BinaryField()),
                ("day", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=feedback.keys.random_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("reason", models.TextField()),
                ("day", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="FeedbackPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tokens_a_period", models.PositiveSmallIntegerField(default=5)),
                ("least_in_a_batch", models.PositiveSmallIntegerField(default=3)),
                ("longest_wait_hours", models.PositiveSmallIntegerField(default=24)),
                ("silence_days", models.PositiveSmallIntegerField(default=5)),
                ("erase_after_days", models.PositiveSmallIntegerField(default=90)),
                ("smallest_cell", models.PositiveSmallIntegerField(default=5)),
                ("smallest_unit", models.PositiveSmallIntegerField(default=10)),
            ],
        ),
        migrations.CreateModel(
            name="File",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=feedback.keys.random_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("file", models.FileField(max_length=200, upload_to="feedback/")),
            ],
        ),
        migrations.CreateModel(
            name="HandOn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signed", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
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
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("figures", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=7, unique=True)),
                ("public", models.BinaryField()),
                ("private", models.BinaryField()),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("taken_until", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="SpentToken",
            fields=[
                ("digest", models.BinaryField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="suggestion",
                        serialize=False,
                        to="feedback.item",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be assessed"),
                            ("adopted", "Adopted"),
                            ("declined", "Declined"),
                            ("carried_out", "Carried out"),
                            ("verified", "Verified"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("assessed_at", models.DateTimeField(null=True)),
                ("carry_out_by", models.DateField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("carried_out_at", models.DateTimeField(null=True)),
                ("result", models.TextField(blank=True)),
                ("verified_at", models.DateTimeField(null=True)),
                ("reward", models.CharField(blank=True, max_length=200)),
                ("rewarded_at", models.DateTimeField(null=True)),
                ("shown", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="survey",
                        serialize=False,
                        to="feedback.item",
                    ),
                ),
                ("expected_days", models.PositiveSmallIntegerField()),
                ("expected_quality", models.PositiveSmallIntegerField()),
                ("found_quality", models.PositiveSmallIntegerField()),
                ("satisfied", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("sealed", models.BinaryField()),
                ("token", models.BinaryField(null=True, unique=True)),
                ("day", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=feedback.keys.random_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField()),
                ("day", models.DateField()),
                ("at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="item",
            name="feedback_answered_is_whole",
        ),
        migrations.RemoveConstraint(
            model_name="item",
            name="feedback_not_answered_by_submitter",
        ),
        migrations.RemoveConstraint(
            model_name="item",
            name="feedback_due_after_submission",
        ),
        migrations.RemoveIndex(
            model_name="item",
            name="feedback_by_submitter",
        ),
        migrations.RemoveIndex(
            model_name="item",
            name="feedback_to_answer",
        ),
        migrations.RemoveIndex(
            model_name="item",
            name="feedback_answered",
        ),
        migrations.AddField(
            model_name="item",
            name="addressee",
            field=models.CharField(
                choices=[
                    ("department", "Department"),
                    ("supervisor", "Supervisor, past the team lead"),
                    ("executive", "Executive's office"),
                ],
                default="department",
                max_length=12,
                verbose_name="goes to",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="anonymous",
            field=models.BooleanField(default=False, editable=False, verbose_name="anonymous"),
        ),
        migrations.AddField(
            model_name="item",
            name="closed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="disputes",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="item",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("confirmed", "Confirmed by the author"),
                    ("silence", "Nobody objected in time"),
                    ("executive", "Closed by the executives"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="erased_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="escalated_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="escalation",
            field=models.CharField(
                blank=True,
                choices=[("overdue", "No answer in time"), ("disputed", "The author is dissatisfied")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="kind",
            field=models.CharField(
                choices=[("question", "Question"), ("suggestion", "Suggestion")],
                default="question",
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="number",
            field=models.CharField(editable=False, max_length=12, null=True, verbose_name="number"),
        ),
        migrations.AddField(
            model_name="item",
            name="public_subject",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="item",
            name="public_text",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="item",
            name="published_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="receipt",
            field=models.BinaryField(null=True, unique=True),
        ),
        migrations.AddField(
            model_name="item",
            name="released_at",
            field=models.DateTimeField(null=True, verbose_name="received"),
        ),
        migrations.AddField(
            model_name="item",
            name="silent_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="site",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agents.site",
                verbose_name="site",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="submitted_on",
            field=models.DateField(null=True, verbose_name="submitted on"),
        ),
        migrations.AddField(
            model_name="item",
            name="voices",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="item",
            name="department",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agents.department",
                verbose_name="department",
            ),
        ),
        migrations.AlterField(
            model_name="item",
            name="id",
            field=models.BigIntegerField(
                default=feedback.keys.random_key, editable=False, primary_key=True, serialize=False
            ),
        ),
        migrations.AlterField(
            model_name="item",
            name="status",
            field=models.CharField(
                choices=[
                    ("submitted", "Waiting for an answer"),
                    ("answered", "Answered"),
                    ("disputed", "Disputed"),
                    ("closed", "Closed"),
                ],
                default="submitted",
                max_length=10,
                verbose_name="step",
            ),
        ),
        migrations.AlterField(
            model_name="item",
            name="submitted_at",
            field=models.DateTimeField(null=True, verbose_name="submitted"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("status__in", ["submitted", "disputed"])),
                fields=["department", "due_at"],
                name="feedback_to_answer",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("escalated_at", None), ("status", "submitted")),
                fields=["due_at"],
                name="feedback_to_escalate",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("status", "answered")), fields=["silent_until"], name="feedback_silent"
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("published_at__isnull", False)),
                fields=["-published_at", "-id"],
                name="feedback_board",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["department", "-released_at"], name="feedback_of_department"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["-released_at"], name="feedback_newest"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("anonymous", True), ("erased_at", None)),
                fields=["closed_at"],
                name="feedback_to_erase",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("addressee", "department"), ("department__isnull", False)),
                    models.Q(("addressee", "supervisor"), ("site__isnull", False)),
                    ("addressee", "executive"),
                    _connector="OR",
                ),
                name="feedback_goes_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("anonymous", True), ("receipt__isnull", False), ("submitted_at", None)),
                    models.Q(("anonymous", False), ("receipt", None), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="feedback_anonymous_has_a_receipt_and_no_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("status", "closed"),
                        models.Q(("ending", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status", "closed"), _negated=True), ("closed_at", None), ("ending", "")
                    ),
                    _connector="OR",
                ),
                name="feedback_closed_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("escalated_at", None), ("escalation", "")),
                    models.Q(("escalated_at__isnull", False), models.Q(("escalation", ""), _negated=True)),
                    _connector="OR",
                ),
                name="feedback_escalation_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at", None),
                    models.Q(
                        models.Q(("public_subject", ""), _negated=True),
                        models.Q(("public_text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="feedback_public_was_edited",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("released_at"))), name="feedback_due_after_release"
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="feedback.item"
            ),
        ),
        migrations.AddField(
            model_name="author",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="backing",
            name="item",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="backings",
                to="feedback.item",
            ),
        ),
        migrations.AddField(
            model_name="backing",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="objections", to="feedback.item"
            ),
        ),
        migrations.AddConstraint(
            model_name="feedbackpolicy",
            constraint=models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_feedback_policy"),
        ),
        migrations.AddField(
            model_name="file",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="files", to="feedback.item"
            ),
        ),
        migrations.AddField(
            model_name="handon",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="handon",
            name="item",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="hand_on", to="feedback.item"
            ),
        ),
        migrations.AddField(
            model_name="handon",
            name="new",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agents.department"
            ),
        ),
        migrations.AddField(
            model_name="handon",
            name="old",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agents.department"
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="note",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="note",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="feedback.item"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("since", "until"), name="leaders_report_once"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__lt", models.F("until"))), name="leaders_report_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="signingkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closes_on__lte", models.F("taken_until")), ("opens_on__lt", models.F("closes_on"))
                ),
                name="signing_key_in_order",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="feedback.signingkey"
            ),
        ),
        migrations.AddField(
            model_name="spenttoken",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="feedback.signingkey"
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="assessed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="carried_out_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="verified_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expected_days__lte", 60),
                    ("expected_quality__range", (1, 5)),
                    ("found_quality__range", (1, 5)),
                ),
                name="survey_marks_in_range",
            ),
        ),
        migrations.AddField(
            model_name="word",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="word",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="words", to="feedback.item"
            ),
        ),
        migrations.AddConstraint(
            model_name="backing",
            constraint=models.UniqueConstraint(fields=("item", "person", "interest"), name="backing_once"),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(fields=("item", "number"), name="dispute_once"),
        ),
        migrations.AddConstraint(
            model_name="handon",
            constraint=models.CheckConstraint(
                condition=models.Q(("old", models.F("new")), _negated=True), name="hand_on_to_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.UniqueConstraint(fields=("person", "key"), name="issue_counted_once"),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("reminded_at", None), ("state", "adopted")),
                fields=["carry_out_by"],
                name="suggestion_to_carry_out",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "declined"]), ("carry_out_by__isnull", False), _connector="OR"
                ),
                name="suggestion_adopted_has_a_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verified_by", None),
                    models.Q(("verified_by", models.F("carried_out_by")), _negated=True),
                    _connector="OR",
                ),
                name="suggestion_verified_by_another",
            ),
        ),
    ]
