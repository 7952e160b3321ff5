"""The board: items that may have no author, answers, talk, suggestions, the right to post without a name, and their words."""

import uuid

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import feedback.keys
from callcenter.search.words import FUNCTIONS

# The name that the databases of today have for it.
NUMBERED = "ALTER TABLE feedback_item RENAME CONSTRAINT feedback_item_number_key TO feedback_item_number_fffbef6e_uniq"
UNLOGGED = "ALTER TABLE feedback_waiting SET UNLOGGED"
# What the database itself promises about anonymous items.
FOR_GOOD = """
CREATE FUNCTION feedback_anonymous_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.anonymous IS DISTINCT FROM OLD.anonymous OR NEW.receipt IS DISTINCT FROM OLD.receipt THEN
        RAISE EXCEPTION 'whether an item is anonymous, and its receipt, never change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feedback_anonymous_for_good BEFORE UPDATE ON feedback_item
    FOR EACH ROW EXECUTE FUNCTION feedback_anonymous_for_good();

CREATE FUNCTION feedback_no_author() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT anonymous FROM feedback_item WHERE id = NEW.item_id) THEN
        RAISE EXCEPTION 'an anonymous item has no author' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feedback_no_author BEFORE INSERT OR UPDATE ON feedback_author
    FOR EACH ROW EXECUTE FUNCTION feedback_no_author();

CREATE FUNCTION feedback_claim_by_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM feedback_item WHERE id = NEW.item_id AND anonymous AND receipt = NEW.receipt) THEN
        RAISE EXCEPTION 'only the receipt of an anonymous item claims its reward' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feedback_claim_by_receipt BEFORE INSERT OR UPDATE ON feedback_claim
    FOR EACH ROW EXECUTE FUNCTION feedback_claim_by_receipt();

CREATE FUNCTION feedback_word_without_instant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.by_id IS NULL AND NEW.at IS NOT NULL
       AND (SELECT anonymous FROM feedback_item WHERE id = NEW.item_id) THEN
        RAISE EXCEPTION 'of an anonymous author only the day is kept' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feedback_word_without_instant BEFORE INSERT OR UPDATE ON feedback_word
    FOR EACH ROW EXECUTE FUNCTION feedback_word_without_instant();

CREATE FUNCTION feedback_answer_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM feedback_author WHERE item_id = NEW.item_id AND person_id = NEW.by_id) THEN
        RAISE EXCEPTION 'nobody answers their own item' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feedback_answer_by_another BEFORE INSERT OR UPDATE ON feedback_answer
    FOR EACH ROW EXECUTE FUNCTION feedback_answer_by_another();
"""
UNDO = """
DROP TRIGGER feedback_answer_by_another ON feedback_answer; DROP FUNCTION feedback_answer_by_another();
DROP TRIGGER feedback_word_without_instant ON feedback_word; DROP FUNCTION feedback_word_without_instant();
DROP TRIGGER feedback_claim_by_receipt ON feedback_claim; DROP FUNCTION feedback_claim_by_receipt();
DROP TRIGGER feedback_no_author ON feedback_author; DROP FUNCTION feedback_no_author();
DROP TRIGGER feedback_anonymous_for_good ON feedback_item; DROP FUNCTION feedback_anonymous_for_good();
"""
# An answer is public if it was given before the publication, and stands then; so only publishing changes the words.
ROWS = """
CREATE FUNCTION feedback_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.published_at IS NULL THEN
        DELETE FROM feedback_wording WHERE item_id = NEW.id;
        RETURN NULL;
    END IF;
    INSERT INTO feedback_wording (item_id, words)
    SELECT NEW.id, words_of(concat_ws(' ', NEW.number, NEW.public_subject, NEW.public_text,
               (SELECT text FROM feedback_answer WHERE item_id = NEW.id AND at <= NEW.published_at
                 ORDER BY at DESC, id DESC LIMIT 1)))
        ON CONFLICT (item_id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END $$;
CREATE TRIGGER feedback_keep_words AFTER INSERT OR UPDATE OF published_at, public_subject, public_text ON feedback_item
    FOR EACH ROW EXECUTE FUNCTION feedback_keep_words();
"""
BACK = "DROP TRIGGER feedback_keep_words ON feedback_item; DROP FUNCTION feedback_keep_words();"


