/** What the receipt of a disclosure is called by what rests on it, wherever it stands: the disclosure has the name itself. */
export const receiptOf = (disclosureId: string): string => `receipt of ${disclosureId}`;
