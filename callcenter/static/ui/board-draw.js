'use strict';
// Draws the board: a head, only those rows that are in sight, and bars of half hours for a single day.
(() => {
  const { el, words, state, on, days, clock, shiftsAt } = Board;
  const HEIGHT = 34;
  const BEYOND = 8;
  const node = (name, css, text = '') => Object.assign(document.createElement(name), { className: css, textContent: text });
  const head = node('div', 'board-head');
  const body = node('div', 'board-body');
  head.setAttribute('role', 'row');
  body.setAttribute('role', 'rowgroup');
  el.append(head, body);
  const drawn = new Map();

  const pattern = (pk) => state.data.patterns.find((one) => one[0] === pk);
  const named = (shift) => {
    const kind = pattern(shift.pattern);
    const marks = [shift.locked && words.locked, shift.untold && words.untold].filter(Boolean);
    return [`${kind ? `${kind[1]} ${kind[2]}` : words.own} ${clock(shift.start)}–${clock(shift.end)}`, ...marks].join(', ');
  };
  const lock = () => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    use.setAttribute('href', `${el.dataset.icons}#i-lock`);
    svg.setAttribute('class', 'i');
    svg.append(use);
    return svg;
  };
  const chip = (shift, short) => {
    const kind = pattern(shift.pattern);
    const made = node('span', `shift p${kind ? kind[3] : 0}${shift.untold ? ' is-untold' : ''}`);
    made.append(node('b', '', kind ? kind[1] : '·'));
    if (!short) made.append(node('small', '', `${clock(shift.start)}–${clock(shift.end)}`));
    if (shift.locked) made.append(lock());
    made.dataset.shift = shift.id;
    return made;
  };

  const label = (row, day) => {
    const [, weekday, date] = state.data.days[day];
    const shifts = shiftsAt(row[0], day);
    const what = shifts.length ? shifts.map(named).join('; ') : state.away.has(`${row[0]}:${day}`) ? words.away : words.free;
    return `${row[2]}, ${weekday} ${date}: ${what}`;
  };

  const cell = (row, at, day, col) => {
    const made = node('div', 'cell');
    made.setAttribute('role', 'gridcell');
    made.setAttribute('aria-colindex', col + 2);
    made.setAttribute('aria-label', label(row, day));
    made.dataset.row = at;
    made.dataset.col = col;
    made.tabIndex = at === state.at.row && col === state.at.col ? 0 : -1;
    if (state.away.has(`${row[0]}:${day}`)) made.append(node('span', 'is-away', words.away));
    if (state.view === 'day') bars(made, row, day);
    else made.append(...shiftsAt(row[0], day).map((shift) => chip(shift, state.view === 'month')));
    return made;
  };

  // The lane of a day: bars from begin to end, breaks cut out, also of the night that began the day before.
  const bars = (lane, row, day) => {
    lane.classList.add('lane');
    const zero = day * 1440;
    for (const shift of [...shiftsAt(row[0], day - 1), ...shiftsAt(row[0], day)]) {
      if (shift.end <= zero || shift.start >= zero + 1440) continue;
      const bar = chip(shift, false);
      place(bar, shift.start - zero, shift.end - zero);
      for (const [start, minutes] of state.data.breaks?.[shift.id] ?? []) {
        const rest = node('i', 'rest');
        rest.style.left = `${((start - shift.start) / (shift.end - shift.start)) * 100}%`;
        rest.style.width = `${(minutes / (shift.end - shift.start)) * 100}%`;
        bar.append(rest);
      }
      lane.append(bar);
    }
  };
  const place = (bar, from, to) => {
    const [start, end] = [Math.max(0, from), Math.min(1440, to)];
    bar.style.left = `${(start / 1440) * 100}%`;
    bar.style.width = `${((end - start) / 1440) * 100}%`;
  };

  const line = (at) => {
    const row = state.rows[at];
    const made = node('div', `board-row${row[0] ? '' : ' is-open'}`);
    made.setAttribute('role', 'row');
    made.setAttribute('aria-rowindex', at + 2);
    made.style.transform = `translateY(${at * HEIGHT}px)`;
    const name = node('div', 'who cut', row[2]);
    name.setAttribute('role', 'rowheader');
    name.append(node('span', 'sub', row[1]));
    made.append(name, ...days().map((day, col) => cell(row, at, day, col)));
    return made;
  };

  const heading = () => {
    const corner = node('div', 'who', words.people.replace('%s', state.rows.length - 1));
    corner.setAttribute('role', 'columnheader');
    const shown = days().map((day) => {
      const [iso, weekday, written, worked, peak] = state.data.days[day];
      const date = state.view === 'month' ? String(Number(iso.slice(8))) : written;
      const made = node('div', `day${worked ? '' : ' is-rest'}${peak ? ' is-peak' : ''}`);
      made.setAttribute('role', 'columnheader');
      made.append(node('b', '', weekday), node('span', '', date));
      if (peak) made.append(node('em', '', words.peak));
      return made;
    });
    head.replaceChildren(corner, ...shown);
  };

  const rows = () => {
    const top = Math.max(0, Math.floor(el.scrollTop / HEIGHT) - BEYOND);
    const last = Math.min(state.rows.length, Math.ceil((el.scrollTop + el.clientHeight) / HEIGHT) + BEYOND);
    for (const [at, made] of drawn) {
      if ((at < top || at >= last) && at !== state.at.row) { made.remove(); drawn.delete(at); }
    }
    for (let at = top; at < last; at += 1) {
      if (!drawn.has(at)) { drawn.set(at, line(at)); body.append(drawn.get(at)); }
    }
    Board.tell('drawn');
  };

  const draw = () => {
    const focused = body.contains(document.activeElement);
    el.dataset.view = state.view;
    el.style.setProperty('--columns', days().length);
    el.setAttribute('aria-rowcount', state.rows.length + 1);
    el.setAttribute('aria-colcount', days().length + 1);
    body.style.height = `${state.rows.length * HEIGHT}px`;
    state.at.col = Math.min(state.at.col, days().length - 1);
    drawn.clear();
    body.replaceChildren();
    heading();
    rows();
    el.removeAttribute('aria-busy');
    if (focused) Board.focus();
  };

  Board.cellAt = (row, col) => body.querySelector(`[data-row="${row}"][data-col="${col}"]`);
  Board.focus = () => {
    const { row, col } = state.at;
    const top = row * HEIGHT;
    const seen = el.clientHeight - head.offsetHeight - (el.querySelector('.board-cover')?.offsetHeight ?? 0) - HEIGHT;
    if (top < el.scrollTop) el.scrollTop = top;
    else if (top > el.scrollTop + seen) el.scrollTop = top - seen;
    rows();
    body.querySelectorAll('.cell[tabindex="0"]').forEach((one) => { one.tabIndex = -1; });
    const wanted = Board.cellAt(row, col);
    if (wanted) { wanted.tabIndex = 0; wanted.focus({ preventScroll: true }); }
  };

  let waits = false;
  el.addEventListener('scroll', () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => { waits = false; if (state.data) rows(); });
  }, { passive: true });
  on('arranged', draw);

  // Which days, and which people: the tools above the board.
  const tools = document.getElementById('board-tools');
  const step = () => (state.view === 'day' ? 1 : 7);
  tools.addEventListener('click', ({ target }) => {
    const view = target.closest('[data-view]');
    const turn = target.closest('[data-step]');
    if (view) {
      tools.querySelectorAll('[data-view]').forEach((one) => one.setAttribute('aria-pressed', one === view));
      const day = days()[Math.min(state.at.col, days().length - 1)] ?? 0;
      state.view = view.dataset.view;
      state.from = state.view === 'day' ? day : Math.floor(day / 7) * 7;
    } else if (turn) {
      const last = state.data.days.length - 1;
      const next = state.from + step() * Number(turn.dataset.step);
      if (state.view === 'month' || next < 0 || next > last) return;
      state.from = next;
    } else return;
    Board.load();
  });
  tools.addEventListener('input', ({ target }) => {
    const name = target.dataset.filter;
    if (!name) return;
    state.filter[name] = target.type === 'checkbox' ? target.checked : target.value;
    Board.arrange();
  });
  const options = (name, rows_) => {
    const select = tools.querySelector(`[data-filter="${name}"]`);
    if (select.options.length > 1) return;
    select.append(...rows_.map(([value, text]) => new Option(text, value)));
  };
  on('loaded', () => {
    options('team', state.data.teams);
    options('skill', state.data.skills.map(([pk, , name]) => [pk, name]));
    options('pattern', state.data.patterns.map(([pk, code, name]) => [pk, `${code} ${name}`]));
  });
})();
