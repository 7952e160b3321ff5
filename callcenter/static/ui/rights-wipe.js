'use strict';
// Before a sign-in nobody's rights to write without a name lie in this browser: desks are shared.
try { localStorage.removeItem('rights'); } catch { /* storage refused: there is nothing */ }
