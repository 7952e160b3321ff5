'use strict';
// Loaded in the head before the style sheets, so that a page never flashes in the other theme.
// What the person chose is kept on this device; until then the device decides.
(() => {
  const root = document.documentElement;
  const kept = () => { try { return localStorage.getItem('theme'); } catch { return null; } };
  const device = matchMedia('(prefers-color-scheme: dark)');
  const show = () => {
    root.dataset.bsTheme = kept() ?? (device.matches ? 'dark' : 'light');
    root.dispatchEvent(new Event('themechange'));
  };
  show();
  device.addEventListener('change', show);
  document.addEventListener('click', (event) => {
    if (!event.target.closest('[data-theme-toggle]')) return;
    const next = root.dataset.bsTheme === 'dark' ? 'light' : 'dark';
    try { localStorage.setItem('theme', next); } catch { /* storage refused: the choice lasts for this page */ }
    root.dataset.bsTheme = next;
    root.dispatchEvent(new Event('themechange'));
  });
})();
