"""How soon a department answers, where it is not the house's deadline."""

from django.db import models


class Deadline(models.Model):
    """The policy that an answer of one department is due by; what was counted with another keeps its instant."""

    department = models.OneToOneField("agents.Department", models.CASCADE, primary_key=True, related_name="+")
    policy = models.ForeignKey("worktime.Policy", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.department}: {self.policy}"
