import { agencyIn, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import type { Clause } from '../../agreements/covering-clause.js';
import { coveringClauses } from '../agreed-time-limit.js';
import { erasedOf, factsOf, has, partsOf, textsOf, type Fact, type Matter } from '../matter.js';
import type { RegistryState } from '../registry-state.js';
import { entriesAbout } from '../request-replies.js';
import { required, type Judgement, type Rule, type Then, type Verdict } from '../rule.js';
import { isCriminal, mayBeSpecial } from '../sensitive-data.js';
import { senderOf } from '../side.js';
import { withLinked, type Known } from '../with-linked.js';

/** A decision with what it answers. */
interface Decided {
  readonly decision: Fact;
  readonly request: Fact | null;
  readonly requester: AgencyId | null;
  readonly registry: RegistryState;
}

/** Whether an occasion of the vocabulary `dpo-consultation` was there. */
type Occasions<T> = ReadonlyMap<string, (one: T) => boolean>;

const refusing: readonly JsonValue[] = ['refuse', 'grant-partial'];

/** What request and decision tell of. */
const ofDecisions: Occasions<Decided> = new Map<string, (decided: Decided) => boolean>([
  ['always', () => true],
  ['refusal', ({ decision }) => refusing.includes(decision.terms['decision'] ?? null)],
  ['outside-purpose', ({ decision }) => decision.terms['purposeCompatible'] === false],
  ['onward-sharing', ({ request }) => request?.terms['requestKind'] === 'onward-permission'],
  ['criminal-offence', (decided) => itemsOf(decided).some(isCriminal)],
  [
    'special-category',
    (decided) => has(decided.decision.terms, 'specialGround') || itemsOf(decided).some(mayBeSpecial),
  ],
  ['regime-change', changesRegime],
]);

/** What only the disclosure tells of that follows from the decision. */
const ofAnswers: Occasions<JsonObject> = new Map<string, (terms: JsonObject) => boolean>([
  ['minor', (terms) => has(terms, 'minor')],
  ['secrecy-lifted', (terms) => has(terms, 'secrecy-lifted')],
  ['third-country', (terms) => has(terms, 'transfer')],
]);

export const dec04: Rule = {
  id: 'DEC-04',
  version: 2,
  statement: {
    en: 'The data protection officer is consulted where that is required; departing from the advice is reasoned.',
    de: 'Die oder der Datenschutzbeauftragte wird beteiligt, wo es vorgesehen ist; Abweichungen vom Rat sind begründet.',
  },
  compliant: {
    en: 'Ask for advice before the decision where the agreement says so; follow it, or say why not.',
    de: 'Wo die Vereinbarung es vorsieht, vor der Entscheidung um Rat fragen; ihm folgen oder sagen, warum nicht.',
  },
  sources: ['GDPR 35(2)', 'GDPR 38(1)', 'LED 34'],
  severity: 'medium',
  basis: 'policy',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationRequested', 'RequestDecided', 'InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'RequestDecided').flatMap((decision) => judged(decision, matter, then(decision))),
};

function judged(decision: Fact, matter: Matter, { registry }: Then): readonly Judgement[] {
  const { id, terms } = decision;
  const request = requestOf(decision, matter);
  const decided = { decision, request, requester: request?.issuer ?? agencyIn(terms, 'requester'), registry };
  const clause = demanding(decided, ofDecisions, decided);
  const isErased = request === null && erasedOf(knownTo(decision, matter)).length > 0;
  const judgement: Judgement = {
    side: senderOf(decision),
    entry: id,
    part: null,
    verdict: verdict(decision, clause !== undefined, isErased),
    facts: [id, ...(request ? [request.id] : [])],
    ...(clause?.reference && { clause: clause.reference }),
  };
  return clause ? [judgement] : [judgement, ...ofItsAnswers(judgement, decided, matter)];
}

/** @param isErased the request may have been, and with it what it asked for */
function verdict({ occurredAt, terms }: Fact, isDemanded: boolean, isErased: boolean): Verdict {
  if (has(terms, 'dpo-deviation-unreasoned')) return required(false, occurredAt);
  if (terms['dpoConsulted'] === true) return { is: 'kept' };
  return isErased && !isDemanded ? { is: 'not-decidable' } : required(!isDemanded, occurredAt);
}

/** What was disclosed may show that the advice was to be asked for, one judgement a disclosure. */
function ofItsAnswers(judgement: Judgement, decided: Decided, matter: Matter): readonly Judgement[] {
  const { decision, request } = decided;
  const answers = request ? entriesAbout(request, matter, 'InformationDisclosed') : [];
  return answers
    .filter(({ issuer, terms }) => issuer === decision.issuer && terms['spontaneous'] !== true)
    .flatMap((answer) => {
      const clause = demanding(decided, ofAnswers, answer.terms);
      if (clause === undefined || answer.occurredAt < decision.occurredAt) return [];
      const isConsulted = decision.terms['dpoConsulted'] === true;
      return [
        {
          ...judgement,
          part: answer.id,
          verdict: required(isConsulted, decision.occurredAt),
          facts: [...judgement.facts, answer.id],
          ...(clause.reference && { clause: clause.reference }),
        },
      ];
    });
}

/** The first clause in force at the decision that asks for the advice on an occasion that was there. */
function demanding<T>(decided: Decided, occasions: Occasions<T>, one: T): Clause | undefined {
  const { decision, request, requester, registry } = decided;
  if (requester === null) return undefined;
  const { issuer, occurredAt, terms } = decision;
  const asked = { occurredAt, terms: { ...terms, ...request?.terms, items: itemsOf(decided) } };
  return coveringClauses(asked, { from: issuer, to: requester }, registry).find((clause) =>
    textsOf(clause.terms, 'dpoConsultationWhen').some((occasion) => occasions.get(occasion)?.(one) ?? false),
  );
}

/** What was asked for; where the request is not there, what was granted and refused. */
const itemsOf = ({ decision, request }: Pick<Decided, 'decision' | 'request'>): readonly JsonObject[] =>
  request
    ? partsOf(request.terms, 'items')
    : [...partsOf(decision.terms, 'granted'), ...partsOf(decision.terms, 'refused')];

/** The one it names, else the last one before it. */
function requestOf(decision: Fact, matter: Matter): Fact | null {
  const named = textIn(decision.terms, 'request');
  const requests = factsOf(knownTo(decision, matter), 'InformationRequested');
  const found =
    named === null
      ? requests.findLast(({ occurredAt }) => occurredAt <= decision.occurredAt)
      : requests.find(({ id }) => id === named);
  return found ?? null;
}

/** The request may lie in another exchange. */
const knownTo = ({ terms }: Fact, matter: Matter): Known => withLinked(matter, textIn(terms, 'request'));

function changesRegime({ decision, request, requester, registry }: Decided): boolean {
  const from = textIn(decision.terms, 'regime') ?? registry.regimeOf(decision.issuer);
  const known = requester === null ? null : registry.regimeOf(requester);
  const to = (request && textIn(request.terms, 'regime')) ?? known;
  return from !== null && to !== null && from !== to;
}
