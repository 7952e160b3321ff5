'use strict';
// A button that chooses an answer elsewhere in its form: data-choose names the field, data-value the answer.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-choose]');
  if (!button) return;
  const answers = [...button.form.querySelectorAll('input[type="radio"]')];
  const answer = answers.find((one) => one.name === button.dataset.choose && one.value === button.dataset.value);
  if (!answer) return;
  answer.checked = true;
  answer.focus();
});
