'use strict';
// Writing without a name: every request goes out without a cookie, with a token of rights.js or with the receipt alone.
(() => {
  const STORE = 'rights';
  const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const PLACES = 20;
  const words = document.getElementById('unnamed').dataset;
  const kept = () => { try { return JSON.parse(localStorage.getItem(STORE)) ?? {}; } catch { return {}; } };
  const rights = () => kept().tokens ?? [];
  const drop = (token) => localStorage.setItem(STORE, JSON.stringify({ ...kept(), tokens: rights().filter((one) => one.token !== token) }));
  const show = (name, visible = true) => document.querySelectorAll(`[data-unnamed-${name}]`).forEach((el) => { el.hidden = !visible; });

  const newCode = () => [...crypto.getRandomValues(new Uint8Array(PLACES))].map((byte) => LETTERS[byte & 31]).join('');
  const spaced = (code) => code.match(/.{5}/g).join('-');
  const plain = (text) => text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

  const send = (address, data, headers = {}) => fetch(address + location.search, {
    method: 'POST', body: data, headers, credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store',
  });

  // The work that a look-up costs: a number with which the digest of the code begins with enough zero bits.
  const stamps = new Map();
  const stampFor = async (code) => {
    if (stamps.has(code)) return stamps.get(code);
    const text = new TextEncoder();
    const shift = 32 - Number(words.work);
    for (let start = 0; ; start += 512) {
      const digests = await Promise.all(Array.from({ length: 512 }, (_, i) => crypto.subtle.digest('SHA-256', text.encode(`${code}:${start + i}`))));
      const hit = digests.findIndex((digest) => new DataView(digest).getUint32(0) >>> shift === 0);
      if (hit >= 0) {
        stamps.set(code, String(start + hit));
        return stamps.get(code);
      }
    }
  };

  const say = (form, lines) => {
    form.querySelectorAll('[data-wrong]').forEach((el) => el.remove());
    for (const { field, message, mend } of lines) {
      const named = field && form.elements.namedItem(field);
      const input = named instanceof RadioNodeList ? named[0] : named;
      const line = document.createElement('p');
      line.dataset.wrong = '';
      line.setAttribute('role', 'alert');
      line.className = input ? 'errorlist' : 'note is-risk';
      line.textContent = [message, mend].filter(Boolean).join(' ');
      const place = input?.closest('.field');
      if (place) place.append(line); else form.prepend(line);
    }
    form.querySelector('[data-wrong]')?.scrollIntoView({ block: 'center' });
  };

  const refusals = async (response) => {
    try { return (await response.json()).errors; } catch { return [{ message: words.failed }]; }
  };

  // The token and the code stay the same until it is known what became of them, so that trying again sends nothing twice.
  const attempt = { code: null, unsure: false };
  const write = async (form) => {
    const [right] = rights();
    if (!right) { show('none'); return; }
    attempt.code ??= newCode();
    const data = new FormData(form);
    data.set('code', attempt.code);
    let response;
    try {
      response = await send(form.action, data, { Authorization: `PrivateToken token="${right.token}"` });
    } catch {
      attempt.unsure = true;
      say(form, [{ message: words.failed }]);
      return;
    }
    const errors = response.ok ? [] : await refusals(response);
    const gone = ['spent', 'token'].includes(errors[0]?.code);
    if (response.ok || gone) drop(right.token);
    if (!response.ok && !(attempt.unsure && errors[0]?.code === 'spent')) { say(form, errors); return; }
    document.getElementById('unnamed-code').value = spaced(attempt.code);
    form.reset();
    show('form', false);
    show('done');
    document.getElementById('unnamed-code').focus();
  };

  let opened = null;
  const paid = async (data) => {
    data.set('code', opened);
    data.set('stamp', await stampFor(opened));
    return data;
  };
  const look = async (form) => {
    opened = plain(form.elements.code.value);
    const response = await send(form.action, await paid(new FormData()));
    if (!response.ok) { say(form, await refusals(response)); return; }
    say(form, []);
    const found = new DOMParser().parseFromString(await response.text(), 'text/html');
    document.getElementById('unnamed-item').replaceChildren(...found.body.childNodes);
  };
  const act = async (form) => {
    const response = await send(form.action, await paid(new FormData(form)));
    if (!response.ok) { say(form, await refusals(response)); return; }
    const { message } = await response.json();
    const note = document.createElement('p');
    note.className = 'note is-ontime';
    note.setAttribute('role', 'status');
    note.textContent = message;
    form.replaceWith(note);
  };

  const handlers = { write, look, act };
  document.addEventListener('submit', async (event) => {
    const handler = handlers[event.target.dataset.unnamed];
    if (!handler) return;
    event.preventDefault();
    const button = event.target.querySelector('button:not([type="button"])');
    button.disabled = true;
    show('busy');
    try { await handler(event.target); } catch { say(event.target, [{ message: words.failed }]); }
    show('busy', false);
    button.disabled = false;
  });

  // Only the fields that the addressee needs.
  const addressee = document.querySelector('[data-unnamed="write"] [name="addressee"]');
  const narrow = () => {
    for (const [name, wanted] of [['department', 'department'], ['about', 'department'], ['site', 'supervisor']]) {
      addressee.form.elements[name].closest('.field').hidden = addressee.value !== wanted;
    }
  };
  addressee?.addEventListener('change', narrow);
  if (addressee) narrow();

  if (!window.crypto?.subtle) show('unsafe');
  else if (document.querySelector('[data-unnamed="write"]') && !rights().length) show('none');
})();
