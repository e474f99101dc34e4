import { isUuid } from '#kernel';
import type { JsonValue } from '#statement';
import type { ProjectedEntry } from '../projection.js';
import { receiptOf } from '../rules/receipt-of.js';
import type { Connections } from './matters-of.js';

/**
 * A receipt may stand in another exchange than its disclosure. What passes the disclosure on, and notices to the person,
 * name the disclosure only: by these names they find the receipt, too.
 */
export function receiptConnections({
  said,
}: Pick<ProjectedEntry, 'said'>): Pick<Connections, 'handles' | 'references'> {
  if (said === null) return { handles: [], references: [] };
  const { type, terms } = said;
  return {
    handles: type === 'DisclosureReceived' ? receipts(terms['disclosureId']) : [],
    references: receipts(terms[namingField[type] ?? '']),
  };
}

const namingField: Readonly<Record<string, string>> = {
  InformationDisclosed: 'derivedFrom',
  DataSubjectInformed: 'covers',
  NotificationDeferred: 'covers',
};

const receipts = (named: JsonValue | undefined): readonly string[] => [
  ...new Set((Array.isArray(named) ? named : [named]).filter(isUuid).map(receiptOf)),
];
