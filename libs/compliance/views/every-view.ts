import { isAsked, type AnyView } from './asked-view.js';
import { v0 } from './by-id/v00-today.js';
import { v1 } from './by-id/v01-check-notes.js';
import { v2 } from './by-id/v02-deadlines.js';
import { v3 } from './by-id/v03-recipients.js';
import { v4 } from './by-id/v04-flows.js';
import { v5 } from './by-id/v05-special-categories.js';
import { v6 } from './by-id/v06-regime-crossings.js';
import { v7 } from './by-id/v07-refusals.js';
import { v8 } from './by-id/v08-corrections.js';
import { v9 } from './by-id/v09-deferred-notices.js';
import { v10 } from './by-id/v10-accesses.js';
import { v11 } from './by-id/v11-agreements.js';
import { v12 } from './by-id/v12-transfers.js';
import { v13 } from './by-id/v13-breaches.js';
import { v14 } from './by-id/v14-rights-desk.js';
import { v15 } from './by-id/v15-retention.js';
import { v16Checks } from './by-id/v16-integrity-checks.js';
import { v16 } from './by-id/v16-integrity.js';
import { v17 } from './by-id/v17-conferences.js';
import { v18 } from './by-id/v18-outside-agreement.js';
import { v19 } from './by-id/v19-consents.js';
import { v20 } from './by-id/v20-emergencies.js';
import { v21 } from './by-id/v21-one-sided.js';
import { v21Silent } from './by-id/v21-silent-agencies.js';
import type { RowsView } from './view.js';

/** What a data protection officer can look at, in the order of the domain: §6. */
export const everyView: readonly AnyView[] = [
  v0,
  v1,
  v2,
  v3,
  v4,
  v5,
  v6,
  v7,
  v8,
  v9,
  v10,
  v11,
  v12,
  v13,
  v14,
  v15,
  v16,
  v16Checks,
  v17,
  v18,
  v19,
  v20,
  v21,
  v21Silent,
];

export const everyRowsView: readonly RowsView[] = everyView.filter((view): view is RowsView => !isAsked(view));

export const viewNamed: ReadonlyMap<string, AnyView> = new Map(everyView.map((view) => [view.name, view]));
