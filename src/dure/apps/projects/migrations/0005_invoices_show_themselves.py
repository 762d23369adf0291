from django.db import migrations


def say_so(apps, schema_editor):
    """A tax invoice that was taken in is evidence of itself, also when the expense is judged anew."""
    invoices = apps.get_model("projects", "Expense").objects.filter(source="INVOICE")
    invoices.update(shown_elsewhere="e_tax_invoice")


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_rcms_samples_and_special_evaluations")]
    operations = [migrations.RunPython(say_so, migrations.RunPython.noop)]
