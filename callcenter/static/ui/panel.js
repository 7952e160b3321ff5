'use strict';
// The side panel: whatever htmx puts into <dialog id="panel"> opens it, wrong answers included, so that a form comes back
// with what was typed and why it was refused. A click beside it closes it as long as nothing was typed.
(() => {
  const panel = document.getElementById('panel');
  if (!panel) return;
  let opener = null;
  let typed = false;

  const first = () => panel.querySelector('[aria-invalid="true"]') ?? panel.querySelector('[autofocus], .form :is(input:not([type="hidden"]), select, textarea)')
    ?? panel.querySelector('h2');

  document.addEventListener('htmx:beforeRequest', ({ detail }) => {
    if (detail.target === panel && !panel.open) opener = document.activeElement;
  });
  document.addEventListener('htmx:beforeSwap', ({ detail }) => {
    if (detail.target !== panel || detail.xhr.status < 400) return;
    detail.shouldSwap = true;
    detail.isError = false;
  });
  document.addEventListener('htmx:afterSwap', ({ detail }) => {
    if (detail.target.id === 'main') panel.close();
    if (detail.target !== panel) return;
    if (!panel.open) panel.showModal();
    first()?.focus();
  });
  document.addEventListener('click', (event) => {
    const away = panel.contains(event.target) && event.target.closest('[data-panel-close]');
    if (away) event.preventDefault(); // on a page of its own it is a link back
    if (away || (event.target === panel && !typed)) panel.close();
  });
  panel.addEventListener('input', () => { typed = true; });
  panel.addEventListener('close', () => {
    panel.replaceChildren();
    typed = false;
    (opener?.isConnected ? opener : document.getElementById('main')).focus({ preventScroll: true });
  });
})();
