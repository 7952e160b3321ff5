"""People, places, what they may do and their conduct."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

POLICIES = {
    "conduct_reply": "Three working days to reply",
    "conduct_appeal": "Three working days to appeal",
}


def set_policies(apps, schema_editor):
    """Three working days each for a reply and for an appeal (domain §4); an administrator may change the amounts."""
    policies = apps.get_model("worktime", "Policy").objects.using(schema_editor.connection.alias)
    for code, name in POLICIES.items():
        policies.create(code=code, name=name, mode="working_days", amount=3)


def unset_policies(apps, schema_editor):
    policies = apps.get_model("worktime", "Policy").objects.using(schema_editor.connection.alias)
    policies.filter(code__in=POLICIES).delete()


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("worktime", "0002_built_in"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.RunPython(set_policies, unset_policies),
        migrations.CreateModel(
            name="Site",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "mail_opens",
                    models.CharField(default="07:30", max_length=5, verbose_name="mail window opens"),
                ),
                (
                    "mail_closes",
                    models.CharField(default="21:00", max_length=5, verbose_name="mail window closes"),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="worktime.calendar",
                        verbose_name="calendar",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mail_opens__regex", "^([01]\\d|2[0-3]):[0-5]\\d$"),
                            ("mail_closes__regex", "^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$"),
                            ("mail_opens__lt", models.F("mail_closes")),
                        ),
                        name="site_mail_window",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("work_number", models.CharField(max_length=20, unique=True, verbose_name="work number")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="joined")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="agents.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "ordering": ("work_number",),
                "indexes": [models.Index(fields=["site", "work_number"], name="user_by_site")],
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                (
                    "scope",
                    models.TextField(help_text="What the department answers for.", verbose_name="scope"),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="ServiceRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("text", models.TextField(verbose_name="text")),
            ],
            options={
                "ordering": ("code", "period"),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("code", "="), ("period", "&&")], name="rule_of_a_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConductRecord",
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
                        choices=[("reward", "Reward"), ("penalty", "Penalty")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("occurred_on", models.DateField(verbose_name="day of what happened")),
                ("account", models.TextField(verbose_name="what happened")),
                ("measure", models.CharField(max_length=200, verbose_name="measure")),
                (
                    "complaint_reference",
                    models.CharField(blank=True, max_length=30, verbose_name="complaint"),
                ),
                (
                    "complaint_tier",
                    models.PositiveSmallIntegerField(null=True, verbose_name="tier of the complaint"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Draft"),
                            ("reply_open", "Open for a reply"),
                            ("final", "Final"),
                            ("withdrawn", "Withdrawn"),
                            ("appealed", "Appealed"),
                            ("upheld", "Upheld"),
                            ("lifted", "Lifted"),
                        ],
                        default="drafted",
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="opened")),
                ("reply_until", models.DateTimeField(null=True, verbose_name="reply until")),
                ("final_at", models.DateTimeField(null=True, verbose_name="final since")),
                ("appeal_until", models.DateTimeField(null=True, verbose_name="appeal until")),
                ("appealed_at", models.DateTimeField(null=True, verbose_name="appealed")),
                ("appeal", models.TextField(blank=True, verbose_name="appeal")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("decision", models.TextField(blank=True, verbose_name="decision")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn")),
                (
                    "withdrawal",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of the withdrawal"),
                ),
                (
                    "appealed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="appealed by",
                    ),
                ),
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
                    "joint_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joint_conduct",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="jointly responsible",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conduct",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agents.servicerule",
                        verbose_name="rule",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-occurred_on"], name="conduct_of_person"),
                    models.Index(fields=["joint_person"], name="conduct_of_joint_person"),
                    models.Index(fields=["-recorded_at", "-id"], name="conduct_newest"),
                    models.Index(
                        condition=models.Q(("state", "reply_open")),
                        fields=["reply_until"],
                        name="conduct_replies",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("joint_person", None),
                            models.Q(("joint_person", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="conduct_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_by", models.F("person")), _negated=True),
                            models.Q(
                                ("decided_by", None),
                                models.Q(
                                    models.Q(("decided_by", models.F("person")), _negated=True),
                                    models.Q(("decided_by", models.F("recorded_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="conduct_not_judged_by_accused",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "reply_open"), _negated=True),
                            ("reply_until__isnull", False),
                            _connector="OR",
                        ),
                        name="conduct_reply_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["upheld", "lifted"]), _negated=True),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("decision", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="conduct_decision_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConductReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="reply")),
                ("at", models.DateTimeField()),
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
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="agents.conductrecord",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ExtraRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="what it is")),
                ("is_open", models.BooleanField(default=True, verbose_name="open for applications")),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="extra_role_name_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
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
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="agents.department",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="agents.region",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="agents.site",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["role"], name="grants_of_role")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("role__in", ["supervisor"]), ("site__isnull", False)),
                                models.Q(
                                    models.Q(("role__in", ["supervisor"]), _negated=True),
                                    ("site__isnull", True),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("region__isnull", False), ("role__in", ["regional_manager"])),
                                models.Q(
                                    models.Q(("role__in", ["regional_manager"]), _negated=True),
                                    ("region__isnull", True),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("department__isnull", False), ("role__in", ["department_owner"])),
                                models.Q(
                                    models.Q(("role__in", ["department_owner"]), _negated=True),
                                    ("department__isnull", True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="grant_scope_fits_role",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("person", "="),
                            ("role", "="),
                            (django.db.models.functions.comparison.Coalesce("site", 0), "="),
                            (django.db.models.functions.comparison.Coalesce("region", 0), "="),
                            (django.db.models.functions.comparison.Coalesce("department", 0), "="),
                            ("period", "&&"),
                        ],
                        name="grant_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegionSite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sites", to="agents.region"
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="regions", to="agents.site"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("site", "="), ("period", "&&")], name="site_in_one_region"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="skill_name_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonSkill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                ("level", models.PositiveSmallIntegerField(default=1, verbose_name="level")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skills",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="agents.skill",
                        verbose_name="skill",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["skill"], name="people_of_skill")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("person", "="), ("skill", "="), ("period", "&&")],
                        name="skill_at_one_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 1), ("level__lte", 5)), name="skill_level"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Superior",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superiors",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "superior",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subordinates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("person", "="), ("period", "&&")], name="person_has_one_superior"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("superior")), _negated=True),
                        name="nobody_is_own_superior",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="agents.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "ordering": ("site__name", "name"),
                "constraints": [
                    models.UniqueConstraint(fields=("site", "name"), name="team_name_unique_at_site")
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="agents.team",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["team"], name="members_of_team")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("person", "="), ("period", "&&")], name="member_of_one_team"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Leadership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaderships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaderships",
                        to="agents.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("team", "="), ("period", "&&")], name="team_has_one_lead"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name="period")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standing_in",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stand-in",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("person", "="), ("period", "&&")], name="absent_once_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stand_in__isnull", True),
                            models.Q(("person", models.F("stand_in")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_stands_in_for_self",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                (
                    "weekly_minutes",
                    models.PositiveSmallIntegerField(default=2400, verbose_name="minutes a week"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("person", "="), ("period", "&&")], name="one_contract_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekly_minutes__gte", 60), ("weekly_minutes__lte", 3600)),
                        name="contract_minutes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Employment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("person", "="), ("period", "&&")], name="employed_once_at_a_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="why")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="decision")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="agents.extrarole",
                        verbose_name="extra role",
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("person", "role"),
                        name="one_application_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="application_decided_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExtraRoleHolding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extra_roles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holders",
                        to="agents.extrarole",
                        verbose_name="extra role",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("person", "="), ("role", "="), ("period", "&&")],
                        name="extra_role_once_at_a_time",
                    )
                ],
            },
        ),
    ]
