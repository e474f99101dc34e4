import { basisOf, textIn } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { coveringClauses } from '../rules/agreed-time-limit.js';
import { everyRule } from '../rules/every-rule.js';
import type { InForce } from '../rules/judge.js';
import { partsOf, textsOf, type Fact } from '../rules/matter.js';
import type { RegistryState } from '../rules/registry-state.js';
import type { Rule } from '../rules/rule.js';
import { inForceAbout } from './about-subject.js';
import { answeredRequest, requireOfOthers } from './answered-request.js';
import { adviceFor, changesAdvice, type Found } from './advice.js';
import type { Assessment, AssessmentKind, Hearing, ItemAdvice } from './assessment.js';
import { consentLacking } from './consent.js';
import { consultationsFor } from './consult.js';
import { draftEntry, givenIn, itemsIn, termsOf, type Filling } from './draft-entry.js';
import type { Draft } from './draft.js';
import { following } from './expand.js';
import { agreedWith, saidBasis } from './filled-in.js';
import { clausesFor, coveringAll, lackingOfClauses } from './flowing-clauses.js';
import type { Hypothetical } from './hypothetical.js';
import { brokenInRoom, type BrokenInRoom } from './in-the-room.js';
import { itemByItem } from './item-by-item.js';
import { reasonsOf, type Tried } from './reasons.js';
import { requireKnown, type Linked } from './references.js';
import { inTheRoom, requireHearers, seatsFor } from './seats.js';
import { choiceNamed, pickedWith, purposePicked } from './template-choices.js';
import {
  categoriesOf,
  fittingTemplate,
  onlyOthers,
  templatesNamed,
  templatesOf,
  unfit,
  type QuickKind,
  type Template,
} from './template.js';

/** Who asks, and when; the clock is the caller's. */
export interface Asked {
  /** a random id for the answer */
  readonly id: string;
  readonly agency: AgencyId;
  readonly at: Instant;
}

/** By the type of what would be recorded. */
const rulesReading: ReadonlyMap<string, readonly Rule[]> = new Map(
  ['InformationRequested', 'InformationDisclosed'].map((type) => [
    type,
    everyRule.filter(({ reads }) => reads.includes(type)),
  ]),
);

/**
 * May I? A function of the draft, of what the registry says at that moment and of what is recorded of the consents,
 * permissions and disclosures it names: it has no clock and asks nobody. The draft is filled in as the quick entry
 * would be and judged by the same rules, item by item, so that what is told before is what would be noted after.
 *
 * @throws DomainError `invalid-body` with pointers into the draft
 */
export function assess(drafted: Draft, asked: Asked, inForce: InForce, linked: Linked = new Map()): Assessment {
  requireKnown(drafted.said, linked);
  const { agency, at } = asked;
  const draft = picked(drafted, asked, inForce);
  const request = answeredRequest(draft.said, linked);
  requireOfOthers(request, agency);
  const template = templateFor(draft, asked, inForce, request);
  const seats = seatsFor(draft, template, agency);
  const others = seats === null ? othersOf(template, draft, agency, request) : inTheRoom(seats, agency);
  const about = inForceAbout(inForce, textIn(draft.said, 'subjectCategory'));
  const desk = { agency, actor: '-', at, registry: about.registry };
  const items = itemsIn(draft, at);
  const whole = draftEntry(draft, items, others, { template, desk, linked });
  const terms = termsOf(whole);
  const rules = rulesReading.get(whole.type) ?? [];
  const question = { draft, template, desk, linked, inForce: about };
  const find = finder({ ...question, rules });
  const hearers = items.map((_, place) => draft.heardBy[place] ?? others);
  requireHearers(hearers, others);
  const contributions = items.map((item, place) => ({ item, heardBy: draft.heardBy[place] ?? null }));
  const ofRoom =
    seats === null ? [] : brokenInRoom({ seats, given: givenIn(draft, at), contributions, template, desk }, about);
  const advice = adviceFor(
    items.map((item, place) => find(item, hearers[place] ?? others)),
    ofRoom,
  );
  const findAlone = finder({ ...question, rules: rules.filter(changesAdvice) });
  const clause = template?.clause ?? {};
  const sender = senderOf(draft, agency, others);
  const collectBases = partsOf(whole.data, 'collectBases');
  return {
    id: asked.id,
    kind: draft.kind,
    template: template?.reference ?? null,
    agency,
    counterparts: others,
    at,
    purpose: textIn(whole.data, 'purpose') ?? '',
    legalBasisTransmit:
      saidBasis(whole.data['legalBasisTransmit']) ??
      saidBasis(sender === null ? undefined : basisOf(clause, 'transmit', sender)),
    legalBasisCollect: saidBasis(whole.data['legalBasisCollect']),
    ...(collectBases.length > 0 && { collectBases }),
    ...goingAlong(whole, terms, { kind: draft.kind, others, template, registry: about.registry }),
    ...advice,
    ...(seats !== null && {
      hearings: others.map((other) =>
        hearing(other, { items, hearers, advice: advice.items, find: findAlone, ofRoom }),
      ),
    }),
  };
}

interface Along {
  readonly kind: AssessmentKind;
  readonly others: readonly AgencyId[];
  readonly template: Template | null;
  readonly registry: RegistryState;
}

