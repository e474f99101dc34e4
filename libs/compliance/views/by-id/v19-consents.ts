import { agenciesIn, agencyIn, dayIn, textIn, vocabulary } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { erasedOf, factsOf, partsOf, textsOf, type Fact } from '../../rules/matter.js';
import { earliest, instantIn } from '../../rules/moments.js';
import { isSameDisclosure } from '../../rules/same-disclosure.js';
import { withLinked, type Known } from '../../rules/with-linked.js';
import { coded, column } from '../columns.js';
import type { Row, RowsView } from '../view.js';

const kinds = vocabulary('permission-kind', 1, {
  consent: { en: 'consent', de: 'Einwilligung' },
  release: { en: 'release from secrecy', de: 'Schweigepflichtentbindung' },
});

const extents = vocabulary('withdrawal-extent', 1, {
  partly: { en: 'partly', de: 'teilweise' },
  wholly: { en: 'wholly', de: 'ganz' },
});

const withdrawals: readonly (string | null)[] = ['consent-withdrawn', 'secrecy-release-withdrawn'];

/**
 * GDPR 7; BDSG 51; SGB VIII 65; StGB 203. Who gave it and what limits they set stands in a block that no view opens.
 * Whether it has run out is for the reader's calendar: `validUntil` is its last day.
 */
export const v19: RowsView = {
  id: 'V19',
  name: 'consents',
  title: { en: 'Consents and releases from secrecy', de: 'Einwilligungen und Schweigepflichtentbindungen' },
  question: {
    en: 'What was allowed by whom, what rests on it, until when, and who was told that it was withdrawn?',
    de: 'Was wurde von wem erlaubt, was stützt sich darauf, bis wann, und wer ist über den Widerruf unterrichtet?',
  },
  columns: {
    givenAt: column('instant', ['given', 'erteilt am'], 'filter', 'sort'),
    kind: coded('code', kinds, ['kind', 'Art'], 'filter'),
    recordedBy: column('agency', ['recorded by', 'eingetragen von'], 'filter'),
    capacity: coded('code', 'consent-capacity', ['given by', 'erteilt von'], 'filter'),
    form: coded('code', 'consent-form', ['form', 'Form'], 'filter'),
    formVersion: column('reference', ['text', 'Text'], 'filter'),
    dataCategories: coded('codes', 'data-category', ['data', 'Daten'], 'filter'),
    purposes: coded('codes', 'purpose', ['purposes', 'Zwecke'], 'filter'),
    mayReceive: column('agencies', ['may receive', 'dürfen erhalten'], 'filter'),
    released: column('agency', ['released from secrecy', 'von der Schweigepflicht entbunden'], 'filter'),
    secrecyClass: coded('code', 'secrecy-class', ['secrecy', 'Geheimnis'], 'filter'),
    explicit: column('flag', ['names special categories', 'nennt besondere Kategorien'], 'filter'),
    toldOfWithdrawal: column('flag', ['told of the right to withdraw', 'über Widerruf belehrt'], 'filter'),
    validUntil: column('date', ['valid until', 'gültig bis'], 'sort'),
    replacedBy: column('entry', ['replaced by', 'ersetzt durch']),
    usedBy: column('entries', ['relied on by', 'darauf gestützt'], 'filter'),
    received: column('agencies', ['received on it', 'darauf gestützt erhalten'], 'filter'),
    lastUsedAt: column('instant', ['last relied on', 'zuletzt genutzt'], 'sort'),
    withdrawn: coded('code', extents, ['withdrawn', 'widerrufen'], 'filter'),
    withdrawnFrom: column('instant', ['withdrawn from', 'widerrufen ab'], 'sort'),
    withdrawnCategories: coded('codes', 'data-category', ['withdrawn for', 'widerrufen für'], 'filter'),
    mayNotReceive: column('agencies', ['may no longer receive', 'dürfen nicht mehr erhalten'], 'filter'),
    usedAfterwards: column('entries', ['relied on nevertheless', 'danach noch genutzt']),
    told: column('agencies', ['told of the withdrawal', 'über den Widerruf unterrichtet'], 'filter'),
    toTell: column('agencies', ['still to be told', 'noch zu unterrichten'], 'filter'),
    erased: column('flag', ['may have been erased in part', 'möglicherweise teils gelöscht'], 'filter'),
  },
  order: { by: 'givenAt', direction: 'descending' },
  asOf: true,
  about: ['consent', 'exchange'],
  reads: ['ConsentRecorded', 'SecrecyReleaseRecorded', 'ConsentWithdrawn', 'InformationDisclosed', 'RecipientNotified'],
  rows: (matter, agency) =>
    // Its own everywhere; what others recorded where it shares an exchange with them.
    factsOf(matter, 'ConsentRecorded', 'SecrecyReleaseRecorded')
      .filter(({ issuer }) => (issuer === agency) === (matter.kind === 'consent'))
      .map((given) => rowOf(given, withLinked(matter, ...matter.linked.keys()))),
};

