from django.db import migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [("calls", "0007_log"), ("agents", "0004_skills_terms_extra_roles")]

    operations = []
