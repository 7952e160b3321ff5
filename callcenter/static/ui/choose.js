'use strict';
// A button that chooses an answer elsewhere in its form: data-choose names the field, data-value the answer.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-choose]');
  const answers = button?.form?.elements.namedItem(button.dataset.choose);
  if (!answers) return;
  answers.value = button.dataset.value;
  [...answers].find((one) => one.checked)?.focus();
});
