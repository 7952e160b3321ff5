'use strict';
// Keys: / goes to the list's search, Ctrl-K to the search over everything, ? explains; j, k and Enter walk a table with
// data-keys and open its row.
(() => {
  const typing = (el) => el.matches('input:not(.box), textarea, select, [contenteditable]');
  const one = (selector) => document.querySelector(selector);

  const walk = (step) => {
    const rows = [...document.querySelectorAll('[data-keys] tbody tr')];
    if (!rows.length) return;
    const at = rows.findIndex((row) => row.classList.contains('is-at'));
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    document.activeElement.blur(); // Enter is for the row now, no longer for what had the focus
    rows[at]?.classList.remove('is-at');
    next.classList.add('is-at');
    next.scrollIntoView({ block: 'nearest' });
  };

  const act = {
    '/': () => (one('[data-search]') ?? one('[data-find]')).focus(),
    '?': () => one('[data-keys-help]').click(),
    j: () => walk(1),
    k: () => walk(-1),
  };

  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.altKey || one('dialog[open]')) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== 'k') return;
      event.preventDefault();
      one('[data-find]')?.select();
    } else if (event.key === 'Enter' && event.target === document.body) {
      one('[data-keys] tr.is-at a')?.click();
    } else if (act[event.key] && !typing(event.target)) {
      event.preventDefault();
      act[event.key]();
    }
  });
})();
