'use strict';
// Lists: the height of rows that this device remembers, and picks. Without this script rows can be picked all the same.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const boxes = () => all('[name="pick"][form="list-picks"]');

  const dense = (value) => {
    document.documentElement.dataset.rows = value;
    all('[data-dense]').forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.dense === value)));
  };

  const count = () => {
    const picked = boxes().filter((box) => box.checked).length;
    boxes().forEach((box) => box.closest('tr').classList.toggle('is-picked', box.checked));
    all('[data-picked]').forEach((el) => { el.textContent = el.dataset.picked.replace('{n}', picked); });
    all('[data-pick-all]').forEach((box) => {
      box.checked = picked > 0 && picked === boxes().length;
      box.indeterminate = picked > 0 && !box.checked;
    });
  };

  const pickHere = () => {
    const box = document.querySelector('tr.is-at [name="pick"]');
    if (box) { box.checked = !box.checked; count(); }
  };

  dense(document.documentElement.dataset.rows ?? ''); // theme.js has read it, before anything was drawn
  count();
  document.addEventListener('htmx:afterSettle', count);
  document.addEventListener('reset', () => setTimeout(count));
  document.addEventListener('change', ({ target }) => {
    if (target.matches('[data-pick-all]')) boxes().forEach((box) => { box.checked = target.checked; });
    if (target.matches('.box')) count();
  });
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-dense]');
    if (!button) return;
    dense(button.dataset.dense);
    try { localStorage.setItem('rows', button.dataset.dense); } catch { /* storage refused: the choice lasts for this page */ }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'x' || event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
    if (!event.target.matches('input:not(.box), textarea, select')) pickHere();
  });
})();
