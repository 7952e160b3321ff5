'use strict';
// Keys: / goes to the search; j, k and Enter walk a table with data-keys and open its row; Escape closes a menu.
(() => {
  const typing = (el) => el.matches('input, textarea, select, [contenteditable]');
  const menus = () => document.querySelectorAll('details.menu[open]');

  const walk = (step) => {
    const rows = [...document.querySelectorAll('[data-keys] tbody tr')];
    if (!rows.length) return;
    const at = rows.findIndex((row) => row.classList.contains('is-at'));
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    rows[at]?.classList.remove('is-at');
    next.classList.add('is-at');
    next.scrollIntoView({ block: 'nearest' });
  };

  const act = {
    '/': () => document.querySelector('[data-search]')?.focus(),
    j: () => walk(1),
    k: () => walk(-1),
  };

  document.addEventListener('keydown', (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
    if (event.key === 'Escape') {
      menus().forEach((menu) => { menu.open = false; menu.querySelector('summary').focus(); });
    } else if (event.key === 'Enter' && event.target === document.body) {
      document.querySelector('[data-keys] tr.is-at a')?.click();
    } else if (act[event.key] && !typing(event.target)) {
      event.preventDefault();
      act[event.key]();
    }
  });
  document.addEventListener('click', (event) => {
    menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
})();
