import { agenciesIn, agencyIn, isObject, textIn, vocabulary } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { needsProvision } from '../../rules/by-id/law-04.js';
import { issuerSide } from '../../rules/issuer-side.js';
import { factsOf, partsOf, type Fact } from '../../rules/matter.js';
import type { Admissions } from '../../rules/registry-state.js';
import { coded, column } from '../columns.js';
import { disclosureDirection } from '../direction.js';
import { loneReceipts } from '../lone-receipts.js';
import { nobodyAdmitted, receivedUnder, recipientRegime } from '../recipient-regime.js';
import type { Row, RowsView } from '../view.js';

const kinds = vocabulary('crossing-kind', 1, {
  regime: { en: 'change of regime', de: 'Wechsel des Rechtsrahmens' },
  purpose: { en: 'change of purpose', de: 'Zweckänderung' },
});

/**
 * LED 4(2), 9(1); GDPR 5(1)(b), 6(4). One row for each recipient that is under another regime than the sender: by what it
 * says of itself, else as LAW-04 knows it. A regime that nobody has named and the registry does not know is not guessed.
 * Of what an agency knows by its own receipt alone, only the regimes are told.
 * Whether it was allowed is said by LAW-04 and PUR-01.
 */
export const v6: RowsView = {
  id: 'V6',
  name: 'regime-crossings',
  title: { en: 'Regime crossings and purpose changes', de: 'Wechsel des Rechtsrahmens und Zweckänderungen' },
  question: {
    en: 'Where did data pass into another regime or serve another purpose, and which provision allows it?',
    de: 'Wo sind Daten in einen anderen Rechtsrahmen gelangt oder für andere Zwecke genutzt, und welche Vorschrift erlaubt es?',
  },
  columns: {
    at: column('instant', ['passed on', 'übermittelt am'], 'filter', 'sort'),
    kind: coded('code', kinds, ['kind', 'Art'], 'filter'),
    direction: coded('code', disclosureDirection, ['direction', 'Richtung'], 'filter'),
    counterpart: column('agency', ['other side', 'andere Stelle'], 'filter'),
    fromRegime: coded('code', 'regime', ['from regime', 'aus Rechtsrahmen'], 'filter'),
    toRegime: coded('code', 'regime', ['into regime', 'in Rechtsrahmen'], 'filter'),
    provisionNeeded: column('flag', ['needs a provision', 'braucht eine Vorschrift'], 'filter'),
    provision: column('text', ['provision for the change', 'Vorschrift für den Wechsel']),
    threshold: column('text', ['threshold found met', 'als erreicht angesehene Schwelle']),
    collectedFor: coded('codes', 'purpose', ['collected for', 'erhoben für'], 'filter'),
    purpose: coded('code', 'purpose', ['passed on for', 'übermittelt für'], 'filter'),
    compatible: column('flag', ['found compatible', 'als vereinbar geprüft'], 'filter'),
    legalBasis: coded('code', 'legal-basis', ['power to transmit', 'Übermittlungsbefugnis'], 'filter'),
    dataCategories: coded('codes', 'data-category', ['data', 'Daten'], 'filter'),
    disclosure: column('reference', ['disclosure', 'Übermittlung'], 'filter'),
  },
  order: { by: 'at', direction: 'descending' },
  about: 'exchange',
  reads: ['InformationDisclosed', 'DisclosureReceived'],
  rows: (matter, agency, admittedAt = nobodyAdmitted) => [
    ...factsOf(matter, 'InformationDisclosed').flatMap((disclosure) =>
      [...new Set(agenciesIn(disclosure.terms, 'recipients'))]
        .filter((recipient) => disclosure.issuer === agency || recipient === agency)
        .map((recipient) => ({ entry: disclosure, sender: disclosure.issuer, recipient }))
        .flatMap((passage) => [
          ...regimeRows(passage, agency, {
            from: issuerSide(disclosure, admittedAt(disclosure.id)).regime,
            to: recipientRegime(disclosure, passage.recipient, matter, admittedAt(disclosure.id)),
          }),
          ...purposeRows(passage, agency),
        ]),
    ),
    ...loneReceipts(matter, agency).flatMap((receipt) => receiptRows(receipt, admittedAt(receipt.id))),
  ],
};

/** What was passed on, by the entry that says so: the disclosure or, where that is not known, the receipt. */
interface Passage {
  readonly entry: Fact;
  readonly sender: AgencyId;
  readonly recipient: AgencyId;
}

interface Crossing {
  readonly from: string | null;
  readonly to: string | null;
}

function regimeRows(passage: Passage, agency: AgencyId, { from, to }: Crossing): readonly Row[] {
  if (from === null || to === null || from === to) return [];
  const crossing = { ...nothingChanged, fromRegime: from, toRegime: to, provisionNeeded: needsProvision(from, to) };
  const dataCategories = categoriesOf(passage.entry.terms, () => true);
  return [rowOf('regime', passage, agency, { ...crossing, dataCategories })];
}

/** Of a sender whose disclosure is not known, only the registry tells under which law it is. */
function receiptRows(receipt: Fact, admissions: Admissions): readonly Row[] {
  const { issuer: recipient, terms } = receipt;
  const sender = agencyIn(terms, 'disclosedBy');
  if (sender === null) return [];
  const crossing = {
    from: admissions.regimeOf(sender),
    to: receivedUnder(receipt, admissions) ?? admissions.regimeOf(recipient),
  };
  return regimeRows({ entry: receipt, sender, recipient }, recipient, crossing);
}

/** Items that do not say what they were collected for show no change. */
function purposeRows(passage: Passage, agency: AgencyId): readonly Row[] {
  const { terms } = passage.entry;
  const purpose = textIn(terms, 'purpose');
  const isChanged = (item: JsonObject): boolean => ![null, purpose].includes(textIn(item, 'collectedFor'));
  const changed = partsOf(terms, 'items').filter(isChanged);
  if (purpose === null || changed.length === 0) return [];
  const compatible = terms['purposeCompatible'];
  const change = {
    ...nothingChanged,
    collectedFor: [...new Set(changed.flatMap((item) => textIn(item, 'collectedFor') ?? []))],
    compatible: typeof compatible === 'boolean' ? compatible : null,
    dataCategories: categoriesOf(terms, isChanged),
  };
  return [rowOf('purpose', passage, agency, change)];
}

const nothingChanged = {
  fromRegime: null,
  toRegime: null,
  provisionNeeded: null,
  collectedFor: [],
  compatible: null,
} as const;

function rowOf(kind: string, { entry, sender, recipient }: Passage, agency: AgencyId, more: Row['cells']): Row {
  const { id, occurredAt, terms } = entry;
  const basis = terms['legalBasisTransmit'];
  const isGiven = sender === agency;
  return {
    key: `${id} ${recipient} ${kind}`,
    entry: id,
    cells: {
      at: occurredAt,
      kind,
      direction: isGiven ? 'given' : 'received',
      counterpart: isGiven ? recipient : sender,
      provision: textIn(terms, 'regimeChangeProvision'),
      threshold: textIn(terms, 'threshold'),
      purpose: textIn(terms, 'purpose'),
      legalBasis: isObject(basis) ? textIn(basis, 'code') : null,
      disclosure: textIn(terms, 'disclosureId'),
      ...more,
    },
  };
}

const categoriesOf = (terms: JsonObject, isMeant: (item: JsonObject) => boolean): readonly string[] => [
  ...new Set(
    partsOf(terms, 'items')
      .filter(isMeant)
      .flatMap((item) => textIn(item, 'dataCategory') ?? []),
  ),
];
