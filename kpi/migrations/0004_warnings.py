import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kpi.models.warnings


class Migration(migrations.Migration):
    dependencies = [
        ("agents", "0004_skills_terms_extra_roles"),
        ("kpi", "0003_schemes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            },
        ),
        migrations.AddIndex(
            model_name="earlywarning",
            index=models.Index(fields=["-raised_at", "-id"], name="warning_newest"),
        ),
        migrations.AddIndex(
            model_name="earlywarning",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["-severity", "-raised_at"],
                name="warning_open",
            ),
        ),
        migrations.AddIndex(
            model_name="earlywarning",
            index=models.Index(fields=["team", "-raised_at"], name="warning_of_team"),
        ),
        migrations.AddIndex(
            model_name="earlywarning",
            index=models.Index(fields=["site", "-raised_at"], name="warning_of_site"),
        ),
        migrations.AddConstraint(
            model_name="earlywarning",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("kind", "site", "team", "agent", "metric"),
                name="warning_open_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="earlywarning",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None), ("kind", "agent")),
                fields=("agent", "metric"),
                name="warning_open_once_for_agent",
            ),
        ),
        migrations.AddConstraint(
            model_name="earlywarning",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agent", None), ("kind", "site"), ("team", None)),
                    models.Q(("agent", None), ("kind", "team"), ("team__isnull", False)),
                    models.Q(("agent__isnull", False), ("kind", "agent")),
                    _connector="OR",
                ),
                name="warning_about_its_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="earlywarning",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("ending", "")),
                    models.Q(("closed_at__isnull", False), models.Q(("ending", ""), _negated=True)),
                    _connector="OR",
                ),
                name="warning_over_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="warningreading",
            constraint=models.UniqueConstraint(fields=("warning", "at"), name="reading_once_an_interval"),
        ),
    ]