function rowOf(given: Fact, known: Known): Row {
  const { id, issuer, occurredAt, type, terms } = given;
  const uses = factsOf(known, 'InformationDisclosed').filter((one) => textIn(one.terms, 'consentRef') === id);
  const replacement = factsOf(known, given.type).find((one) => textIn(one.terms, 'replaces') === id);
  return {
    key: id,
    entry: id,
    cells: {
      givenAt: occurredAt,
      kind: type === 'ConsentRecorded' ? 'consent' : 'release',
      recordedBy: issuer,
      capacity: textIn(terms, 'capacity'),
      form: textIn(terms, 'form'),
      formVersion: textIn(terms, 'formVersion'),
      dataCategories: textsOf(terms, 'dataCategories'),
      purposes: textsOf(terms, 'purposes'),
      mayReceive: agenciesIn(terms, 'mayReceive'),
      released: agencyIn(terms, 'released'),
      secrecyClass: textIn(terms, 'secrecyClass'),
      explicit: flagIn(terms, 'explicitForSpecialCategories'),
      toldOfWithdrawal: flagIn(terms, 'toldOfWithdrawal'),
      validUntil: dayIn(terms, 'validUntil'),
      replacedBy: replacement?.id ?? null,
      usedBy: uses.map((one) => one.id),
      received: [...new Set(uses.flatMap((one) => agenciesIn(one.terms, 'recipients')))],
      lastUsedAt: uses.at(-1)?.occurredAt ?? null,
      ...withdrawnIn(given, uses, known),
      erased: erasedOf(known).length > 0,
    },
  };
}

function withdrawnIn({ id }: Fact, uses: readonly Fact[], known: Known): Row['cells'] {
  const taken = factsOf(known, 'ConsentWithdrawn').filter(({ terms }) => textIn(terms, 'consent') === id);
  const told = toldOf(id, taken, uses, known);
  const before = taken.flatMap((one) => barred(uses, one, (use) => use.occurredAt < from(one)));
  const toTell = new Set(before.flatMap(({ recipients }) => recipients).filter((one) => !told.includes(one)));
  const after = taken.flatMap((one) => barred(uses, one, (use) => use.occurredAt >= from(one)));
  return {
    withdrawn: taken.length === 0 ? null : taken.some(isWhole) ? 'wholly' : 'partly',
    withdrawnFrom: earliest(taken.map(from)),
    withdrawnCategories: [...new Set(taken.flatMap(({ terms }) => textsOf(terms, 'dataCategories')))],
    mayNotReceive: [...new Set(taken.flatMap(({ terms }) => agenciesIn(terms, 'mayNotReceive')))],
    usedAfterwards: [...new Set(after.map(({ use }) => use.id))],
    told,
    toTell: [...toTell],
  };
}

/** From when nothing new may rest on it. */
const from = ({ terms, occurredAt }: Fact): Instant => instantIn(terms, 'effectiveFrom') ?? occurredAt;

/** A withdrawal that names neither data nor recipients is one of everything. */
const isWhole = ({ terms }: Fact): boolean =>
  textsOf(terms, 'dataCategories').length === 0 && agenciesIn(terms, 'mayNotReceive').length === 0;

interface Barred {
  readonly use: Fact;
  /** those whom it is withdrawn for */
  readonly recipients: readonly AgencyId[];
}

/** What of this a withdrawal reaches: by what was passed on, and to whom. */
function barred(uses: readonly Fact[], { terms }: Fact, isMeant: (use: Fact) => boolean): readonly Barred[] {
  const categories = textsOf(terms, 'dataCategories');
  const agencies = agenciesIn(terms, 'mayNotReceive');
  return uses.filter(isMeant).flatMap((use) => {
    const passedOn = partsOf(use.terms, 'items').map((item) => textIn(item, 'dataCategory'));
    const isCovered =
      categories.length === 0 ||
      passedOn.length === 0 ||
      passedOn.some((category) => category === null || categories.includes(category));
    const named = agenciesIn(use.terms, 'recipients');
    const recipients = named.filter((one) => agencies.length === 0 || agencies.includes(one));
    return isCovered && (recipients.length > 0 || named.length === 0) ? [{ use, recipients }] : [];
  });
}

/** As a withdrawal says, or by a notice of its own. */
function toldOf(id: string, taken: readonly Fact[], uses: readonly Fact[], known: Known): readonly AgencyId[] {
  const lines = taken.flatMap(({ terms }) => partsOf(terms, 'recipientsTold'));
  const notices = factsOf(known, 'RecipientNotified').filter(
    (one) =>
      one.terms['reached'] === true &&
      withdrawals.includes(textIn(one.terms, 'cause')) &&
      (textIn(one.terms, 'consentRef') === id || uses.some((use) => isSameDisclosure(one, use))),
  );
  return [
    ...new Set([
      ...lines.filter((line) => instantIn(line, 'toldAt') !== null).flatMap((line) => agenciesIn(line, 'agency')),
      ...notices.flatMap(({ terms }) => agenciesIn(terms, 'notified')),
    ]),
  ];
}

const flagIn = (terms: JsonObject, name: string): boolean | null => {
  const value = terms[name];
  return typeof value === 'boolean' ? value : null;
};
