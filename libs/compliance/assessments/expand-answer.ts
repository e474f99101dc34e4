import { basisOf, entryTypes, fieldsOf, isObject, textIn, type EntryBody } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { partsOf } from '../rules/matter.js';
import {
  requirePurpose,
  withGroundsOwed,
  withItems,
  type Earlier,
  type Expanded,
  type Expanding,
} from './expanding.js';
import { agreedWith, decisionFilledIn, disclosureFilledIn, withDecided } from './filled-in.js';
import { liftedGrounds } from './lifted-grounds.js';
import type { Template } from './template.js';

const notGiven = { missing: 'not-given' } as const;

const decisionType = entryTypes.get('RequestDecided');
const ofDecisions = decisionType ? fieldsOf(decisionType.data) : new Map<string, unknown>();
/** What only a decision says: where none is recorded, there is no place for it. */
const onlyOfDecisions = ['decidedByFunction', 'dpoConsulted'];

/** An answer, as both of its entries need it. */
interface Answer {
  readonly expanding: Expanding;
  readonly request: Earlier;
  readonly template: Template;
  readonly others: readonly AgencyId[];
  /** what a person said, of the whole */
  readonly given: JsonObject;
  readonly granted: readonly JsonObject[];
  readonly refused: readonly JsonObject[];
}

/**
 * What an answer to a request stands for: the decision, item by item, and the disclosure of what it grants. Where the
 * request was decided before, the disclosure alone, unless the answer refuses something. What was asked for and is not
 * mentioned is refused, for a reason that nobody gave.
 */
export function expandAnswer(
  expanding: Expanding,
  request: Earlier,
  template: Template,
  others: readonly AgencyId[],
): readonly Expanded[] {
  const { quick, idOf } = expanding;
  const lifted = liftedGrounds(quick, '');
  const items = answeringItems(lifted.items, request.terms);
  const answer: Answer = {
    expanding,
    request,
    template,
    others,
    given: lifted.given,
    granted: items.filter(({ refused }) => refused === undefined),
    refused: items.filter(({ refused }) => refused !== undefined),
  };
  const decides = request.isDecisionOwed || answer.refused.length > 0;
  const decision = decides ? [{ pointer: '', body: decided(answer) }] : [];
  if (answer.granted.length === 0) return decision;
  // The first entry of all bears the id that the sender chose.
  const id = decides ? idOf('InformationDisclosed') : idOf();
  return [...decision, { pointer: '', body: disclosed(answer, id, decides) }];
}

function decided(answer: Answer): EntryBody {
  const { expanding, request, template, given, granted } = answer;
  const { desk, idOf } = expanding;
  const refused = [...answer.refused.map(refusedLine), ...unmentioned(answer)];
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => ofDecisions.has(name)));
  const basis = basisOf(template.clause, 'transmit', desk.agency);
  const purpose = textIn(request.terms, 'purpose');
  const flow = { from: desk.agency, to: request.issuer };
  const passed = { purpose, items: granted, subjectCategory: given['subjectCategory'] ?? notGiven };
  const conditions = withDecided(agreedWith(passed, [flow], template, desk).conditions, request.conditionsDecided);
  const more: JsonObject = {
    request: request.id,
    causedBy: request.id,
    requester: request.issuer,
    decision: decisionOf(granted, refused),
    ...(granted.length > 0 && { granted: granted.map(placed) }),
    ...(refused.length > 0 && { refused }),
    ...(purpose !== null && { purpose }),
    ...(granted.length > 0 && basis !== undefined && { legalBasisTransmit: basis }),
    ...(granted.length > 0 && conditions !== undefined && { conditions }),
  };
  const data = decisionFilledIn({ given: own, template, desk, more });
  return { id: idOf(), type: 'RequestDecided', exchange: request.exchange, occurredAt: desk.at, data };
}

function disclosed(
  { expanding, request, template, others, given, granted }: Answer,
  id: string,
  decides: boolean,
): EntryBody {
  const { desk, idOf } = expanding;
  const purpose = textIn(request.terms, 'purpose');
  const more: JsonObject = {
    disclosureId: idOf('disclosure'),
    spontaneous: false,
    request: request.id,
    causedBy: request.id,
    ...(purpose !== null && { purpose }),
  };
  const own = Object.entries(given).filter(([name]) => !decides || !onlyOfDecisions.includes(name));
  const said = withItems({ given: Object.fromEntries(own), items: granted });
  const { conditionsDecided } = request;
  const data = disclosureFilledIn({ given: said, others, template, desk, more, conditionsDecided });
  requirePurpose(data, '');
  return {
    id,
    type: 'InformationDisclosed',
    exchange: request.exchange,
    occurredAt: desk.at,
    data: withGroundsOwed(data, expanding),
  };
}

function decisionOf(granted: readonly JsonObject[], refused: readonly JsonObject[]): string {
  if (refused.length === 0) return 'grant-full';
  if (granted.length > 0) return 'grant-partial';
  return refused.every(({ refusalReason }) => refusalReason === 'not-held') ? 'not-held' : 'refuse';
}

/** A reason is picked with the provision that stands against it, or is a code alone. */
const refusedLine = ({ refused, ...item }: JsonObject): JsonObject => ({
  ...placed(item),
  ...(isObject(refused) ? refused : { refusalReason: refused ?? notGiven }),
});

const placed = ({ dataCategory, answersItem }: JsonObject): JsonObject => ({
  dataCategory: dataCategory ?? notGiven,
  ...(answersItem !== undefined && { answersItem }),
});

const unmentioned = ({ request, granted, refused }: Answer): readonly JsonObject[] => {
  const places: readonly (JsonValue | undefined)[] = [...granted, ...refused].map(({ answersItem }) => answersItem);
  return partsOf(request.terms, 'items').flatMap(({ dataCategory }, place) =>
    places.includes(place)
      ? []
      : [{ dataCategory: dataCategory ?? notGiven, answersItem: place, refusalReason: notGiven }],
  );
};

/** An item answers the one of its category that was asked for; a second one of it the next. */
function answeringItems(items: readonly JsonObject[], asked: JsonObject): readonly JsonObject[] {
  const categories = partsOf(asked, 'items').map((item) => textIn(item, 'dataCategory'));
  const taken = new Set<JsonValue | undefined>(items.map(({ answersItem }) => answersItem));
  return items.map((item) => {
    if (item['answersItem'] !== undefined) return item;
    const category = textIn(item, 'dataCategory');
    const free = categories.findIndex((one, place) => one === category && !taken.has(place));
    const place = free < 0 ? categories.indexOf(category) : free;
    taken.add(place);
    return place < 0 ? item : { answersItem: place, ...item };
  });
}
