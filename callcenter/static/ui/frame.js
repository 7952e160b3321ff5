'use strict';
// The frame's own life: menus, tabs, what a search found, the mark that something is under way, and a form that is sent once.
(() => {
  const root = document.documentElement;
  const menus = () => document.querySelectorAll('details.menu[open]');
  const find = document.querySelector('[data-find]');
  const found = () => [...document.querySelectorAll('#found a')];

  document.addEventListener('click', ({ target }) => {
    menus().forEach((menu) => { if (!menu.contains(target)) menu.open = false; });
  });

  // Focus stays in the box while a result is clicked; without it the list would close under the pointer.
  document.addEventListener('mousedown', (event) => { if (event.target.closest('#found')) event.preventDefault(); });

  const step = (by) => {
    const stops = [find, ...found()];
    stops[stops.indexOf(document.activeElement) + by]?.focus();
  };
  document.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      menus().forEach((menu) => { menu.open = false; menu.querySelector('summary').focus(); });
      if (event.target.closest('.find')) document.activeElement.blur();
    } else if (event.target.closest('.find') && ['ArrowDown', 'ArrowUp'].includes(event.key)) {
      event.preventDefault();
      step(event.key === 'ArrowDown' ? 1 : -1);
    }
  });

  // What htmx asked for and did not get is said, until something is answered again.
  const failed = () => document.querySelector('.is-failed');
  const fail = () => { if (!failed()) document.body.append(document.getElementById('failed').content.cloneNode(true)); };
  ['htmx:responseError', 'htmx:sendError', 'htmx:timeout'].forEach((name) => document.addEventListener(name, fail));
  document.addEventListener('htmx:afterRequest', ({ detail }) => { if (detail.successful) failed()?.remove(); });

  // On a phone a row of tabs can be wider than the screen; the open one is moved into sight, the page stays where it is.
  const tabs = () => document.querySelectorAll(':is(.tabs, .seg) > [aria-current]').forEach((open) => {
    open.parentElement.scrollLeft = open.offsetLeft - open.parentElement.offsetLeft - 48;
  });
  tabs();
  document.addEventListener('htmx:afterSettle', tabs);

  // A second click on the button of a form that is on its way sends nothing.
  const WAIT = 15_000; // ms: an answer that is a file leaves the page as it is, so both marks end by themselves
  const sent = new Set();
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if (sent.has(form)) event.preventDefault();
    sent.add(form);
    setTimeout(() => sent.delete(form), WAIT);
  });
  addEventListener('beforeunload', () => {
    root.classList.add('is-leaving');
    setTimeout(() => root.classList.remove('is-leaving'), WAIT);
  });
  addEventListener('pageshow', () => { root.classList.remove('is-leaving'); sent.clear(); });
})();
