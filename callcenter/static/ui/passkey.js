'use strict';
// Passkeys, around allauth's scripts: what went wrong is said in words, and nothing is offered that the browser cannot do.
(() => {
  const show = (name) => document.querySelectorAll(`[data-passkey-${name}]`).forEach((el) => { el.hidden = false; });

  document.addEventListener('DOMContentLoaded', () => {
    if (window.PublicKeyCredential) return;
    show('missing');
    document.querySelectorAll('[data-passkey]').forEach((el) => { el.hidden = true; });
  });
  document.addEventListener('allauth.error', (event) => {
    event.preventDefault();
    show('failed');
  });
})();
