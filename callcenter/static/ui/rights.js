'use strict';
// Rights to write without a name: random tokens made here, blinded, signed by the server, unblinded. It cannot know them again.
// They lie in this browser for this sign-in alone; unnamed.js spends them.
(() => {
  const STORE = 'rights';
  const place = document.getElementById('rights');
  const TYPE = Uint8Array.of(0, 2);
  // The head of a published key names RSASSA-PSS (RFC 9578, 6.5); browsers read only the one that names plain RSA.
  const PSS_HEAD = 72;
  const RSA_HEAD = Uint8Array.from(atob('MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'), (char) => char.charCodeAt(0));
  const CHALLENGE = Uint8Array.of(0, 2, 0, 8, ...new TextEncoder().encode('feedback'), 0, 0, 0);

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
  const base64 = (data) => btoa(String.fromCharCode(...data));
  const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const digest = async (data) => new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  const kept = () => { try { return JSON.parse(localStorage.getItem(STORE)) ?? {}; } catch { return {}; } };
  const keep = (store) => { try { localStorage.setItem(STORE, JSON.stringify(store)); } catch { /* refused: then there are none */ } };
  const show = () => document.querySelectorAll('[data-rights-count]').forEach((el) => { el.textContent = kept().tokens?.length ?? 0; });

  const library = () => new Promise((resolve, reject) => {
    if (window.blindrsa) return resolve();
    const script = document.createElement('script');
    script.src = place.dataset.library;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });

  const asked = async (address, options) => {
    const response = await fetch(address, options);
    const body = await response.json();
    if (!response.ok) throw new Error(body.errors?.[0]?.message ?? '');
    return body;
  };

  // The keys are asked for without saying who asks: nobody can be handed a key of their own.
  const publishedKey = async (period) => {
    const { keys } = await asked(place.dataset.keys, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    return bytes(keys.find((key) => key.period === period).key);
  };

  const fetchSome = async (period, number) => {
    await library();
    const { suite } = window.blindrsa;
    const published = await publishedKey(period);
    const spki = joined(RSA_HEAD, published.slice(PSS_HEAD));
    const key = await crypto.subtle.importKey('spki', spki, { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify']);
    const tail = joined(await digest(CHALLENGE), await digest(published));
    const made = await Promise.all(Array.from({ length: number }, async () => {
      const message = joined(TYPE, crypto.getRandomValues(new Uint8Array(32)), tail);
      return { message, ...await suite.blind(key, message) };
    }));
    const { signed } = await asked(place.dataset.tokens, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': JSON.parse(document.body.getAttribute('hx-headers'))['x-csrftoken'] },
      body: JSON.stringify({ period, blinded: made.map((one) => base64(one.blindedMsg)) }),
    });
    const tokens = await Promise.all(made.map(async ({ message, inv }, at) => {
      const signature = await suite.finalize(key, message, bytes(signed[at]), inv);
      return { period, token: base64(joined(message, signature)) };
    }));
    const store = kept();
    keep({ ...store, tokens: [...(store.tokens ?? []), ...tokens] });
    show();
  };

  const alone = (work) => (navigator.locks ? navigator.locks.request(STORE, work) : work());

  // At the first page of a sign-in, whatever it is: when tokens are fetched says nothing about when they are spent.
  const fetchAhead = () => alone(async () => {
    const { signIn } = place.dataset;
    if (kept().signIn !== signIn) keep({ signIn, tokens: [] });
    if (kept().done) return;
    const { period, ahead } = await asked(place.dataset.tokens);
    if (ahead) await fetchSome(period, ahead);
    // Whoever leaves the page meanwhile fetches at the next one.
    keep({ ...kept(), done: true });
  });

  const fetchOne = async (button) => {
    button.disabled = true;
    const says = document.getElementById('rights-says');
    says.hidden = true;
    try {
      await alone(async () => fetchSome((await asked(place.dataset.tokens)).period, 1));
    } catch (error) {
      says.textContent = error.message || says.dataset.failed;
      says.hidden = false;
    }
    button.disabled = false;
  };

  document.addEventListener('submit', ({ target }) => {
    if (new URL(target.action).pathname === place.dataset.signOut) localStorage.removeItem(STORE);
  });
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-rights-fetch]');
    if (button) fetchOne(button);
  });
  show();
  // Without a safe connection there is no cryptography to be had; the page of the rights says so.
  if (window.crypto?.subtle) fetchAhead().catch(() => {});
  else document.querySelectorAll('[data-rights-unsafe]').forEach((el) => { el.hidden = false; });
})();
