import type { AgencyId } from '#kernel';

/**
 * What the receipt of a disclosure is called by what its recipient rests on it, wherever it stands: the disclosure has
 * the name itself. Receipts of other recipients are called otherwise, and nothing that one recipient says is about them.
 */
export const receiptOf = (disclosureId: string, recipient: AgencyId): string =>
  `receipt of ${disclosureId} by ${recipient}`;
