'use strict';
// The roster's board: what it knows. The other board-*.js draw it, pick on it and act; they share the one object `Board`.
const Board = (() => {
  const el = document.getElementById('board');
  const words = JSON.parse(document.getElementById('board-words').textContent);
  const state = {
    data: null, rows: [], view: 'week', from: 0, cells: new Map(), heads: {}, filter: {},
    at: { row: 0, col: 0 },
  };
  const listeners = {};
  const on = (name, act) => { (listeners[name] ??= []).push(act); };
  const tell = (name, about) => (listeners[name] ?? []).forEach((act) => act(about));

  const say = (text) => { document.getElementById('board-said').textContent = text; };
  const refuse = (text) => {
    const note = document.getElementById('board-refused');
    note.hidden = !text;
    note.textContent = text ?? '';
  };

  const days = () => {
    const all = state.data.days;
    if (state.view === 'month') return all.map((_day, at) => at);
    const count = state.view === 'day' ? 1 : 7;
    return all.slice(state.from, state.from + count).map((_day, at) => state.from + at);
  };
  const clock = (minute) => {
    const inDay = ((minute % 1440) + 1440) % 1440;
    return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
  };

  const index = () => {
    state.cells = new Map();
    for (const [id, person, day, pattern, skill, start, minutes, bits] of state.data.shifts) {
      const shift = { id, person, day, pattern, skill, start, end: start + minutes, locked: Boolean(bits & 1), untold: Boolean(bits & 2) };
      const key = `${person}:${day}`;
      if (!state.cells.has(key)) state.cells.set(key, []);
      state.cells.get(key).push(shift);
    }
    state.away = new Map();
    for (const [person, start, end] of state.data.away) {
      for (let day = Math.floor(start / 1440); day * 1440 < end; day += 1) state.away.set(`${person}:${day}`, [start, end]);
    }
  };

  const shiftsAt = (person, day) => state.cells.get(`${person}:${day}`) ?? [];
  const all = () => [...state.cells.values()].flat();

  // A row for each person that the filters leave, and one for open shifts (person 0) on top.
  const sieve = () => {
    const { words: typed = '', team, skill, pattern, gaps } = state.filter;
    const wanted = typed.trim().toLowerCase();
    const shown = days();
    const shortDays = shown.filter((day) => (state.heads[state.data.days[day][0]] ?? []).some((half) => half[3]));
    const keep = ([pk, number, name, ofTeam, skills]) => (!wanted || name.toLowerCase().includes(wanted) || number.startsWith(wanted))
      && (!team || ofTeam === Number(team)) && (!skill || skills.includes(Number(skill)))
      && (!pattern || shown.some((day) => shiftsAt(pk, day).some((shift) => shift.pattern === Number(pattern))))
      && (!gaps || shortDays.some((day) => !shiftsAt(pk, day).length && !state.away.has(`${pk}:${day}`)));
    state.rows = [[0, '', words.open, 0, []], ...state.data.people.filter(keep)];
    state.at.row = Math.min(state.at.row, state.rows.length - 1);
  };

  const arrange = () => { sieve(); tell('arranged'); };

  const load = async () => {
    const day = state.view === 'day' && state.data ? `?day=${state.data.days[state.from][0]}` : '';
    const answer = await fetch(el.dataset.url + day, { headers: { Accept: 'application/json' } });
    if (!answer.ok) { refuse(words.failed); return; }
    state.data = await answer.json();
    index();
    arrange();
    tell('loaded');
  };

  // Somebody else may plan here too: look every quarter of a minute, while the page is seen.
  const look = async () => {
    if (document.hidden || !state.data || !el.isConnected) return;
    const answer = await fetch(`${el.dataset.url}?revision=${state.data.revision}`);
    if (answer.status === 200) { await load(); say(words.others); }
  };
  setInterval(look, 15000);
  document.addEventListener('board-changed', async () => {
    document.getElementById('panel').close();
    await load();
    say(words.saved);
  });

  const apply = (answer) => {
    state.data.revision = answer.revision;
    if (!answer.touched) return load();
    const touched = new Set(answer.touched);
    state.data.shifts = [...state.data.shifts.filter(([id]) => !touched.has(id)), ...answer.shifts];
    index();
    arrange();
    return Promise.resolve();
  };

  document.addEventListener('DOMContentLoaded', load);
  return { el, words, state, on, tell, say, refuse, days, clock, shiftsAt, all, arrange, load, apply };
})();
