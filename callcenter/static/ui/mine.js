'use strict';
// The own roster: how long until the next moment of the shift, and what a mark of the clock says when there is no connection.
(() => {
  const MINUTE = 60_000;

  const length = (ms, words) => {
    const minutes = Math.max(1, Math.ceil(ms / MINUTE));
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    const pattern = hours ? (rest ? words.both : words.hours) : words.minutes;
    return pattern.replace('%(hours)d', hours).replace('%(minutes)d', rest);
  };

  const tick = () => document.querySelectorAll('[data-moments]').forEach((line) => {
    const now = Date.now();
    const moments = [...line.querySelectorAll('time')];
    const next = moments.find((one) => Date.parse(one.dateTime) > now);
    moments.forEach((one) => { one.hidden = one !== next; });
    if (next) next.textContent = next.dataset.text.replace('%(time)s', length(Date.parse(next.dateTime) - now, line.dataset));
  });
  tick();
  setInterval(tick, 15_000);
  document.addEventListener('htmx:afterSettle', tick);

  const say = (form, shown) => { if (form) form.querySelector('[data-offline]').hidden = !shown; };
  const form = (event) => event.target.closest?.('[data-clock]');
  document.addEventListener('htmx:beforeRequest', (event) => say(form(event), false));
  ['htmx:sendError', 'htmx:timeout'].forEach((name) => document.addEventListener(name, (event) => say(form(event), true)));
})();
