"""Schemes, assessments, checklists, interviews and aims; what is locked or adopted, the database keeps as it is."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LOCKED = """
CREATE FUNCTION kpi_refuse_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the assessment is locked' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER assessment_locked BEFORE UPDATE OR DELETE ON kpi_assessment
    FOR EACH ROW WHEN (OLD.state = 'locked') EXECUTE FUNCTION kpi_refuse_locked();

CREATE FUNCTION kpi_refuse_locked_card() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM kpi_assessment WHERE state = 'locked'
                AND id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.assessment_id END,
                           CASE WHEN TG_OP <> 'DELETE' THEN NEW.assessment_id END)) THEN
        RAISE EXCEPTION 'the assessment is locked' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER scorecard_locked BEFORE INSERT OR UPDATE OR DELETE ON kpi_scorecard
    FOR EACH ROW EXECUTE FUNCTION kpi_refuse_locked_card();

CREATE FUNCTION kpi_refuse_locked_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM kpi_scorecard c JOIN kpi_assessment a ON a.id = c.assessment_id
                WHERE a.state = 'locked'
                  AND c.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.card_id END,
                               CASE WHEN TG_OP <> 'DELETE' THEN NEW.card_id END)) THEN
        RAISE EXCEPTION 'the assessment is locked' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER score_line_locked BEFORE INSERT OR UPDATE OR DELETE ON kpi_scoreline
    FOR EACH ROW EXECUTE FUNCTION kpi_refuse_locked_part();
CREATE TRIGGER appeal_locked BEFORE INSERT OR UPDATE OR DELETE ON kpi_appeal
    FOR EACH ROW EXECUTE FUNCTION kpi_refuse_locked_part();

CREATE FUNCTION kpi_refuse_adopted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM kpi_scheme WHERE state <> 'draft'
                AND id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.scheme_id END,
                           CASE WHEN TG_OP <> 'DELETE' THEN NEW.scheme_id END)) THEN
        RAISE EXCEPTION 'the scheme is no draft' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER indicator_adopted BEFORE INSERT OR UPDATE OR DELETE ON kpi_indicator
    FOR EACH ROW EXECUTE FUNCTION kpi_refuse_adopted();
CREATE TRIGGER grade_adopted BEFORE INSERT OR UPDATE OR DELETE ON kpi_grade
    FOR EACH ROW EXECUTE FUNCTION kpi_refuse_adopted();
CREATE TRIGGER gate_adopted BEFORE INSERT OR UPDATE OR DELETE ON kpi_gate
    FOR EACH ROW EXECUTE FUNCTION kpi_refuse_adopted();
