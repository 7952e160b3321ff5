"""Removing what finished jobs left in the private storage."""

from datetime import datetime

from django.core.files.storage import default_storage

from callcenter.jobs.models import KEPT, Job


def tidy(*, now: datetime, batch: int = 500) -> int:
    """Remove the files of jobs that ended more than KEPT ago; return of how many jobs. Safe to be cut off."""
    old = list(Job.objects.filter(ended_at__lt=now - KEPT, tidied_at=None).order_by("ended_at")[:batch])
    for job in old:
        _remove_folder(f"jobs/{job.pk}")
        if job.file:
            default_storage.delete(job.file)
        Job.objects.filter(pk=job.pk, ended_at=job.ended_at).update(file="", tidied_at=now)
    return len(old)


def _remove_folder(folder: str) -> None:
    if default_storage.exists(folder):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")
        default_storage.delete(folder)
