"""How a form is drawn: label, help and error belong to their control for a screen reader too."""

from django import forms

from callcenter.errors import DomainError
from callcenter.saving import attempt


class Letter(forms.Form):
    subject = forms.CharField(label="Subject", help_text="In one line.")
    urgent = forms.BooleanField(label="Urgent", required=False)
    to = forms.CharField(label="To", required=False)

    def clean(self):
        raise forms.ValidationError("No letters today.")


def test_field_ties_label_help_and_error_to_its_control():
    drawn = Letter({"subject": ""}).render()
    assert '<label for="id_subject">Subject</label>' in drawn
    assert 'id="id_subject_helptext">In one line.' in drawn
    assert 'id="id_subject_error"' in drawn
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in drawn


def test_form_says_first_what_is_wrong_with_all_of_it():
    drawn = Letter({"subject": "x"}).render()
    assert drawn.index("No letters today.") < drawn.index("Subject")


def test_field_that_may_stay_empty_says_so():
    assert "optional" in Letter()["to"].as_field_group()
    assert "optional" not in Letter()["urgent"].as_field_group()
    assert "optional" not in Letter()["subject"].as_field_group()


class Note(forms.Form):
    title = forms.CharField(widget=forms.TextInput({"autofocus": True}))
    text = forms.CharField()


def refuse_text():
    raise DomainError("Too rude.", field="text")


def test_page_of_a_form_begins_at_what_is_wrong():
    form = Note({"title": "x", "text": "y"})
    assert attempt(form, refuse_text) == (None, 400)
    assert "autofocus" in str(form["text"])
    assert "autofocus" not in str(form["title"])


class Parcel(forms.Form):
    way = forms.ChoiceField(
        choices=[("", "any"), ("Land", [("rail", "Rail"), ("road", "Lorry & <van>")]), ("Sea", [(7, "Ship")])]
    )


def test_select_says_what_django_would_and_escapes_it():
    drawn = str(Parcel({"way": "7"})["way"])
    assert drawn == (
        '<select name="way" id="id_way" required>'
        '<option value="">any</option>'
        '<optgroup label="Land"><option value="rail">Rail</option>'
        '<option value="road">Lorry &amp; &lt;van&gt;</option></optgroup>'
        '<optgroup label="Sea"><option value="7" selected>Ship</option></optgroup></select>'
    )
