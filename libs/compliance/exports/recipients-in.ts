import type { RowsView } from '../views/view.js';
import { v3 } from '../views/by-id/v03-recipients.js';
import { nameOf } from './deferred-disclosures.js';

/**
 * V3 of the entries of an export, which are one long matter: asked of one disclosure after the other, as each of its rows
 * follows from entries that name the same one.
 */
export const recipientsIn: RowsView = {
  ...v3,
  rows: ({ kind, id, entries, linked }, ...more) =>
    [...Map.groupBy(entries, nameOf).values()].flatMap((same) => v3.rows({ kind, id, entries: same, linked }, ...more)),
};
