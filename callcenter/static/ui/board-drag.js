'use strict';
// Dragging with a mouse or pen: a shift goes to another cell (with Ctrl a copy of it), on the view of one day also along the
// hours; from an empty cell it picks a range.
(() => {
  const { el, state, days, clock } = Board;
  const FAR = 5; // pixels before a press becomes a drag
  let from = null;

  const under = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest('#board .cell');
  const at = (cell) => ({ row: Number(cell.dataset.row), col: Number(cell.dataset.col) });
  const later = (drag, event) => {
    if (state.view !== 'day') return 0;
    return Math.round((event.clientX - drag.x) / (drag.cell.clientWidth / 48)) * 30;
  };

  el.addEventListener('pointerdown', (event) => {
    const cell = event.target.closest('.cell');
    if (!cell || event.button || event.pointerType === 'touch') return;
    const id = Number(event.target.closest('[data-shift]')?.dataset.shift);
    const shift = id && Board.all().find((one) => one.id === id);
    from = { cell, shift, x: event.clientX, y: event.clientY, ghost: null, on: false };
  });

  document.addEventListener('pointermove', (event) => {
    if (!from) return;
    if (!from.on) {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < FAR) return;
      from.on = true;
      if (from.shift) begin();
      else { state.at = at(from.cell); Board.clearPicks(); }
    }
    const cell = under(event);
    el.querySelectorAll('.is-target').forEach((one) => one.classList.remove('is-target'));
    if (from.ghost) {
      cell?.classList.add('is-target');
      from.ghost.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
      if (state.view === 'day') from.ghost.textContent = clock(from.shift.start + later(from, event));
    } else if (cell) {
      const { row, col } = at(cell);
      Board.pickTo(row, col);
      Board.showPicks();
    }
    event.preventDefault();
  });

  const begin = () => {
    from.ghost = from.cell.querySelector(`[data-shift="${from.shift.id}"]`).cloneNode(true);
    from.ghost.classList.add('is-ghost');
    document.body.append(from.ghost);
  };

  document.addEventListener('pointerup', (event) => {
    const drag = from;
    from = null;
    if (!drag?.on) return;
    const click = (one) => one.stopImmediatePropagation(); // the click that ends a drag picks nothing
    el.addEventListener('click', click, { capture: true, once: true });
    setTimeout(() => el.removeEventListener('click', click, { capture: true }));
    drag.ghost?.remove();
    el.querySelectorAll('.is-target').forEach((one) => one.classList.remove('is-target'));
    const cell = drag.ghost && under(event);
    if (!cell) return;
    const { row, col } = at(cell);
    const start = at(drag.cell);
    const minutes = later(drag, event);
    if (start.row === row && start.col === col && !minutes) return;
    const picked = Board.pickedShifts();
    const together = Board.picks.size > 1 && picked.some((one) => one.id === drag.shift.id);
    const taken = { shifts: together ? picked : [drag.shift], row: start.row, col: days()[start.col] };
    state.at = { row, col };
    Board.drop(taken, row, days()[col], event.ctrlKey || event.metaKey, minutes);
    Board.clearPicks();
  });
  document.addEventListener('pointercancel', () => { from?.ghost?.remove(); from = null; });
})();
