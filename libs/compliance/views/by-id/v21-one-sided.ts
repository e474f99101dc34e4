import { agenciesIn, agencyIn, textIn, vocabulary } from '#catalogue';
import type { AgencyId } from '#kernel';
import { copiesAgree } from '../../rules/copies-agree.js';
import { erasedOf, factsOf, type Fact, type Matter } from '../../rules/matter.js';
import { aboutSame } from '../about-same.js';
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
  rows: (matter, agency) => [
    ...factsOf(matter, 'InformationDisclosed').flatMap((one) => disclosureRows(one, matter, agency)),
    ...factsOf(matter, 'DisclosureReceived').flatMap((one) => receiptRows(one, matter, agency)),
  ],
};

/** A disclosure that the agency made or got, once for each recipient that recorded no receipt or another one. */
function disclosureRows(disclosure: Fact, matter: Matter, agency: AgencyId): readonly Row[] {
  const recipients = [...new Set(agenciesIn(disclosure.terms, 'recipients'))];
  const receipts = aboutSame(matter, disclosure, 'DisclosureReceived');
  const ours = disclosure.issuer === agency ? recipients : recipients.filter((recipient) => recipient === agency);
  return ours.flatMap((recipient) => {
    const receipt = receipts.find(({ issuer }) => issuer === recipient) ?? null;
    if (receipt !== null && copiesAgree(disclosure, receipt)) return [];
    const role = disclosure.issuer === agency ? 'sender' : 'recipient';
    const counterpart = role === 'sender' ? recipient : disclosure.issuer;
    const what = receipt === null ? 'receipt' : 'agreement';
    return [rowOf(disclosure, { lacking: what, role, counterpart, receipt: receipt?.id ?? null }, matter)];
  });
}

/** A receipt that the agency recorded, or that names it as sender, where nobody recorded the disclosure. */
function receiptRows(receipt: Fact, matter: Matter, agency: AgencyId): readonly Row[] {
  const sender = agencyIn(receipt.terms, 'disclosedBy');
  const isOurs = receipt.issuer === agency || sender === agency;
  if (!isOurs || aboutSame(matter, receipt, 'InformationDisclosed').length > 0) return [];
  const role = receipt.issuer === agency ? 'recipient' : 'sender';
  const counterpart = role === 'recipient' ? sender : receipt.issuer;
  return [rowOf(receipt, { lacking: 'disclosure', role, counterpart, receipt: receipt.id }, matter)];
}

interface Side {
  readonly lacking: string;
  readonly role: string;
  readonly counterpart: AgencyId | null;
  readonly receipt: string | null;
}

function rowOf({ id, occurredAt, terms }: Fact, side: Side, matter: Matter): Row {
  const disclosure = textIn(terms, 'disclosureId');
  const entries = [...matter.entries, ...(matter.linked.get(disclosure ?? '')?.entries ?? [])];
  return {
    key: `${id} ${side.counterpart ?? ''}`,
    entry: id,
    cells: {
      since: occurredAt,
      ...side,
      disclosure,
      silent: !entries.some(({ issuer }) => issuer === side.counterpart),
      erased: erasedOf({ entries }).length > 0,
    },
  };
}
