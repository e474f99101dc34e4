import { agenciesIn, agencyIn, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import { agreedConference, seatsOf, type AgreedConference } from '../conference-room.js';
import { issuerSide } from '../issuer-side.js';
import { erasedOf, factsOf, has, partsOf, type Fact, type Matter } from '../matter.js';
import { earliest } from '../moments.js';
import { inTime, required, type Judgement, type Rule, type Then, type Verdict } from '../rule.js';
import { isSameDisclosure } from '../same-disclosure.js';
import { unlessErased } from '../unless-erased.js';

const securityBodies: readonly (string | null)[] = ['police', 'prosecution', 'domestic-intelligence'];

/**
 * Belgian law demands it, and parties elsewhere may agree on it: where neither is so, nothing is judged. What an
 * authority that was in the room heard there did not go out of it.
 */
export const cnf03: Rule = {
  id: 'CNF-03',
  version: 3,
  statement: {
    en: 'What goes from a conference to a security authority is agreed by all present and free of what secrecy covers.',
    de: 'Was aus einer Fallkonferenz an eine Sicherheitsbehörde geht, tragen alle Anwesenden mit; es enthält nichts, was der Schweigepflicht unterliegt.',
  },
  compliant: {
    en: 'Everybody present approves the sheet, nothing in it is covered by secrecy, and only then it goes out.',
    de: 'Alle Anwesenden stimmen dem Bogen zu, nichts darin unterliegt der Schweigepflicht, und erst dann geht er hinaus.',
  },
  sources: ['BE Penal Code 458ter', 'BE Constitutional Court 52/2021'],
  severity: 'high',
  basis: 'policy',
  // A sheet is owed before anything goes out; this is how long recording it, and who was there, may take.
  deadline: { hours: 24 },
  applies: true,
  isOwedBefore: true,
  about: ['conference', 'exchange'],
  reads: ['ConferenceConvened', 'AttendanceRecorded', 'FeedbackSheetApproved', 'InformationDisclosed'],
  judge: (matter, then) => {
    const agreed = agreedConference(matter, then);
    return [
      ...factsOf(matter, 'FeedbackSheetApproved')
        .filter((sheet) => goesToSecurity(sheet, then(sheet)) && isDemanded(sheet, agreed, then(sheet)))
        .map((sheet) => judged(sheet, matter, { agreed, inForce: then(sheet) })),
      ...factsOf(matter, 'InformationDisclosed').flatMap((one) => sheetOwed(one, matter, then)),
    ];
  },
};

const isSecurity = (agency: AgencyId, { registry }: Then): boolean => securityBodies.includes(registry.kindOf(agency));

const goesToSecurity = ({ terms }: Fact, inForce: Then): boolean =>
  agenciesIn(terms, 'goesTo').some((agency) => isSecurity(agency, inForce));

const isDemanded = (output: Fact, agreed: AgreedConference | null, then: Then): boolean =>
  then.settings(issuerSide(output, then.registry)).basis === 'law' || agreed?.terms['consensusForPolice'] === true;

/**
 * What goes out has a sheet; what that one says is judged with it. Sheet and attendance are recorded afterwards: what is
 * recorded when that time is over heals nothing.
 */
function sheetOwed(disclosure: Fact, matter: Matter, then: (entry: Fact) => Then): readonly Judgement[] {
  const { id, occurredAt, terms } = disclosure;
  const conference = matter.linked.get(textIn(terms, 'conferenceRef') ?? '');
  if (conference === undefined || textIn(terms, 'channel') === 'oral-conference') return [];
  const inForce = then(disclosure);
  const side = issuerSide(disclosure, inForce.registry);
  const due = inForce.end(side, occurredAt);
  const seats = seatsOf(conference).filter(({ attendance }) => attendance.recordedAt <= due);
  const present = seats.map(({ agency }) => agency);
  const outside = agenciesIn(terms, 'recipients').filter((one) => isSecurity(one, inForce) && !present.includes(one));
  const agreed = agreedConference(conference, then);
  if (outside.length === 0 || !isDemanded(disclosure, agreed, inForce)) return [];
  const sheets = factsOf(conference, 'FeedbackSheetApproved').filter((one) => isSheetOf(one, disclosure, outside));
  return [
    {
      side,
      entry: id,
      part: null,
      verdict: unlessErased(inTime(earliest(sheets.map(({ recordedAt }) => recordedAt)), due), conference),
      facts: [id, ...sheets.map((one) => one.id)],
      ...(agreed?.clause && { clause: agreed.clause }),
    },
  ];
}

/** One that was approved before, for these bodies. It need not name the disclosure, but names no other. */
const isSheetOf = (sheet: Fact, disclosure: Fact, bodies: readonly AgencyId[]): boolean =>
  (isSameDisclosure(sheet, disclosure) || !has(sheet.terms, 'disclosureId')) &&
  sheet.occurredAt <= disclosure.occurredAt &&
  bodies.every((one) => agenciesIn(sheet.terms, 'goesTo').includes(one));

function judged(
  sheet: Fact,
  matter: Matter,
  { agreed, inForce }: { readonly agreed: AgreedConference | null; readonly inForce: Then },
): Judgement {
  const disclosureId = textIn(sheet.terms, 'disclosureId');
  const sent = (disclosureId === null ? undefined : matter.linked.get(disclosureId)) ?? { entries: [] };
  const disclosure = factsOf(sent, 'InformationDisclosed').find(
    ({ terms }) => textIn(terms, 'disclosureId') === disclosureId,
  );
  const seen = seatsOf(matter).map(({ attendance }) => attendance);
  const isErased = erasedOf(matter).length > 0 || (!disclosure && erasedOf(sent).length > 0);
  return {
    side: issuerSide(sheet, inForce.registry),
    entry: sheet.id,
    part: null,
    verdict: verdict(sheet, matter, disclosure, isErased),
    deadline: 'at-once',
    facts: [...new Set([sheet, ...seen, ...(disclosure ? [disclosure] : [])].map(({ id }) => id))],
    ...(agreed?.clause && { clause: agreed.clause }),
  };
}

/** @param isErased somebody may have been present, or the sheet may have gone out, without a trace that is left */
function verdict(sheet: Fact, matter: Matter, disclosure: Fact | undefined, isErased: boolean): Verdict {
  const { occurredAt, terms } = sheet;
  if (disclosure !== undefined && disclosure.occurredAt < occurredAt) return required(false, disclosure.occurredAt);
  const isFree = terms['secrecyContentFree'] === true;
  if (!isFree || !isAgreed(sheet, matter)) return required(false, occurredAt);
  return isErased ? { is: 'not-decidable' } : { is: 'kept' };
}

function isAgreed({ terms }: Fact, matter: Matter): boolean {
  const lines = partsOf(terms, 'approvals');
  const approving = lines.filter((line) => line['approved'] === true).map((line) => agencyIn(line, 'agency'));
  return (
    lines.length > 0 &&
    approving.length === lines.length &&
    seatsOf(matter).every(({ agency }) => approving.includes(agency))
  );
}
