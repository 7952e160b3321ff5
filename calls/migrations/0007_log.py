import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agents", "0004_skills_terms_extra_roles"), ("calls", "0006_store")]

    operations = [
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
    ]
