from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("calls", "0005_customers_found")]

    operations = []