"""
UNLOCKED = """
DROP FUNCTION kpi_refuse_locked() CASCADE;
DROP FUNCTION kpi_refuse_locked_card() CASCADE;
DROP FUNCTION kpi_refuse_locked_part() CASCADE;
DROP FUNCTION kpi_refuse_adopted() CASCADE;
"""
POLICY = "assessment_appeal"


def set_policy(apps, schema_editor):
    policies = apps.get_model("worktime", "Policy").objects.using(schema_editor.connection.alias)
    policies.create(
        code=POLICY, name="Five working days to appeal against a score", mode="working_days", amount=5
    )


def unset_policy(apps, schema_editor):
    policies = apps.get_model("worktime", "Policy").objects.using(schema_editor.connection.alias)
    policies.filter(code=POLICY).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0002_targets"),
        ("agents", "0004_skills_terms_extra_roles"),
        ("jobs", "0002_link_of_any_length"),
        ("worktime", "0002_built_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Checklist",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                ("text", models.TextField(blank=True, verbose_name="what it is for")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("made_at", models.DateTimeField(verbose_name="made")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Scheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
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
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("note", models.TextField(blank=True, verbose_name="what it is for")),
                (
                    "team_share",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="share of the team's figures, in percent"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("adopted", "Adopted"), ("dropped", "Dropped")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(null=True, verbose_name="holds"),
                ),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("adopted_at", models.DateTimeField(null=True, verbose_name="adopted")),
                (
                    "adopted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="adopted by",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "ordering": ("role", "-number"),
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("metric", models.CharField(blank=True, max_length=60, verbose_name="figure")),
                (
                    "weighing",
                    models.CharField(
                        choices=[("primary", "Primary"), ("routine", "Routine")],
                        default="primary",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField(verbose_name="weight")),
                ("threshold", models.FloatField(verbose_name="threshold")),
                ("target", models.FloatField(verbose_name="target")),
                ("stretch", models.FloatField(verbose_name="stretch")),
                (
                    "threshold_points",
                    models.PositiveSmallIntegerField(default=60, verbose_name="points at the threshold"),
                ),
                (
                    "target_points",
                    models.PositiveSmallIntegerField(default=100, verbose_name="points at the target"),
                ),
                (
                    "stretch_points",
                    models.PositiveSmallIntegerField(default=120, verbose_name="points at the stretch"),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="kpi.checklist",
                        verbose_name="checklist",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="kpi.scheme",
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="Grade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20, verbose_name="grade")),
                (
                    "at_least",
                    models.DecimalField(decimal_places=1, max_digits=5, verbose_name="from a score of"),
                ),
                (
                    "factor",
                    models.DecimalField(
                        decimal_places=2, default=1, max_digits=4, verbose_name="factor of the bonus"
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="grades", to="kpi.scheme"
                    ),
                ),
            ],
            options={
                "ordering": ("-at_least",),
            },
        ),
        migrations.CreateModel(
            name="Gate",
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
                            ("valid_complaint", "Complaint ruled valid"),
                            ("penalty", "Penalty in force"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("count", models.PositiveSmallIntegerField(default=1, verbose_name="from this number on")),
                ("cap", models.CharField(max_length=20, verbose_name="best grade")),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="gates", to="kpi.scheme"
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "count"),
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
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
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("month", models.DateField(verbose_name="month")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preview", "Preview"),
                            ("published", "Published"),
                            ("approved", "Approved"),
                            ("locked", "Locked"),
                        ],
                        default="preview",
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("computed_at", models.DateTimeField(verbose_name="computed")),
                ("published_at", models.DateTimeField(null=True, verbose_name="published")),
                ("appeal_until", models.DateTimeField(null=True, verbose_name="appeals until")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="approved")),
                ("locked_at", models.DateTimeField(null=True, verbose_name="locked")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "computed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="computed by",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
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
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="kpi.scheme",
                        verbose_name="scheme",
                    ),
                ),
            ],
            options={
                "ordering": ("-month", "site", "role"),
            },
        ),
        migrations.CreateModel(
            name="Scorecard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "score",
                    models.DecimalField(decimal_places=1, max_digits=5, null=True, verbose_name="score"),
                ),
                ("known", models.PositiveSmallIntegerField(verbose_name="known, in percent")),
                ("grade", models.CharField(blank=True, max_length=20, verbose_name="grade")),
                ("earned", models.CharField(blank=True, max_length=20, verbose_name="grade by score")),
                ("caps", models.JSONField(default=list)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cards", to="kpi.assessment"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scorecards",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "ordering": (models.OrderBy(models.F("score"), descending=True, nulls_last=True), "pk"),
            },
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("planned_for", models.DateField(verbose_name="day")),
                ("subject", models.CharField(max_length=200, verbose_name="about")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
                        default="planned",
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("held_on", models.DateField(null=True, verbose_name="held on")),
                ("agreed", models.TextField(blank=True, verbose_name="what was agreed")),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="held by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="kpi.scorecard",
                        verbose_name="scorecard",
                    ),
                ),
            ],
            options={
                "ordering": ("-planned_for", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="appeal")),
                ("at", models.DateTimeField(verbose_name="appealed")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("granted", "Granted"), ("rejected", "Rejected")],
                        default="open",
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("decision", models.TextField(blank=True, verbose_name="decision")),
                ("figure", models.FloatField(null=True, verbose_name="corrected figure")),
                ("lifts_gates", models.BooleanField(default=False, verbose_name="gates lifted")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kpi.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "card",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeal", to="kpi.scorecard"
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="ScoreLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("own", models.FloatField(null=True)),
                ("group", models.FloatField(null=True)),
                ("own_points", models.FloatField(null=True)),
                ("group_points", models.FloatField(null=True)),
                ("points", models.FloatField(null=True)),
                ("facts", models.JSONField(default=dict)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="kpi.scorecard"
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kpi.indicator"
                    ),
                ),
            ],
            options={
                "ordering": ("indicator__position",),
            },
        ),
        migrations.CreateModel(
            name="Trial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_month", models.DateField(verbose_name="first month")),
                ("last_month", models.DateField(verbose_name="last month")),
                ("at", models.DateTimeField(verbose_name="asked for")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "job",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="jobs.job",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trials",
                        to="kpi.scheme",
                        verbose_name="scheme",
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
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="TrialRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                ("now_score", models.DecimalField(decimal_places=1, max_digits=5, null=True)),
                ("draft_score", models.DecimalField(decimal_places=1, max_digits=5, null=True)),
                ("change", models.DecimalField(decimal_places=1, max_digits=5, null=True)),
                ("now_grade", models.CharField(blank=True, max_length=20)),
                ("draft_grade", models.CharField(blank=True, max_length=20)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.team",
                    ),
                ),
                (
                    "trial",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="kpi.trial"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChecklistPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=200, verbose_name="point")),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="points", to="kpi.checklist"
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("checklist", "position"), name="checklist_point_at_a_position"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Aim",
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
                        choices=[("plan", "Improvement plan"), ("own", "Own goal")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("metric", models.CharField(max_length=60, verbose_name="figure")),
                ("goal", models.FloatField(verbose_name="goal")),
                ("measures", models.TextField(verbose_name="what is done for it")),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("agreed", "Agreed"),
                            ("reached", "Reached"),
                            ("missed", "Missed"),
                            ("unknown", "Cannot be told"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="proposed")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                ("before", models.FloatField(null=True, verbose_name="before")),
                ("after", models.FloatField(null=True, verbose_name="after")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="settled")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aims",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aims",
                        to="kpi.interview",
                        verbose_name="interview",
                    ),
                ),
            ],
            options={
                "ordering": ("-since", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "agreed")), fields=["until"], name="aims_running"
                    ),
                    models.Index(fields=["person"], name="aims_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="aim_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "agreed"), _negated=True),
                            models.Q(
                                ("answered_by__isnull", False),
                                models.Q(("answered_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="aim_agreed_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(verbose_name="month")),
                (
                    "marks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BooleanField(null=True), size=None, verbose_name="marks"
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="what was seen")),
                ("at", models.DateTimeField(verbose_name="rated")),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="kpi.checklist",
                        verbose_name="checklist",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "rater",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="rater",
                    ),
                ),
            ],
            options={
                "ordering": ("-month", "-at", "-pk"),
                "indexes": [models.Index(fields=["month", "checklist"], name="ratings_of_month")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "month", "checklist", "rater"), name="rating_once_by_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("rater")), _negated=True),
                        name="nobody_rates_themself",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="scheme",
            constraint=models.UniqueConstraint(fields=("role", "number"), name="scheme_version_once"),
        ),
        migrations.AddConstraint(
            model_name="scheme",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("role", "="), ("period", "&&")], name="scheme_one_of_a_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="scheme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("adopted_at__isnull", False),
                        ("adopted_by__isnull", False),
                        ("period__isnull", False),
                        ("state", "adopted"),
                    ),
                    models.Q(models.Q(("state", "adopted"), _negated=True), ("period", None)),
                    _connector="OR",
                ),
                name="scheme_adopted_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="scheme",
            constraint=models.CheckConstraint(
                condition=models.Q(("team_share__lte", 100)), name="scheme_share_in_percent"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(fields=("scheme", "position"), name="indicator_at_a_position"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checklist__isnull", False), ("metric", "")),
                    models.Q(models.Q(("metric", ""), _negated=True), ("checklist", None)),
                    _connector="OR",
                ),
                name="indicator_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gte", 1), ("weight__lte", 100)), name="indicator_weight"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("target__lt", models.F("stretch")), ("threshold__lt", models.F("target"))),
                    models.Q(("target__gt", models.F("stretch")), ("threshold__gt", models.F("target"))),
                    _connector="OR",
                ),
                name="indicator_curve_one_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("target_points__lte", models.F("stretch_points")),
                    ("threshold_points__lte", models.F("target_points")),
                ),
                name="indicator_points_rise",
            ),
        ),
        migrations.AddConstraint(
            model_name="grade",
            constraint=models.UniqueConstraint(fields=("scheme", "name"), name="grade_name_once"),
        ),
        migrations.AddConstraint(
            model_name="grade",
            constraint=models.UniqueConstraint(fields=("scheme", "at_least"), name="grade_score_once"),
        ),
        migrations.AddConstraint(
            model_name="grade",
            constraint=models.CheckConstraint(
                condition=models.Q(("at_least__gte", 0), ("factor__gte", 0)), name="grade_from_nothing_on"
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.UniqueConstraint(fields=("scheme", "kind", "count"), name="gate_once"),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="gate_from_one_on"),
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(fields=["-month", "-id"], name="assessment_newest"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(fields=("site", "role", "month"), name="assessment_once"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "preview"),
                    models.Q(
                        ("appeal_until__isnull", False),
                        ("published_at__isnull", False),
                        ("published_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="assessment_told_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("published_by")), _negated=True),
                    _connector="OR",
                ),
                name="assessment_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "locked"), _negated=True),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("locked_at__isnull", False),
                        ("locked_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="assessment_locked_is_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="scorecard",
            index=models.Index(fields=["person"], name="scorecards_of_person"),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.UniqueConstraint(fields=("assessment", "person"), name="scorecard_once"),
        ),
        migrations.AddIndex(
            model_name="interview",
            index=models.Index(
                condition=models.Q(("state", "planned")), fields=["planned_for"], name="interviews_planned"
            ),
        ),
        migrations.AddIndex(
            model_name="interview",
            index=models.Index(fields=["person"], name="interviews_of_person"),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("lead")), _negated=True), name="interview_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), _negated=True),
                    models.Q(("held_on__isnull", False), models.Q(("agreed", ""), _negated=True)),
                    _connector="OR",
                ),
                name="interview_held_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        models.Q(("decision", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="score_appeal_is_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoreline",
            constraint=models.UniqueConstraint(fields=("card", "indicator"), name="score_line_once"),
        ),
        migrations.AddConstraint(
            model_name="trial",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_month__gte", models.F("first_month"))), name="trial_months"
            ),
        ),
        migrations.AddConstraint(
            model_name="trialrow",
            constraint=models.UniqueConstraint(fields=("trial", "person"), name="trial_person_once"),
        ),
        migrations.RunSQL(LOCKED, UNLOCKED),
        migrations.RunPython(set_policy, unset_policy),
    ]
