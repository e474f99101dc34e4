/** Rules that nobody can break by what an agency or the operator records over the API, and why. */
export const notBreakable: ReadonlyMap<string, string> = new Map([
  ['LOG-05', 'Only the ledger itself records looks and exports, and shows nothing without a permitted purpose.'],
]);
