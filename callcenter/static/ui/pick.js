'use strict';
// Choosing while one types: an input with role="combobox" and the list that htmx fills for it. Arrows walk, Enter chooses,
// Escape closes. An option's data-text is written into the input, its data-value into the field that data-keeps names.
(() => {
  const chosen = new WeakMap(); // the text that was chosen: an answer that comes late does not open the list again
  const boxOf = (node) => node?.closest?.('[role="combobox"]');
  const listOf = (box) => document.getElementById(box.getAttribute('aria-controls'));
  const optionsOf = (box) => [...listOf(box).querySelectorAll('[role="option"]')];
  const isOpen = (box) => box.getAttribute('aria-expanded') === 'true';

  const mark = (box, option) => {
    optionsOf(box).forEach((one) => one.setAttribute('aria-selected', String(one === option)));
    if (option) box.setAttribute('aria-activedescendant', option.id);
    else box.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  };
  const show = (box, open) => {
    box.setAttribute('aria-expanded', String(open));
    listOf(box).hidden = !open;
    if (!open) mark(box, null);
  };
  const keep = (box, value) => {
    const kept = document.getElementById(box.dataset.keeps);
    if (!kept || kept.value === value) return;
    kept.value = value;
    kept.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const choose = (box, option) => {
    box.value = option.dataset.text;
    chosen.set(box, box.value);
    keep(box, option.dataset.value ?? '');
    show(box, false);
  };
  const step = (box, by) => {
    const all = optionsOf(box);
    const now = all.findIndex((one) => one.getAttribute('aria-selected') === 'true');
    mark(box, all[(now + by + all.length + (now < 0 && by < 0 ? 1 : 0)) % all.length]);
  };

  document.addEventListener('input', ({ target }) => {
    const box = boxOf(target);
    if (!box) return;
    chosen.delete(box);
    keep(box, ''); // another text is another customer, until one is chosen
  });
  document.addEventListener('htmx:afterSwap', ({ detail }) => {
    const box = document.querySelector(`[role="combobox"][aria-controls="${detail.target.id}"]`);
    if (!box) return;
    show(box, document.activeElement === box && chosen.get(box) !== box.value && optionsOf(box).length > 0);
  });
  document.addEventListener('keydown', (event) => {
    const box = boxOf(event.target);
    if (!box || event.isComposing || event.ctrlKey || event.metaKey) return;
    const at = document.getElementById(box.getAttribute('aria-activedescendant'));
    if (['ArrowDown', 'ArrowUp'].includes(event.key) && optionsOf(box).length) {
      event.preventDefault();
      if (!isOpen(box)) show(box, true);
      step(box, event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && isOpen(box) && at) {
      event.preventDefault();
      choose(box, at);
    } else if (event.key === 'Escape' && isOpen(box)) {
      event.preventDefault();
      show(box, false);
    }
  });
  document.addEventListener('focusout', ({ target }) => { if (boxOf(target)) show(target, false); });
  // The focus stays in the input while an option is clicked; without it the list would close under the pointer.
  document.addEventListener('mousedown', (event) => { if (event.target.closest('[role="option"]')) event.preventDefault(); });
  document.addEventListener('click', ({ target }) => {
    const option = target.closest('[role="option"]');
    const box = option && document.querySelector(`[aria-controls="${option.parentElement.id}"]`);
    if (box) choose(box, option);
  });
})();
