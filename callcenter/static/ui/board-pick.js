'use strict';
// Where one is on the board, and which cells are picked: arrows, Shift, Space, clicks.
(() => {
  const { el, state, words, on, days, shiftsAt, say } = Board;
  const picks = new Set();
  let anchor = null;

  const keyOf = (row, col) => `${state.rows[row][0]}:${days()[col]}`;
  const show = () => {
    el.querySelectorAll('.cell').forEach((cell) => {
      const picked = picks.has(keyOf(Number(cell.dataset.row), Number(cell.dataset.col)));
      cell.setAttribute('aria-selected', picked);
    });
  };
  const pick = (row, col) => picks.add(keyOf(row, col));
  const clear = () => { picks.clear(); anchor = null; show(); };
  const range = (row, col) => {
    anchor ??= { ...state.at };
    picks.clear();
    for (let r = Math.min(anchor.row, row); r <= Math.max(anchor.row, row); r += 1) {
      for (let c = Math.min(anchor.col, col); c <= Math.max(anchor.col, col); c += 1) pick(r, c);
    }
    say(words.picked.replace('%s', picks.size));
  };

  const go = (row, col, extend) => {
    const to = { row: Math.max(0, Math.min(state.rows.length - 1, row)), col: Math.max(0, Math.min(days().length - 1, col)) };
    if (extend) range(to.row, to.col);
    state.at = to;
    Board.focus();
    if (!extend) anchor = null;
    show();
  };

  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-12, 0], PageDown: [12, 0] };
  el.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const sideways = state.view === 'day' && event.shiftKey && ['ArrowLeft', 'ArrowRight'].includes(event.key);
    if (MOVES[event.key] && !sideways) {
      const [down, across] = MOVES[event.key];
      go(state.at.row + down, state.at.col + across, event.shiftKey);
    } else if (event.key === 'Home' || event.key === 'End') {
      go(state.at.row, event.key === 'Home' ? 0 : days().length - 1, event.shiftKey);
    } else if (event.key === ' ') {
      const key = keyOf(state.at.row, state.at.col);
      if (!picks.delete(key)) picks.add(key);
      say(words.picked.replace('%s', picks.size));
      show();
    } else if (event.key === 'Escape') clear();
    else return;
    event.preventDefault();
  });
  el.addEventListener('click', (event) => {
    const cell = event.target.closest('.cell');
    if (!cell) return;
    const [row, col] = [Number(cell.dataset.row), Number(cell.dataset.col)];
    if (event.ctrlKey || event.metaKey) {
      const key = keyOf(row, col);
      if (!picks.delete(key)) picks.add(key);
    } else if (!event.shiftKey) clear();
    go(row, col, event.shiftKey);
  });

  // What an act is about: the picked cells, else the one with the focus.
  const cells = () => {
    const keys = picks.size ? [...picks] : [keyOf(state.at.row, state.at.col)];
    return keys.map((key) => key.split(':').map(Number));
  };
  const shifts = () => cells().flatMap(([person, day]) => shiftsAt(person, day));
  on('drawn', show);
  Object.assign(Board, { picks, cells, pickedShifts: shifts, clearPicks: clear, pickTo: range, showPicks: show });
})();
