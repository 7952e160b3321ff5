'use strict';
// The strip under the board: heads required, present and short. A day is a small picture with its sum in words; on the view
// of one day every half hour has its three numbers.
(() => {
  const { el, words, state, on, days } = Board;
  const SVG = 'http://www.w3.org/2000/svg';
  const strip = document.createElement('div');
  strip.className = 'board-cover';
  strip.setAttribute('role', 'rowgroup');
  el.append(strip);

  const made = (name, css, text = '') => Object.assign(document.createElement(name), { className: css, textContent: text });
  const svg = (name, facts) => {
    const one = document.createElementNS(SVG, name);
    Object.entries(facts).forEach(([key, value]) => one.setAttribute(key, value));
    return one;
  };

  const picture = (halves) => {
    const top = Math.max(1, ...halves.map(([, required, present]) => Math.max(required, present)));
    const drawn = svg('svg', { viewBox: '0 0 48 20', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
    for (const [minute, required, present, short] of halves) {
      const bar = (heads, css) => svg('rect', { class: css, x: minute / 30, width: 1, y: 20 - (heads / top) * 20, height: (heads / top) * 20 });
      drawn.append(bar(required, short ? 'is-short' : 'is-required'), bar(Math.min(present, required || present), 'is-present'));
    }
    return drawn;
  };

  const summed = (halves) => {
    const short = halves.reduce((sum, half) => sum + half[3], 0) / 2;
    const one = made('div', `sum${short ? ' is-short' : ''}`);
    one.append(picture(halves), made('span', '', short ? words.short.replace('%s', short) : words.covered));
    return one;
  };

  const row = (name, cells) => {
    const line = made('div', 'board-row');
    line.setAttribute('role', 'row');
    const who = made('div', 'who', name);
    who.setAttribute('role', 'rowheader');
    line.append(who, ...cells);
    cells.forEach((one) => one.setAttribute('role', 'gridcell'));
    return line;
  };

  const halves = (day) => state.heads[state.data.days[day][0]] ?? [];
  const draw = () => {
    if (!state.data) return;
    if (state.view !== 'day') {
      strip.replaceChildren(row(words.cover, days().map((day) => summed(halves(day)))));
      return;
    }
    const known = new Map(halves(days()[0]).map((half) => [half[0], half]));
    const numbers = (at, css) => {
      const lane = made('div', 'halves');
      for (let minute = 0; minute < 1440; minute += 30) {
        const value = known.get(minute)?.[at] ?? 0;
        lane.append(made('span', value && css ? css : '', value || ''));
      }
      return lane;
    };
    const clock = made('div', 'halves');
    for (let minute = 0; minute < 1440; minute += 30) clock.append(made('span', 'sub', minute % 120 ? '' : Board.clock(minute)));
    strip.replaceChildren(
      row(words.half_hour, [clock]), row(words.required, [numbers(1)]), row(words.present, [numbers(2)]), row(words.short_heads, [numbers(3, 'is-short')]),
    );
  };

  const load = async (wanted = []) => {
    const asked = wanted.map((day) => `day=${state.data.days[day][0]}`).join('&');
    const answer = await fetch(`${el.dataset.heads}?${asked}`);
    if (!answer.ok) return;
    Object.assign(state.heads, await answer.json());
    if (state.filter.gaps) Board.arrange();
    else draw();
  };
  Board.cover = load;
  on('loaded', () => load());
  on('arranged', draw);
})();
