// Blind signatures for browsers; `npm run build` makes one file of it (callcenter/static/ui/rights.js uses it).
import { RSABSSA } from '@cloudflare/blindrsa-ts';

export const suite = RSABSSA.SHA384.PSS.Deterministic();
