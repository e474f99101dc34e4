import { agenciesIn, agencyIn, textIn, vocabulary } from '#catalogue';
import type { AgencyId } from '#kernel';
import { erasedOf, factsOf, type Fact, type Matter } from '../../rules/matter.js';
import { isSameDisclosure } from '../../rules/same-disclosure.js';
import { coded, column } from '../columns.js';
import type { Row, RowsView } from '../view.js';

const lacking = vocabulary('one-sided', 1, {
  receipt: { en: "the recipient's entry", de: 'Eintrag der empfangenden Stelle' },
  disclosure: { en: "the sender's entry", de: 'Eintrag der übermittelnden Stelle' },
  agreement: { en: 'agreement of both entries', de: 'Übereinstimmung beider Einträge' },
});

const roles = vocabulary('disclosure-role', 1, {
  sender: { en: 'sender', de: 'übermittelnde Stelle' },
  recipient: { en: 'recipient', de: 'empfangende Stelle' },
});

/** LOG-04, INT-03; GDPR 5(2). Each of the two sees it from its own side. What only time can heal is with the deadlines. */
export const v21: RowsView = {
  id: 'V21',
  name: 'one-sided-entries',
  title: { en: 'One-sided entries', de: 'Einseitige Einträge' },
  question: {
    en: 'Which disclosures has only one side recorded, or the two of them differently?',
    de: 'Welche Übermittlungen hat nur eine Seite eingetragen, oder beide Seiten verschieden?',
  },
  columns: {
    since: column('instant', ['since', 'seit'], 'filter', 'sort'),
    lacking: coded('code', lacking, ['lacking', 'es fehlt'], 'filter'),
    role: coded('code', roles, ['our side', 'unsere Seite'], 'filter'),
    counterpart: column('agency', ['other side', 'andere Seite'], 'filter', 'sort'),
    disclosure: column('reference', ['disclosure', 'Übermittlung'], 'filter'),
    receipt: column('entry', ['receipt', 'Empfang'], 'filter'),
    silent: column('flag', ['recorded nothing here', 'hat hier nichts eingetragen'], 'filter'),
    erased: column('flag', ['may have been erased', 'möglicherweise gelöscht'], 'filter'),
  },
  order: { by: 'since', direction: 'ascending' },
  about: 'exchange',
  reads: ['InformationDisclosed', 'DisclosureReceived'],
  rows: (matter, agency) => {
    const disclosures = factsOf(matter, 'InformationDisclosed');
    const receipts = factsOf(matter, 'DisclosureReceived');
    return [
      ...disclosures.flatMap((one) => disclosureRows(one, receipts, matter, agency)),
      ...receipts.flatMap((one) => receiptRows(one, disclosures, matter, agency)),
    ];
  },
};

/** A disclosure that the agency made or got, once for each recipient that recorded no receipt or another one. */
function disclosureRows(disclosure: Fact, receipts: readonly Fact[], matter: Matter, agency: AgencyId): readonly Row[] {
  const recipients = [...new Set(agenciesIn(disclosure.terms, 'recipients'))];
  const ours = disclosure.issuer === agency ? recipients : recipients.filter((recipient) => recipient === agency);
  return ours.flatMap((recipient) => {
    const receipt = receipts.find((one) => one.issuer === recipient && isSameDisclosure(one, disclosure)) ?? null;
    if (receipt !== null && agree(disclosure, receipt, recipients.length === 1)) return [];
    const role = disclosure.issuer === agency ? 'sender' : 'recipient';
    const counterpart = role === 'sender' ? recipient : disclosure.issuer;
    const what = receipt === null ? 'receipt' : 'agreement';
    return [rowOf(disclosure, { lacking: what, role, counterpart, receipt: receipt?.id ?? null }, matter)];
  });
}

/** A receipt that the agency recorded, or that names it as sender, where nobody recorded the disclosure. */
function receiptRows(receipt: Fact, disclosures: readonly Fact[], matter: Matter, agency: AgencyId): readonly Row[] {
  const sender = agencyIn(receipt.terms, 'disclosedBy');
  const isOurs = receipt.issuer === agency || sender === agency;
  if (!isOurs || disclosures.some((one) => isSameDisclosure(one, receipt))) return [];
  const role = receipt.issuer === agency ? 'recipient' : 'sender';
  const counterpart = role === 'recipient' ? sender : receipt.issuer;
  return [rowOf(receipt, { lacking: 'disclosure', role, counterpart, receipt: receipt.id }, matter)];
}

/** INT-03: a digest is made under the key of one pair, so that of a disclosure to several compares with no receipt. */
function agree({ terms: sent }: Fact, { terms: got }: Fact, isOfOnePair: boolean): boolean {
  if (got['matchesManifest'] === false) return false;
  const [one, other] = [textIn(sent, 'manifestDigest'), textIn(got, 'manifestDigest')];
  return !isOfOnePair || one === null || other === null || one === other;
}

interface Side {
  readonly lacking: string;
  readonly role: string;
  readonly counterpart: AgencyId | null;
  readonly receipt: string | null;
}

function rowOf({ id, occurredAt, terms }: Fact, side: Side, matter: Matter): Row {
  return {
    key: `${id} ${side.counterpart ?? ''}`,
    entry: id,
    cells: {
      since: occurredAt,
      ...side,
      disclosure: textIn(terms, 'disclosureId'),
      silent: !matter.entries.some(({ issuer }) => issuer === side.counterpart),
      erased: erasedOf(matter).length > 0,
    },
  };
}
