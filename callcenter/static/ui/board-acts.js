'use strict';
// What may be done to picked cells, by keys and buttons. Acts go to the server one after the other; each says what it did.
(() => {
  const { el, state, words, days, shiftsAt, say, refuse } = Board;
  const token = JSON.parse(document.body.getAttribute('hx-headers'))['x-csrftoken'];
  const iso = (day) => state.data.days[day][0];
  let last = Promise.resolve();
  let held = null; // what x, c or m took: its shifts, where from, and whether they move

  const send = (name, about) => {
    last = last.then(() => post(name, about)).catch(() => refuse(words.failed));
    return last;
  };
  const post = async (name, about) => {
    refuse('');
    const answer = await fetch(el.dataset.acts.replace('/move/', `/${name}/`), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'x-csrftoken': token },
      body: JSON.stringify({ revision: state.data.revision, ...about }),
    });
    const told = answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : null;
    if (!answer.ok) {
      refuse(told ? [told.message, told.mend].filter(Boolean).join(' ') : words.failed);
      if (answer.status === 409) await Board.load();
      return;
    }
    const before = state.data.shifts.filter(([id]) => told.touched?.includes(id)).map((one) => one[2]);
    await Board.apply(told);
    if (state.view === 'day') await Board.load();
    else if (told.touched) Board.cover([...new Set([...before, ...told.shifts.map((one) => one[2])])]);
    count(told.changed);
    say(told.said);
  };
  const count = (changed) => {
    const note = document.getElementById('board-changed');
    note.textContent = changed === 1 ? note.dataset.one : note.dataset.many.replace('%s', changed);
  };

  const assign = (pattern) => {
    const cells = Board.cells().filter(([person]) => person);
    const byDays = new Map(); // the cells of people who are picked for the same days go together
    for (const [person, day] of cells) byDays.set(person, [...(byDays.get(person) ?? []), day]);
    const groups = new Map();
    for (const [person, picked] of byDays) {
      const key = picked.sort((a, b) => a - b).join();
      groups.set(key, [...(groups.get(key) ?? []), person]);
    }
    for (const [key, people] of groups) send('assign', { people, days: key.split(',').map((day) => iso(Number(day))), pattern });
  };

  const take = (copy) => {
    const shifts = Board.pickedShifts();
    if (!shifts.length) { say(words.nothing); return; }
    held = { shifts, copy, row: state.at.row, col: days()[state.at.col] };
    el.classList.add('is-holding');
    say((copy ? words.copied : words.cut).replace('%s', shifts.length));
  };
  const letGo = () => { held = null; el.classList.remove('is-holding'); };
  const drop = (taken, row, day, copy, minutes = 0) => {
    if (!copy && locked(taken.shifts)) return;
    const rowOf = new Map(state.rows.map(([pk], at) => [pk, at]));
    const moves = taken.shifts.map((shift) => {
      const to = state.rows[(rowOf.get(shift.person) ?? taken.row) + row - taken.row];
      const on_ = shift.day + day - taken.col;
      return to && state.data.days[on_] ? [shift.id, to[0] || null, iso(on_), minutes] : null;
    });
    if (moves.includes(null)) { refuse(words.outside); return; }
    send(copy ? 'copy' : 'move', { moves });
  };
  const paste = () => {
    if (!held) { say(words.nothing); return; }
    drop(held, state.at.row, days()[state.at.col], held.copy);
    if (!held.copy) letGo();
    Board.clearPicks();
  };
  const ids = () => Board.pickedShifts().map((shift) => shift.id);
  const some = (act) => { const picked = ids(); if (picked.length) act(picked); else say(words.nothing); };
  const locked = (shifts) => shifts.some((shift) => shift.locked) && (refuse(words.is_locked), true);
  const remove = () => { if (!locked(Board.pickedShifts())) some((picked) => send('remove', { shift_ids: picked })); };
  const lock = () => some((picked) => send('lock', { shift_ids: picked, locked: !Board.pickedShifts().every((shift) => shift.locked) }));
  const sideways = (minutes) => {
    const [shift] = shiftsAt(state.rows[state.at.row][0], days()[state.at.col]);
    if (shift) send('move', { moves: [[shift.id, shift.person || null, iso(shift.day), minutes]] });
  };
  const open = () => {
    const [person, day] = Board.cells()[0];
    const [shift] = shiftsAt(person, day);
    const number = state.rows[state.at.row][1];
    const url = shift ? el.dataset.shift.replace('/0/', `/${shift.id}/`) : `${el.dataset.new}?person=${encodeURIComponent(number)}&day=${iso(day)}`;
    htmx.ajax('GET', url, { target: '#panel' });
  };

  const KEYS = {
    x: () => take(false), c: () => take(true), v: paste, m: () => (held ? paste() : take(false)),
    l: lock, u: () => send('undo', {}), Enter: open,
    Delete: remove,
    Escape: letGo,
  };
  KEYS.Backspace = KEYS.Delete;
  el.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest('.cell')) return;
    const patterns = state.data.patterns.filter((one) => one[6]);
    if (/^[1-9]$/.test(event.key) && patterns[event.key - 1]) assign(patterns[event.key - 1][0]);
    else if (state.view === 'day' && event.shiftKey && event.key === 'ArrowLeft') sideways(-30);
    else if (state.view === 'day' && event.shiftKey && event.key === 'ArrowRight') sideways(30);
    else if (KEYS[event.key]) KEYS[event.key]();
    else return;
    event.preventDefault();
  });
  el.addEventListener('dblclick', (event) => { if (event.target.closest('.cell')) open(); });

  // The buttons: undo, one for each pattern, and the two forms that fill.
  document.querySelector('[data-act="undo"]').addEventListener('click', () => send('undo', {}));
  document.getElementById('board-patterns').addEventListener('click', ({ target }) => {
    const button = target.closest('[data-pattern]');
    if (button) assign(Number(button.dataset.pattern));
  });
  document.querySelectorAll('[data-fill]').forEach((form) => form.addEventListener('submit', (event) => {
    event.preventDefault();
    const about = Object.fromEntries(new FormData(form));
    const people = new Set([...Board.picks].map((key) => Number(key.split(':')[0])).filter(Boolean));
    const shown = state.rows.map(([pk]) => pk).filter((pk) => pk && (!people.size || people.has(pk)));
    send(form.dataset.fill, form.dataset.fill === 'rotate' ? { ...about, people: shown } : about);
    form.closest('details').open = false;
  }));
  Object.assign(Board, { drop });
})();
