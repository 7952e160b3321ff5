'use strict';
// Loaded in the head before the style sheets, so that a page never flashes in the other theme or with the other navigation.
// What the person chose is kept on this device; until then the device decides.
(() => {
  const root = document.documentElement;
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* storage refused: the choice lasts for this page */ } };
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const wide = matchMedia('(min-width: 1200px)');

  const show = (theme) => {
    root.dataset.bsTheme = theme ?? (dark.matches ? 'dark' : 'light');
    root.dispatchEvent(new Event('themechange'));
  };
  const fold = (side) => { root.dataset.side = wide.matches && side !== 'narrow' ? 'wide' : 'narrow'; };

  show(kept('theme'));
  fold(kept('side'));
  root.dataset.rows = kept('rows') ?? '';
  dark.addEventListener('change', () => show(kept('theme')));
  wide.addEventListener('change', () => fold(kept('side')));
  document.addEventListener('click', ({ target }) => {
    if (target.closest('[data-theme-toggle]')) {
      show(root.dataset.bsTheme === 'dark' ? 'light' : 'dark');
      keep('theme', root.dataset.bsTheme);
    }
    if (target.closest('[data-side-toggle]')) {
      fold(root.dataset.side === 'narrow' ? 'wide' : 'narrow');
      keep('side', root.dataset.side);
    }
  });
})();