def set_policy(apps, schema_editor):
    """A department answers within three working days (domain §5); an administrator may change the amount."""
    policies = apps.get_model("worktime", "Policy").objects.using(schema_editor.connection.alias)
    policies.create(
        code="feedback_answer", name="Three working days to answer", mode="working_days", amount=3
    )


def unset_policy(apps, schema_editor):
    policies = apps.get_model("worktime", "Policy").objects.using(schema_editor.connection.alias)
    policies.filter(code="feedback_answer").delete()


def set_house_policy(apps, schema_editor):
    apps.get_model("feedback", "FeedbackPolicy").objects.using(schema_editor.connection.alias).create(pk=1)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agents", "0001_initial"),
        ("worktime", "0002_built_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(set_policy, unset_policy),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=feedback.keys.random_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        default=feedback.keys.random_number,
                        editable=False,
                        max_length=12,
                        unique=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("question", "Question"), ("suggestion", "Suggestion")],
                        default="question",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "addressee",
                    models.CharField(
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
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("tools", "Work station and systems"),
                            ("roster", "Roster and leave"),
                            ("pay", "Pay and benefits"),
                            ("rules", "Rules and processes"),
                            ("training", "Training and growth"),
                            ("place", "Rooms, food and transport"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="category",
                    ),
                ),
                ("subject", models.CharField(max_length=120, verbose_name="subject")),
                ("text", models.TextField(verbose_name="text")),
                ("anonymous", models.BooleanField(default=False, editable=False, verbose_name="anonymous")),
                ("receipt", models.BinaryField(null=True, unique=True)),
                (
                    "status",
                    models.CharField(
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
                ("submitted_on", models.DateField(verbose_name="submitted on")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted")),
                ("released_at", models.DateTimeField(verbose_name="received")),
                ("due_at", models.DateTimeField(verbose_name="answer due")),
                ("provisional", models.BooleanField(default=False)),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                ("escalated_at", models.DateTimeField(null=True)),
                (
                    "escalation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("overdue", "No answer in time"),
                            ("disputed", "The author is dissatisfied"),
                        ],
                        max_length=10,
                    ),
                ),
                ("disputes", models.PositiveSmallIntegerField(default=0)),
                ("silent_until", models.DateTimeField(null=True)),
                ("public_subject", models.CharField(blank=True, max_length=120)),
                ("public_text", models.TextField(blank=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("voices", models.PositiveIntegerField(default=0)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "Confirmed by the author"),
                            ("silence", "Nobody objected in time"),
                            ("executive", "Closed by the executives"),
                        ],
                        max_length=10,
                    ),
                ),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="worktime.calendar"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="worktime.policy"
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["submitted", "disputed"])),
                        fields=["department", "due_at"],
                        name="feedback_to_answer",
                    ),
                    models.Index(
                        condition=models.Q(("escalated_at", None), ("status", "submitted")),
                        fields=["due_at"],
                        name="feedback_to_escalate",
                    ),
                    models.Index(
                        condition=models.Q(("status", "answered")),
                        fields=["silent_until"],
                        name="feedback_silent",
                    ),
                    models.Index(
                        condition=models.Q(("published_at__isnull", False)),
                        fields=["-published_at", "-id"],
                        name="feedback_board",
                    ),
                    models.Index(
                        condition=models.Q(("published_at__isnull", False)),
                        fields=["department", "-published_at", "-id"],
                        name="feedback_board_department",
                    ),
                    models.Index(
                        condition=models.Q(("published_at__isnull", False)),
                        fields=["category", "-published_at", "-id"],
                        name="feedback_board_category",
                    ),
                    models.Index(
                        condition=models.Q(("published_at__isnull", False)),
                        fields=["status", "-published_at", "-id"],
                        name="feedback_board_status",
                    ),
                    models.Index(
                        condition=models.Q(("published_at__isnull", False)),
                        fields=["-voices", "-published_at", "-id"],
                        name="feedback_board_voices",
                    ),
                    models.Index(fields=["department", "-released_at"], name="feedback_of_department"),
                    models.Index(fields=["-released_at"], name="feedback_newest"),
                    models.Index(
                        condition=models.Q(("anonymous", True), ("erased_at", None)),
                        fields=["closed_at"],
                        name="feedback_to_erase",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("addressee", "department"), ("department__isnull", False)),
                            models.Q(("addressee", "supervisor"), ("site__isnull", False)),
                            ("addressee", "executive"),
                            _connector="OR",
                        ),
                        name="feedback_goes_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("anonymous", True), ("receipt__isnull", False), ("submitted_at", None)),
                            models.Q(
                                ("anonymous", False), ("receipt", None), ("submitted_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="feedback_anonymous_has_a_receipt_and_no_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("status", "closed"),
                                models.Q(("ending", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "closed"), _negated=True),
                                ("closed_at", None),
                                ("ending", ""),
                            ),
                            _connector="OR",
                        ),
                        name="feedback_closed_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("escalated_at", None), ("escalation", "")),
                            models.Q(
                                ("escalated_at__isnull", False), models.Q(("escalation", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="feedback_escalation_says_why",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("released_at"))),
                        name="feedback_due_after_release",
                    ),
                ],
            },
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
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
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="backings",
                        to="feedback.item",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("item", "person", "interest"), name="backing_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "department",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="agents.department",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="worktime.policy"
                    ),
                ),
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
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objections",
                        to="feedback.item",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("item", "number"), name="dispute_once")],
            },
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
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_feedback_policy")
                ],
            },
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
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="feedback.item"
                    ),
                ),
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hand_on",
                        to="feedback.item",
                    ),
                ),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agents.department"
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agents.department"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("old", models.F("new")), _negated=True), name="hand_on_to_another"
                    )
                ],
            },
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="feedback.item"
                    ),
                ),
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("since", "until"), name="leaders_report_once"),
                    models.CheckConstraint(
                        condition=models.Q(("since__lt", models.F("until"))), name="leaders_report_in_order"
                    ),
                ],
            },
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_on__lte", models.F("taken_until")),
                            ("opens_on__lt", models.F("closes_on")),
                        ),
                        name="signing_key_in_order",
                    )
                ],
            },
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="feedback.signingkey",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "key"), name="issue_counted_once")],
            },
        ),
        migrations.CreateModel(
            name="SpentToken",
            fields=[
                ("digest", models.BinaryField(primary_key=True, serialize=False)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="feedback.signingkey",
                    ),
                ),
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="words", to="feedback.item"
                    ),
                ),
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                (
                    "assessed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "carried_out_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verified_by",
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
                    models.Index(
                        condition=models.Q(("reminded_at", None), ("state", "adopted")),
                        fields=["carry_out_by"],
                        name="suggestion_to_carry_out",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "declined"]),
                            ("carry_out_by__isnull", False),
                            _connector="OR",
                        ),
                        name="suggestion_adopted_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_by", None),
                            models.Q(("verified_by", models.F("carried_out_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="suggestion_verified_by_another",
                    ),
                ],
            },
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expected_days__lte", 60),
                            ("expected_quality__range", (1, 5)),
                            ("found_quality__range", (1, 5)),
                        ),
                        name="survey_marks_in_range",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="wording",
                        serialize=False,
                        to="feedback.item",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="feedback_words")
                ],
            },
        ),
        migrations.RunSQL(NUMBERED, migrations.RunSQL.noop),
        migrations.RunSQL(UNLOGGED, "ALTER TABLE feedback_waiting SET LOGGED"),
        migrations.RunSQL(FOR_GOOD, UNDO),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(ROWS, BACK),
        migrations.RunPython(set_house_policy, migrations.RunPython.noop),
    ]
