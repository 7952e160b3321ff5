'use strict';
// A form that is filled in while somebody is on the telephone (data-quick): Enter goes on to the next field instead of sending
// half of it, Ctrl and Enter save from anywhere.
(() => {
  const FIELDS = ':is(input, select, textarea):not([type="hidden"], :disabled), button.btn-primary';

  document.addEventListener('keydown', (event) => {
    const form = event.target.closest('form[data-quick]');
    if (!form || event.key !== 'Enter' || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector('button.btn-primary'));
    } else if (event.target.matches('input:not([type="file"]), select')) {
      event.preventDefault();
      const fields = [...form.querySelectorAll(FIELDS)].filter((field) => field.offsetParent);
      fields[fields.indexOf(event.target) + 1]?.focus();
    }
  });
})();