/** What goes with it by every clause that covers something of it: conditions, how long it is kept, whom to ask first. */
function goingAlong(
  { agency, at, data }: Hypothetical,
  terms: JsonObject,
  { kind, others, template, registry }: Along,
): Pick<Assessment, 'conditions' | 'retentionTold' | 'consult'> {
  const flows = others.map((other) => (kind === 'request' ? { from: other, to: agency } : { from: agency, to: other }));
  const covering = flows.flatMap((flow) => coveringClauses({ terms, occurredAt: at }, flow, registry));
  const own = template === null ? [] : [template.clause];
  const passed = { ...terms, subjectCategory: data['subjectCategory'] ?? null };
  const { conditions, retentionTold } = agreedWith(passed, flows, template, { at, registry });
  return {
    conditions: textsOf(Array.isArray(data['conditions']) ? data : { conditions: conditions ?? [] }, 'conditions'),
    retentionTold: textIn({ retentionTold: retentionTold ?? null }, 'retentionTold'),
    consult: consultationsFor([...own, ...covering.map((one) => one.terms)], terms, registry),
  };
}

type Find = (item: JsonObject, others: readonly AgencyId[]) => Found;

interface Question extends Filling {
  readonly draft: Draft;
  readonly inForce: InForce;
  readonly rules: typeof everyRule;
}

/** Judges items alone. Those of which the same is said, for the same others, are judged once. */
function finder({ draft, inForce, rules, ...filling }: Question): Find {
  const found = new Map<string, Found>();
  const tried = new Map<string, Tried>();
  const brokenOf = itemByItem(rules, inForce);
  const isRequest = draft.kind === 'request';
  const subjectCategory = textIn(draft.said, 'subjectCategory');
  return (item, others) => {
    const whom = others.join(' ');
    const key = `${whom} ${JSON.stringify(item)}`;
    const known = found.get(key);
    if (known) return known;
    const entry = draftEntry(draft, [item], others, filling);
    const lacks: Tried = tried.get(whom) ?? new Map();
    tried.set(whom, lacks);
    const flowing = { agency: entry.agency, others, isRequest, at: entry.at };
    const clauses = clausesFor(flowing, inForce.registry, filling.template);
    const covering = coveringAll(clauses, textIn(entry.data, 'purpose'), item);
    const one: Found = {
      item,
      reasons: reasonsOf(entry, brokenOf(entry), inForce, lacks),
      clause: covering?.[0] ?? null,
      from: senderOf(draft, entry.agency, others),
      lacking: [
        ...lackingOfClauses(covering, flowing, subjectCategory),
        ...(isRequest ? [] : consentLacking(entry, inForce)),
      ],
    };
    found.set(key, one);
    return one;
  };
}

/** What is asked about in a room, and what was found of it for all who would hear it. */
interface Heard {
  readonly items: readonly JsonObject[];
  readonly hearers: readonly (readonly AgencyId[])[];
  readonly advice: readonly ItemAdvice[];
  readonly find: Find;
  readonly ofRoom: readonly BrokenInRoom[];
}

/** What one body may hear: what all who would hear it may, else as if it alone were told. */
function hearing(agency: AgencyId, { items, hearers, advice, find, ofRoom }: Heard): Hearing {
  const own = ofRoom.filter((one) => one.agency === agency);
  const mayAll = (place: number): boolean =>
    advice[place]?.advice === 'yes' && hearers[place]?.includes(agency) === true;
  const open = items.filter((_, place) => !mayAll(place));
  const alone = adviceFor(
    open.map((item) => find(item, [agency])),
    own,
  ).items.values();
  return {
    agency,
    items: items.map((_, place) => (mayAll(place) ? 'yes' : (alone.next().value?.advice ?? 'leave-out'))),
    reasons: own.flatMap(({ reasons }) => reasons),
  };
}

/** Who would pass it on; null where it is not said who is asked. */
const senderOf = ({ kind }: Draft, agency: AgencyId, [addressee]: readonly AgencyId[]): AgencyId | null =>
  kind === 'request' ? (addressee ?? null) : agency;

function kindOf({ kind, said }: Draft): QuickKind {
  if (kind !== 'disclosure') return kind;
  return said['request'] === undefined ? 'spontaneous' : 'answer';
}

/** The same with all that its template was picked with. */
function picked(draft: Draft, { agency, at }: Asked, { registry }: InForce): Draft {
  const choice = choiceNamed(draft.template, kindOf(draft), templatesOf(agency, at, registry), agency);
  return choice === undefined
    ? draft
    : { ...draft, ...pickedWith(draft, choice), said: purposePicked(draft.said, choice) };
}

function templateFor(
  draft: Draft,
  { agency, at }: Asked,
  { registry }: InForce,
  request: Fact | null,
): Template | null {
  const kind = kindOf(draft);
  const all = templatesOf(agency, at, registry);
  const ofRequest = request === null ? [] : following(request, all, 'answer', agency);
  const named = draft.template === null ? ofRequest : templatesNamed(draft.template, kind, all);
  if (named.length === 0) return null;
  return fittingTemplate(named, {
    agency,
    kind,
    others: draft.counterparts ?? (request && [request.issuer]),
    hasRoom: draft.room !== null,
    purpose: textIn(draft.said, 'purpose') ?? (request && textIn(request.terms, 'purpose')),
    categories: categoriesOf(draft.items),
    subjectCategory: textIn(draft.said, 'subjectCategory'),
  });
}

function othersOf(
  template: Template | null,
  draft: Draft,
  agency: AgencyId,
  request: Fact | null,
): readonly AgencyId[] {
  if (draft.counterparts !== null) return draft.counterparts;
  if (request !== null) return [request.issuer];
  if (template === null) throw unfit('/counterparts', 'nothing says with whom: expected agency ids');
  return onlyOthers(template, kindOf(draft), agency);
}
