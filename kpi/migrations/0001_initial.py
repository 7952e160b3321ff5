"""Roll-ups, targets, schemes with their assessments, and early warnings."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import kpi.models.rollups
import kpi.models.warnings

# What is locked or adopted, the database keeps as it is.
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
    initial = True

    dependencies = [
        ("agents", "0001_initial"),
        ("calls", "0001_initial"),
        ("jobs", "0001_initial"),
        ("worktime", "0002_built_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(set_policy, unset_policy),
        migrations.CreateModel(
            name="HalfHour",
            fields=[
                ("site", models.IntegerField()),
                ("offered", models.IntegerField()),
                ("answered", models.IntegerField(null=True)),
                ("abandoned", models.IntegerField(null=True)),
                ("flowed_out", models.IntegerField(null=True)),
                ("nameless", models.IntegerField(null=True)),
                ("resolved", models.IntegerField(null=True)),
                ("transferred", models.IntegerField(null=True)),
                ("rated_1", models.IntegerField(null=True)),
                ("rated_2", models.IntegerField(null=True)),
                ("rated_3", models.IntegerField(null=True)),
                ("rated_4", models.IntegerField(null=True)),
                ("rated_5", models.IntegerField(null=True)),
                ("no_wait", models.IntegerField(null=True)),
                ("no_lost_wait", models.IntegerField(null=True)),
                ("no_talk", models.IntegerField(null=True)),
                ("no_hold", models.IntegerField(null=True)),
                ("no_wrap", models.IntegerField(null=True)),
                ("wait_sum", models.IntegerField(null=True)),
                ("lost_wait_sum", models.IntegerField(null=True)),
                ("talk_sum", models.IntegerField(null=True)),
                ("hold_sum", models.IntegerField(null=True)),
                ("wrap_sum", models.IntegerField(null=True)),
                ("handle_sum", models.IntegerField(null=True)),
                ("wait_least", models.IntegerField(null=True)),
                ("wait_most", models.IntegerField(null=True)),
                ("lost_wait_least", models.IntegerField(null=True)),
                ("lost_wait_most", models.IntegerField(null=True)),
                ("talk_least", models.IntegerField(null=True)),
                ("talk_most", models.IntegerField(null=True)),
                ("handle_least", models.IntegerField(null=True)),
                ("handle_most", models.IntegerField(null=True)),
                ("wait_bag", models.BinaryField(null=True)),
                ("lost_wait_bag", models.BinaryField(null=True)),
                ("talk_bag", models.BinaryField(null=True)),
                ("handle_bag", models.BinaryField(null=True)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "at", "line", "team", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", kpi.models.rollups.LocalTime()),
                ("line", models.IntegerField()),
                ("team", models.IntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LineHalfHour",
            fields=[
                ("site", models.IntegerField()),
                ("offered", models.IntegerField()),
                ("answered", models.IntegerField(null=True)),
                ("abandoned", models.IntegerField(null=True)),
                ("flowed_out", models.IntegerField(null=True)),
                ("nameless", models.IntegerField(null=True)),
                ("resolved", models.IntegerField(null=True)),
                ("transferred", models.IntegerField(null=True)),
                ("rated_1", models.IntegerField(null=True)),
                ("rated_2", models.IntegerField(null=True)),
                ("rated_3", models.IntegerField(null=True)),
                ("rated_4", models.IntegerField(null=True)),
                ("rated_5", models.IntegerField(null=True)),
                ("no_wait", models.IntegerField(null=True)),
                ("no_lost_wait", models.IntegerField(null=True)),
                ("no_talk", models.IntegerField(null=True)),
                ("no_hold", models.IntegerField(null=True)),
                ("no_wrap", models.IntegerField(null=True)),
                ("wait_sum", models.IntegerField(null=True)),
                ("lost_wait_sum", models.IntegerField(null=True)),
                ("talk_sum", models.IntegerField(null=True)),
                ("hold_sum", models.IntegerField(null=True)),
                ("wrap_sum", models.IntegerField(null=True)),
                ("handle_sum", models.IntegerField(null=True)),
                ("wait_least", models.IntegerField(null=True)),
                ("wait_most", models.IntegerField(null=True)),
                ("lost_wait_least", models.IntegerField(null=True)),
                ("lost_wait_most", models.IntegerField(null=True)),
                ("talk_least", models.IntegerField(null=True)),
                ("talk_most", models.IntegerField(null=True)),
                ("handle_least", models.IntegerField(null=True)),
                ("handle_most", models.IntegerField(null=True)),
                ("wait_bag", models.BinaryField(null=True)),
                ("lost_wait_bag", models.BinaryField(null=True)),
                ("talk_bag", models.BinaryField(null=True)),
                ("handle_bag", models.BinaryField(null=True)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "at", "line", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", kpi.models.rollups.LocalTime()),
                ("line", models.IntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TeamDay",
            fields=[
                ("site", models.IntegerField()),
                ("offered", models.IntegerField()),
                ("answered", models.IntegerField(null=True)),
                ("abandoned", models.IntegerField(null=True)),
                ("flowed_out", models.IntegerField(null=True)),
                ("nameless", models.IntegerField(null=True)),
                ("resolved", models.IntegerField(null=True)),
                ("transferred", models.IntegerField(null=True)),
                ("rated_1", models.IntegerField(null=True)),
                ("rated_2", models.IntegerField(null=True)),
                ("rated_3", models.IntegerField(null=True)),
                ("rated_4", models.IntegerField(null=True)),
                ("rated_5", models.IntegerField(null=True)),
                ("no_wait", models.IntegerField(null=True)),
                ("no_lost_wait", models.IntegerField(null=True)),
                ("no_talk", models.IntegerField(null=True)),
                ("no_hold", models.IntegerField(null=True)),
                ("no_wrap", models.IntegerField(null=True)),
                ("wait_sum", models.IntegerField(null=True)),
                ("lost_wait_sum", models.IntegerField(null=True)),
                ("talk_sum", models.IntegerField(null=True)),
                ("hold_sum", models.IntegerField(null=True)),
                ("wrap_sum", models.IntegerField(null=True)),
                ("handle_sum", models.IntegerField(null=True)),
                ("wait_least", models.IntegerField(null=True)),
                ("wait_most", models.IntegerField(null=True)),
                ("lost_wait_least", models.IntegerField(null=True)),
                ("lost_wait_most", models.IntegerField(null=True)),
                ("talk_least", models.IntegerField(null=True)),
                ("talk_most", models.IntegerField(null=True)),
                ("handle_least", models.IntegerField(null=True)),
                ("handle_most", models.IntegerField(null=True)),
                ("wait_bag", models.BinaryField(null=True)),
                ("lost_wait_bag", models.BinaryField(null=True)),
                ("talk_bag", models.BinaryField(null=True)),
                ("handle_bag", models.BinaryField(null=True)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "at", "line", "team", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateField()),
                ("line", models.IntegerField()),
                ("team", models.IntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TeamHalfHour",
            fields=[
                ("site", models.IntegerField()),
                ("offered", models.IntegerField()),
                ("answered", models.IntegerField(null=True)),
                ("abandoned", models.IntegerField(null=True)),
                ("flowed_out", models.IntegerField(null=True)),
                ("nameless", models.IntegerField(null=True)),
                ("resolved", models.IntegerField(null=True)),
                ("transferred", models.IntegerField(null=True)),
                ("rated_1", models.IntegerField(null=True)),
                ("rated_2", models.IntegerField(null=True)),
                ("rated_3", models.IntegerField(null=True)),
                ("rated_4", models.IntegerField(null=True)),
                ("rated_5", models.IntegerField(null=True)),
                ("no_wait", models.IntegerField(null=True)),
                ("no_lost_wait", models.IntegerField(null=True)),
                ("no_talk", models.IntegerField(null=True)),
                ("no_hold", models.IntegerField(null=True)),
                ("no_wrap", models.IntegerField(null=True)),
                ("wait_sum", models.IntegerField(null=True)),
                ("lost_wait_sum", models.IntegerField(null=True)),
                ("talk_sum", models.IntegerField(null=True)),
                ("hold_sum", models.IntegerField(null=True)),
                ("wrap_sum", models.IntegerField(null=True)),
                ("handle_sum", models.IntegerField(null=True)),
                ("wait_p10", models.IntegerField(null=True)),
                ("wait_p50", models.IntegerField(null=True)),
                ("wait_p90", models.IntegerField(null=True)),
                ("wait_p95", models.IntegerField(null=True)),
                ("talk_p10", models.IntegerField(null=True)),
                ("talk_p50", models.IntegerField(null=True)),
                ("talk_p90", models.IntegerField(null=True)),
                ("talk_p95", models.IntegerField(null=True)),
                ("handle_p10", models.IntegerField(null=True)),
                ("handle_p50", models.IntegerField(null=True)),
                ("handle_p90", models.IntegerField(null=True)),
                ("handle_p95", models.IntegerField(null=True)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "at", "site", "team", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", kpi.models.rollups.LocalTime()),
                ("team", models.IntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TeamMonth",
            fields=[
                ("site", models.IntegerField()),
                ("offered", models.IntegerField()),
                ("answered", models.IntegerField(null=True)),
                ("abandoned", models.IntegerField(null=True)),
                ("flowed_out", models.IntegerField(null=True)),
                ("nameless", models.IntegerField(null=True)),
                ("resolved", models.IntegerField(null=True)),
                ("transferred", models.IntegerField(null=True)),
                ("rated_1", models.IntegerField(null=True)),
                ("rated_2", models.IntegerField(null=True)),
                ("rated_3", models.IntegerField(null=True)),
                ("rated_4", models.IntegerField(null=True)),
                ("rated_5", models.IntegerField(null=True)),
                ("no_wait", models.IntegerField(null=True)),
                ("no_lost_wait", models.IntegerField(null=True)),
                ("no_talk", models.IntegerField(null=True)),
                ("no_hold", models.IntegerField(null=True)),
                ("no_wrap", models.IntegerField(null=True)),
                ("wait_sum", models.IntegerField(null=True)),
                ("lost_wait_sum", models.IntegerField(null=True)),
                ("talk_sum", models.IntegerField(null=True)),
                ("hold_sum", models.IntegerField(null=True)),
                ("wrap_sum", models.IntegerField(null=True)),
                ("handle_sum", models.IntegerField(null=True)),
                ("wait_least", models.IntegerField(null=True)),
                ("wait_most", models.IntegerField(null=True)),
                ("lost_wait_least", models.IntegerField(null=True)),
                ("lost_wait_most", models.IntegerField(null=True)),
                ("talk_least", models.IntegerField(null=True)),
                ("talk_most", models.IntegerField(null=True)),
                ("handle_least", models.IntegerField(null=True)),
                ("handle_most", models.IntegerField(null=True)),
                ("wait_bag", models.BinaryField(null=True)),
                ("lost_wait_bag", models.BinaryField(null=True)),
                ("talk_bag", models.BinaryField(null=True)),
                ("handle_bag", models.BinaryField(null=True)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "at", "line", "team", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateField()),
                ("line", models.IntegerField()),
                ("team", models.IntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TeamTimeOfDay",
            fields=[
                ("site", models.IntegerField()),
                ("offered", models.IntegerField()),
                ("answered", models.IntegerField(null=True)),
                ("abandoned", models.IntegerField(null=True)),
                ("flowed_out", models.IntegerField(null=True)),
                ("nameless", models.IntegerField(null=True)),
                ("resolved", models.IntegerField(null=True)),
                ("transferred", models.IntegerField(null=True)),
                ("rated_1", models.IntegerField(null=True)),
                ("rated_2", models.IntegerField(null=True)),
                ("rated_3", models.IntegerField(null=True)),
                ("rated_4", models.IntegerField(null=True)),
                ("rated_5", models.IntegerField(null=True)),
                ("no_wait", models.IntegerField(null=True)),
                ("no_lost_wait", models.IntegerField(null=True)),
                ("no_talk", models.IntegerField(null=True)),
                ("no_hold", models.IntegerField(null=True)),
                ("no_wrap", models.IntegerField(null=True)),
                ("wait_sum", models.IntegerField(null=True)),
                ("lost_wait_sum", models.IntegerField(null=True)),
                ("talk_sum", models.IntegerField(null=True)),
                ("hold_sum", models.IntegerField(null=True)),
                ("wrap_sum", models.IntegerField(null=True)),
                ("handle_sum", models.IntegerField(null=True)),
                ("wait_p10", models.IntegerField(null=True)),
                ("wait_p50", models.IntegerField(null=True)),
                ("wait_p90", models.IntegerField(null=True)),
                ("wait_p95", models.IntegerField(null=True)),
                ("talk_p10", models.IntegerField(null=True)),
                ("talk_p50", models.IntegerField(null=True)),
                ("talk_p90", models.IntegerField(null=True)),
                ("talk_p95", models.IntegerField(null=True)),
                ("handle_p10", models.IntegerField(null=True)),
                ("handle_p50", models.IntegerField(null=True)),
                ("handle_p90", models.IntegerField(null=True)),
                ("handle_p95", models.IntegerField(null=True)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "at", "site", "team", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", kpi.models.rollups.LocalTime()),
                ("team", models.IntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("site", models.IntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="WarningPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "width",
                    models.FloatField(
                        default=3.5,
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="width of the usual band (k)",
                    ),
                ),
                (
                    "least_calls",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(10),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="least calls behind a figure",
                    ),
                ),
                (
                    "weeks",
                    models.PositiveSmallIntegerField(
                        default=12,
                        validators=[
                            django.core.validators.MinValueValidator(4),
                            django.core.validators.MaxValueValidator(52),
                        ],
                        verbose_name="weeks of history",
                    ),
                ),
                (
                    "least_past",
                    models.PositiveSmallIntegerField(
                        default=6,
                        validators=[
                            django.core.validators.MinValueValidator(4),
                            django.core.validators.MaxValueValidator(52),
                        ],
                        verbose_name="least past values",
                    ),
                ),
                (
                    "raise_after",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(4),
                        ],
                        verbose_name="half hours in a row before a warning",
                    ),
                ),
                (
                    "back_after",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="intervals in a row until it is over",
                    ),
                ),
                (
                    "of_sites",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=kpi.models.warnings.for_sites,
                        size=None,
                        verbose_name="figures of sites, by half hour",
                    ),
                ),
                (
                    "of_teams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=kpi.models.warnings.for_people,
                        size=None,
                        verbose_name="figures of teams, by half hour",
                    ),
                ),
                (
                    "of_agents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=kpi.models.warnings.for_people,
                        size=None,
                        verbose_name="figures of agents, by day",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgentDay",
            fields=[
                ("site", models.IntegerField()),
                ("offered", models.IntegerField()),
                ("answered", models.IntegerField(null=True)),
                ("abandoned", models.IntegerField(null=True)),
                ("flowed_out", models.IntegerField(null=True)),
                ("nameless", models.IntegerField(null=True)),
                ("resolved", models.IntegerField(null=True)),
                ("transferred", models.IntegerField(null=True)),
                ("rated_1", models.IntegerField(null=True)),
                ("rated_2", models.IntegerField(null=True)),
                ("rated_3", models.IntegerField(null=True)),
                ("rated_4", models.IntegerField(null=True)),
                ("rated_5", models.IntegerField(null=True)),
                ("no_wait", models.IntegerField(null=True)),
                ("no_lost_wait", models.IntegerField(null=True)),
                ("no_talk", models.IntegerField(null=True)),
                ("no_hold", models.IntegerField(null=True)),
                ("no_wrap", models.IntegerField(null=True)),
                ("wait_sum", models.IntegerField(null=True)),
                ("lost_wait_sum", models.IntegerField(null=True)),
                ("talk_sum", models.IntegerField(null=True)),
                ("hold_sum", models.IntegerField(null=True)),
                ("wrap_sum", models.IntegerField(null=True)),
                ("handle_sum", models.IntegerField(null=True)),
                ("wait_least", models.IntegerField(null=True)),
                ("wait_most", models.IntegerField(null=True)),
                ("lost_wait_least", models.IntegerField(null=True)),
                ("lost_wait_most", models.IntegerField(null=True)),
                ("talk_least", models.IntegerField(null=True)),
                ("talk_most", models.IntegerField(null=True)),
                ("handle_least", models.IntegerField(null=True)),
                ("handle_most", models.IntegerField(null=True)),
                ("wait_bag", models.BinaryField(null=True)),
                ("lost_wait_bag", models.BinaryField(null=True)),
                ("talk_bag", models.BinaryField(null=True)),
                ("handle_bag", models.BinaryField(null=True)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "at",
                        "line",
                        "team",
                        "agent",
                        "agent_name",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateField()),
                ("line", models.IntegerField()),
                ("team", models.IntegerField()),
                ("agent", models.IntegerField()),
                ("agent_name", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["agent", "at"], name="agent_day_of_agent")],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "site", "at", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("site", models.IntegerField()),
                ("at", kpi.models.rollups.LocalTime()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["changed_at"], name="change_by_time")],
            },
        ),
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
            name="EarlyWarning",
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
                        choices=[("site", "Site"), ("team", "Team"), ("agent", "Agent")],
                        max_length=10,
                        verbose_name="about",
                    ),
                ),
                ("metric", models.CharField(max_length=60, verbose_name="figure")),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Unusual"), (2, "Off target"), (3, "Far off")], verbose_name="severity"
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="since")),
                ("raised_at", models.DateTimeField(verbose_name="raised")),
                ("value", models.FloatField(verbose_name="figure")),
                ("calls", models.PositiveIntegerField(verbose_name="calls")),
                ("is_out", models.BooleanField(default=True)),
                ("middle", models.FloatField(null=True, verbose_name="usual")),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("limit", models.FloatField(null=True)),
                ("sample", models.PositiveSmallIntegerField(default=0)),
                ("target", models.FloatField(null=True, verbose_name="target")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("back", "Came back"),
                            ("by_hand", "Closed by hand"),
                            ("quiet", "No calls any more"),
                        ],
                        max_length=10,
                        verbose_name="ending",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "agent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agent",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                "indexes": [
                    models.Index(fields=["-raised_at", "-id"], name="warning_newest"),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["-severity", "-raised_at"],
                        name="warning_open",
                    ),
                    models.Index(fields=["team", "-raised_at"], name="warning_of_team"),
                    models.Index(fields=["site", "-raised_at"], name="warning_of_site"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("kind", "site", "team", "agent", "metric"),
                        name="warning_open_once",
                        nulls_distinct=False,
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None), ("kind", "agent")),
                        fields=("agent", "metric"),
                        name="warning_open_once_for_agent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agent", None), ("kind", "site"), ("team", None)),
                            models.Q(("agent", None), ("kind", "team"), ("team__isnull", False)),
                            models.Q(("agent__isnull", False), ("kind", "agent")),
                            _connector="OR",
                        ),
                        name="warning_about_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("ending", "")),
                            models.Q(("closed_at__isnull", False), models.Q(("ending", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="warning_over_says_how",
                    ),
                ],
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
                "constraints": [
                    models.UniqueConstraint(fields=("role", "number"), name="scheme_version_once"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("role", "="), ("period", "&&")], name="scheme_one_of_a_role"
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("team_share__lte", 100)), name="scheme_share_in_percent"
                    ),
                ],
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
                "indexes": [models.Index(fields=["-month", "-id"], name="assessment_newest")],
                "constraints": [
                    models.UniqueConstraint(fields=("site", "role", "month"), name="assessment_once"),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("published_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="assessment_four_eyes",
                    ),
                    models.CheckConstraint(
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
                ],
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
                "indexes": [models.Index(fields=["person"], name="scorecards_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "person"), name="scorecard_once")
                ],
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "planned")),
                        fields=["planned_for"],
                        name="interviews_planned",
                    ),
                    models.Index(fields=["person"], name="interviews_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("lead")), _negated=True),
                        name="interview_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), _negated=True),
                            models.Q(("held_on__isnull", False), models.Q(("agreed", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="interview_held_is_whole",
                    ),
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
            name="Line",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=80)),
                ("queue_name", models.CharField(blank=True, max_length=80)),
                ("project", models.CharField(blank=True, max_length=80)),
                ("channel", models.CharField(blank=True, max_length=40)),
                (
                    "queue",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="calls.queue",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agents.site"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "source", "queue", "queue_name", "project", "channel"),
                        name="line_is_one",
                        nulls_distinct=False,
                    )
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
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "position"), name="indicator_at_a_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checklist__isnull", False), ("metric", "")),
                            models.Q(models.Q(("metric", ""), _negated=True), ("checklist", None)),
                            _connector="OR",
                        ),
                        name="indicator_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1), ("weight__lte", 100)), name="indicator_weight"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("target__lt", models.F("stretch")), ("threshold__lt", models.F("target"))
                            ),
                            models.Q(
                                ("target__gt", models.F("stretch")), ("threshold__gt", models.F("target"))
                            ),
                            _connector="OR",
                        ),
                        name="indicator_curve_one_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target_points__lte", models.F("stretch_points")),
                            ("threshold_points__lte", models.F("target_points")),
                        ),
                        name="indicator_points_rise",
                    ),
                ],
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
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "name"), name="grade_name_once"),
                    models.UniqueConstraint(fields=("scheme", "at_least"), name="grade_score_once"),
                    models.CheckConstraint(
                        condition=models.Q(("at_least__gte", 0), ("factor__gte", 0)),
                        name="grade_from_nothing_on",
                    ),
                ],
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
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "kind", "count"), name="gate_once"),
                    models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="gate_from_one_on"),
                ],
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
                "constraints": [
                    models.CheckConstraint(
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
                    )
                ],
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
                "constraints": [
                    models.UniqueConstraint(fields=("card", "indicator"), name="score_line_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StaleMonth",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("site", models.IntegerField()),
                ("at", models.DateField()),
            ],
            options={
                "indexes": [models.Index(fields=["site", "at"], name="stale_month_of_site")],
            },
        ),
        migrations.CreateModel(
            name="StaleSlot",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("site", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("marked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "indexes": [models.Index(fields=["site", "at"], name="stale_slot_of_site")],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                ("metric", models.CharField(max_length=60, verbose_name="figure")),
                (
                    "value",
                    models.FloatField(
                        validators=[django.core.validators.MinValueValidator(0)], verbose_name="target"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
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
                ("set_at", models.DateTimeField(verbose_name="set at")),
                (
                    "queue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="calls.queue",
                        verbose_name="queue",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="set by",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="agents.site",
                        verbose_name="site",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="agents.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("metric", "="),
                            ("role", "="),
                            (django.db.models.functions.comparison.Coalesce("site", 0), "="),
                            (django.db.models.functions.comparison.Coalesce("team", 0), "="),
                            (django.db.models.functions.comparison.Coalesce("queue", 0), "="),
                            ("period", "&&"),
                        ],
                        name="target_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            models.Func(
                                "site_id",
                                "team_id",
                                "queue_id",
                                django.db.models.functions.comparison.NullIf(
                                    models.F("role"), models.Value("")
                                ),
                                function="num_nonnulls",
                                output_field=models.IntegerField(),
                            ),
                            1,
                        ),
                        name="target_of_one_place",
                    ),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="target_not_negative"),
                ],
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_month__gte", models.F("first_month"))), name="trial_months"
                    )
                ],
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("trial", "person"), name="trial_person_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="WarningDeed",
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
                            ("talked", "Talked with the person"),
                            ("coached", "Coached on calls"),
                            ("helped", "Helped on the floor"),
                            ("moved", "Moved people to where they are needed"),
                            ("breaks", "Moved breaks or tasks"),
                            ("extra", "Called in more people"),
                            ("fault", "Reported a fault of a system"),
                            ("watch", "Looked into it, nothing to do"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="what was done",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("done_at", models.DateTimeField(verbose_name="at")),
                (
                    "done_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deeds",
                        to="kpi.earlywarning",
                    ),
                ),
            ],
            options={
                "ordering": ("done_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="WarningMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "every warning"), (2, "off target and worse"), (3, "far off only")],
                        verbose_name="by mail",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="warning_mail",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WarningReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("value", models.FloatField()),
                ("calls", models.PositiveIntegerField()),
                ("middle", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("limit", models.FloatField(null=True)),
                ("sample", models.PositiveSmallIntegerField(default=0)),
                ("target", models.FloatField(null=True)),
                ("severity", models.PositiveSmallIntegerField(default=0)),
                ("finished", models.BooleanField()),
                (
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="kpi.earlywarning",
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
                "constraints": [
                    models.UniqueConstraint(fields=("warning", "at"), name="reading_once_an_interval")
                ],
            },
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
        migrations.RunSQL(LOCKED, UNLOCKED),
    ]
