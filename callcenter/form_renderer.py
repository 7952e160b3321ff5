"""How every form is drawn: one template for a form, one for a field."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.x.as_field_group }}` with our label, help and error."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
