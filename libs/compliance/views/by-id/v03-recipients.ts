import { agenciesIn, agencyIn, basisOf, dayIn, isObject, textIn, visibilityIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { issuerSide } from '../../rules/issuer-side.js';
import { factsOf, partsOf, textsOf, type Fact, type Matter } from '../../rules/matter.js';
import type { Admissions } from '../../rules/registry-state.js';
import { isSameDisclosure } from '../../rules/same-disclosure.js';
import { transferOf } from '../../rules/third-country.js';
import { withLinked } from '../../rules/with-linked.js';
import { aboutSame } from '../about-same.js';
import { coded, column } from '../columns.js';
import { disclosureDirection } from '../direction.js';
import { loneReceipts } from '../lone-receipts.js';
import { nobodyAdmitted, recipientRegime } from '../recipient-regime.js';
import { replyOf, replyState } from '../reply.js';
import type { Row, RowsView } from '../view.js';

/**
 * GDPR 15(1), LED 14. One row for each disclosure and recipient, and for each that the agency received itself. Rows name
 * no person: whose they are is asked through a search among the agency's own entries, which narrows them by `entry`.
 * How long a recipient may keep it was told to that recipient alone and stands in no view.
 */
export const v3: RowsView = {
  id: 'V3',
  name: 'recipients',
  title: { en: 'Recipients and origin', de: 'Empfänger und Herkunft' },
  question: {
    en: 'Who received what from us, why and on which basis, and from whom did we receive it?',
    de: 'Wer hat was von uns erhalten, wozu und auf welcher Grundlage, und von wem haben wir es erhalten?',
  },
  columns: {
    at: column('instant', ['passed on', 'übermittelt am'], 'filter', 'sort'),
    direction: coded('code', disclosureDirection, ['direction', 'Richtung'], 'filter'),
    counterpart: column('agency', ['other side', 'andere Stelle'], 'filter', 'sort'),
    counterpartRegime: coded('code', 'regime', ['its law', 'deren Rechtsrahmen'], 'filter'),
    unit: column('text', ['unit that received', 'empfangende Einheit']),
    disclosure: column('reference', ['disclosure', 'Übermittlung'], 'filter'),
    exchange: column('reference', ['exchange', 'Vorgang'], 'filter'),
    dataCategories: coded('codes', 'data-category', ['data', 'Daten'], 'filter'),
    purpose: coded('code', 'purpose', ['purpose', 'Zweck'], 'filter'),
    transmitBasis: coded('code', 'legal-basis', ['power to transmit', 'Übermittlungsbefugnis'], 'filter'),
    transmitProvision: column('text', ['provision', 'Vorschrift']),
    collectBasis: coded('code', 'legal-basis', ['power to collect', 'Erhebungsbefugnis'], 'filter'),
    collectProvision: column('text', ['provision on collection', 'Vorschrift zur Erhebung']),
    channel: coded('code', 'channel', ['channel', 'Weg'], 'filter'),
    conditions: coded('codes', 'condition', ['handling conditions', 'Auflagen'], 'filter'),
    spontaneous: column('flag', ['without a request', 'ohne Ersuchen'], 'filter'),
    country: column('text', ['third country', 'Drittland'], 'filter'),
    safeguard: column('text', ['decision, safeguard or derogation', 'Beschluss, Garantie oder Ausnahme']),
    receipt: coded('code', replyState, ['receipt', 'Empfangsbestätigung'], 'filter'),
    receivedAt: column('instant', ['received', 'erhalten am'], 'sort'),
    feedback: coded('code', replyState, ['feedback', 'Rückmeldung'], 'filter'),
    invalidated: coded('code', 'invalidation-cause', ['taken back as', 'zurückgenommen als'], 'filter'),
    corrections: column('entries', ['corrected by', 'berichtigt durch'], 'filter'),
    correctionCauses: coded('codes', 'correction-cause', ['corrected because', 'Grund der Berichtigung'], 'filter'),
    visibility: coded('code', 'visibility', ['person may know', 'für die Person sichtbar'], 'filter'),
    hiddenUntil: column('date', ['hidden until', 'zurückgestellt bis']),
  },
  order: { by: 'at', direction: 'descending' },
  asOf: true,
  about: 'exchange',
  reads: ['InformationDisclosed', 'DisclosureReceived', 'FeedbackGiven', 'DisclosureInvalidated', 'EntryCorrected'],
  rows: (matter, agency, admittedAt = nobodyAdmitted) => [
    ...factsOf(matter, 'InformationDisclosed').flatMap((disclosure) =>
      disclosure.issuer === agency
        ? recipientsOf(disclosure).map((recipient) =>
            givenRow(disclosure, recipient, matter, admittedAt(disclosure.id)),
          )
        : receivedRows(disclosure, agency, matter, admittedAt(disclosure.id)),
    ),
    ...loneReceipts(matter, agency).map((receipt) => receiptRow(receipt, matter, admittedAt(receipt.id))),
  ],
};

/** Null where it is missing: something was passed on, to whom is unknown. */
function recipientsOf({ terms }: Fact): readonly (AgencyId | null)[] {
  const recipients = new Set(agenciesIn(terms, 'recipients'));
  return recipients.size === 0 ? [null] : [...recipients];
}

function givenRow(disclosure: Fact, recipient: AgencyId | null, matter: Matter, admissions: Admissions): Row {
  return {
    key: `${disclosure.id} ${recipient ?? ''}`,
    entry: disclosure.id,
    cells: {
      ...saidIn(disclosure, recipient, admissions),
      direction: 'given',
      counterpart: recipient,
      counterpartRegime:
        recipient === null
          ? textIn(disclosure.terms, 'regimeRecipient')
          : recipientRegime(disclosure, recipient, matter, admissions),
      ...repliesTo(disclosure, recipient, matter),
      ...changesOf([disclosure], disclosure.issuer, matter),
      ...openTo(disclosure),
    },
  };
}

/** Found by what the agency recorded itself, where it did. */
function receivedRows(disclosure: Fact, agency: AgencyId, matter: Matter, admissions: Admissions): readonly Row[] {
  const receipt = aboutSame(matter, disclosure, 'DisclosureReceived').find(({ issuer }) => issuer === agency);
  if (receipt === undefined && !agenciesIn(disclosure.terms, 'recipients').includes(agency)) return [];
  const own = receipt ?? disclosure;
  return [
    {
      key: own.id,
      entry: own.id,
      cells: {
        ...saidIn(disclosure, agency, admissions),
        ...(receipt && collectedOn(receipt.terms, agency)),
        direction: 'received',
        counterpart: disclosure.issuer,
        counterpartRegime: issuerSide(disclosure, admissions).regime,
        ...repliesTo(disclosure, agency, matter),
        ...changesOf([disclosure, own], disclosure.issuer, matter),
        ...openTo(own),
      },
    },
  ];
}

/** What the other side has not recorded, or hides: the agency knows no more of it than its own receipt, and the registry. */
function receiptRow(receipt: Fact, matter: Matter, admissions: Admissions): Row {
  const { id, issuer, terms } = receipt;
  const discloser = agencyIn(terms, 'disclosedBy');
  return {
    key: id,
    entry: id,
    cells: {
      ...saidIn({ ...receipt, terms: {} }, issuer, admissions),
      disclosure: textIn(terms, 'disclosureId'),
      exchange: textIn(terms, 'exchange'),
      ...collectedOn(terms, issuer),
      direction: 'received',
      counterpart: discloser,
      counterpartRegime: discloser && admissions.regimeOf(discloser),
      ...repliesTo(receipt, issuer, matter),
      ...changesOf([receipt], discloser, matter),
      ...openTo(receipt),
    },
  };
}

function saidIn(fact: Fact, recipient: AgencyId | null, admissions: Admissions): Row['cells'] {
  const { occurredAt, terms } = fact;
  const transfer = transferOf(fact, issuerSide(fact, admissions).regime);
  const [code, provision] = cited(terms['legalBasisTransmit']);
  return {
    at: occurredAt,
    unit: textIn(terms, 'recipientUnit'),
    disclosure: textIn(terms, 'disclosureId'),
    exchange: textIn(terms, 'exchange'),
    dataCategories: [...new Set(partsOf(terms, 'items').flatMap((item) => textIn(item, 'dataCategory') ?? []))],
    purpose: textIn(terms, 'purpose'),
    transmitBasis: code,
    transmitProvision: provision,
    ...collectedOn(terms, recipient),
    channel: textIn(terms, 'channel'),
    conditions: textsOf(terms, 'conditions'),
    spontaneous: typeof terms['spontaneous'] === 'boolean' ? terms['spontaneous'] : null,
    country: transfer && textIn(transfer, 'country'),
    safeguard: transfer && textIn(transfer, 'tool'),
  };
}

function collectedOn(terms: JsonObject, recipient: AgencyId | null): Row['cells'] {
  const basis = recipient === null ? terms['legalBasisCollect'] : basisOf(terms, 'collect', recipient);
  const [collectBasis, collectProvision] = cited(basis);
  return { collectBasis, collectProvision };
}

function cited(basis: JsonValue | undefined): readonly [code: string | null, provision: string | null] {
  return isObject(basis) ? [textIn(basis, 'code'), textIn(basis, 'provision')] : [null, null];
}

function repliesTo(disclosure: Fact, recipient: AgencyId | null, matter: Matter): Row['cells'] {
  if (recipient === null) return { receipt: null, receivedAt: null, feedback: null };
  // What came may be known by the receipt alone.
  const replied = (type: string): Fact | undefined =>
    [...aboutSame(matter, disclosure, type), disclosure].find((one) => one.type === type && one.issuer === recipient);
  const receipt = replied('DisclosureReceived');
  return {
    receipt: replyOf(receipt, recipient, matter),
    receivedAt: receipt?.occurredAt ?? null,
    feedback: replyOf(replied('FeedbackGiven'), recipient, matter),
  };
}

/** A disclosure is never shown apart from what takes it back or corrects it. */
function changesOf(facts: readonly Fact[], discloser: AgencyId | null, matter: Matter): Row['cells'] {
  const invalidation = factsOf(matter, 'DisclosureInvalidated').findLast(
    (one) => one.issuer === discloser && facts.some((fact) => isSameDisclosure(one, fact)),
  );
  const ids = facts.map(({ id }) => id);
  const corrections = factsOf(withLinked(matter, ...ids), 'EntryCorrected').filter(({ issuer, terms }) =>
    facts.some((fact) => fact.issuer === issuer && fact.id === textIn(terms, 'corrects')),
  );
  return {
    invalidated: invalidation ? textIn(invalidation.terms, 'cause') : null,
    corrections: corrections.map(({ id }) => id),
    correctionCauses: [...new Set(corrections.flatMap(({ terms }) => textIn(terms, 'cause') ?? []))],
  };
}

const openTo = ({ terms }: Fact): Row['cells'] => ({
  visibility: textIn({ visibility: visibilityIn(terms) ?? null }, 'visibility'),
  hiddenUntil: dayIn(terms, 'hiddenUntil'),
});
