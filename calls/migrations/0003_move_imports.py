"""Imports of calls and their refused rows move to the imports of every kind; what they say of sources stays here."""

from django.db import migrations
from django.db.models import Max, Min, Sum

AT_ONCE = 2000


def move(apps, schema_editor):
    old, rejects = apps.get_model("calls", "Import"), apps.get_model("calls", "Reject")
    new, new_rejects = apps.get_model("imports", "Import"), apps.get_model("imports", "Reject")
    sources = apps.get_model("calls", "Source")
    spans = old.objects.filter(new__gt=0).values("source", "site")
    for span in spans.annotate(calls=Sum("new"), first=Min("first_at"), last=Max("last_at")):
        sources.objects.create(
            name=span["source"],
            site_id=span["site"],
            calls=span["calls"],
            first_at=span["first"],
            last_at=span["last"],
        )
    for batch in old.objects.select_related("site__calendar").order_by("id").iterator(AT_ONCE):
        found = rejects.objects.filter(batch=batch).order_by("row", "id")
        header = list(dict.fromkeys(name for raw in found.values_list("raw", flat=True) for name, _ in raw))
        moved = new.objects.create(**_facts(batch), header=header)
        new_rejects.objects.bulk_create(
            (
                new_rejects(
                    batch=moved,
                    row=one.row,
                    column=one.column,
                    reason=one.reason,
                    raw=[dict(map(tuple, one.raw)).get(name, "") for name in header],
                )
                for one in found.iterator(AT_ONCE)
            ),
            batch_size=AT_ONCE,
        )
    rejects.objects.all().delete()
    old.objects.all().delete()


def _facts(batch):
    return {
        "kind": "calls",
        "by_id": batch.by_id,
        "at": batch.at,
        "place": batch.site_id,
        "file_name": batch.file_name or batch.source,
        "sha256": batch.sha256,
        "options": {
            "site": batch.site_id,
            "source": batch.source,
            "time_zone": batch.site.calendar.time_zone,
        },
        "mode": "good",
        "state": "done",
        "rows": batch.rows,
        "new": batch.new,
        "changed": batch.corrected,
        "unchanged": batch.repeated,
        "rejected": batch.rejected,
    }


def move_back(apps, schema_editor):
    old, rejects = apps.get_model("calls", "Import"), apps.get_model("calls", "Reject")
    new, sources = apps.get_model("imports", "Import"), apps.get_model("calls", "Source")
    spans = {source.name: (source.first_at, source.last_at) for source in sources.objects.all()}
    done = new.objects.filter(kind="calls", state="done")
    for batch in done.prefetch_related("rejects").order_by("id").iterator(AT_ONCE):
        source = batch.options["source"]
        first_at, last_at = spans.get(source, (None, None)) if batch.new else (None, None)
        moved = old.objects.create(
            source=source,
            site_id=batch.place,
            file_name=batch.file_name,
            sha256=batch.sha256,
            at=batch.at,
            by_id=batch.by_id,
            rows=batch.rows,
            new=batch.new,
            corrected=batch.changed,
            repeated=batch.unchanged,
            rejected=batch.rejected,
            first_at=first_at,
            last_at=last_at,
        )
        rejects.objects.bulk_create(
            rejects(
                batch=moved,
                row=one.row,
                column=one.column,
                reason=one.reason,
                raw=[pair for pair in zip(batch.header, one.raw, strict=False) if pair[1]],
            )
            for one in batch.rejects.all()
        )
    done.delete()
    sources.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0002_source"),
        ("imports", "0001_initial"),
        ("worktime", "0001_calendars"),
    ]

    operations = [migrations.RunPython(move, move_back)]
