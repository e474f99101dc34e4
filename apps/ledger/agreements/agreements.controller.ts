import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import type { RecordedAgreement } from '#compliance/registry';
import { DomainError, type AgencyId, type Instant } from '#kernel';
import { CurrentCaller, linkHeader, openCursor, sealCursor } from '#platform';
import { Ledger } from '../ledger.js';
import { DescribedAgreements } from '../openapi/agreements.js';
import { sealOf } from '../views/listing.js';
import { instant, page, readQuery, usualLimit } from '../views/query-parameters.js';

/** What the registry holds of agreements, for those they bind and their supervisors. It names offices, never persons. */
@Controller('v1/agreements')
export class AgreementsController {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @DescribedAgreements()
  async list(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { at: asked, cursor: given, limit: most = usualLimit } = readQuery(request.query, { at: instant, ...page });
    const bodies = bodiesOf(caller);
    const now = this.ledger.clock.now();
    const at = asked ?? now;
    const seal = sealOf(this.ledger, { name: 'agreements', caller, filter: { at } });
    const from = given === undefined ? 0 : Number(openCursor(given, seal));
    const { registry } = await this.ledger.registry.registryAt(await this.ledger.store.size('registry'));
    // A page that follows asks for the moment of the first one, whatever the clock of this process says.
    if (asked !== undefined && given === undefined) requireWithinLog(asked, registry.begun, now);
    const day = registry.dayOf(at);
    const visible = registry.agreements.filter((one) => partiesOf(one).some((party) => bodies.includes(party)));
    const end = from + most;
    if (end < visible.length) {
      reply.header(
        'Link',
        linkHeader({ next: `/v1/agreements?at=${at}&limit=${most}&cursor=${sealCursor(end, seal)}` }),
      );
    }
    const versions = visible.slice(from, end);
    return { day, agreements: versions.map((one) => shown(one, registry.isInForceOn(day, one))) };
  }
}

/** For whose agreements a caller asks. @throws DomainError `forbidden` for the operator, who has none */
function bodiesOf({ role, agency, competentFor }: Caller): readonly AgencyId[] {
  if (role === 'operator')
    throw new DomainError('forbidden', 'agreements are for their parties and who supervises them');
  return role === 'regulator' ? competentFor : [agency];
}

/** Only a party records an agreement: where it does not say who they are, there is one that is known. */
const partiesOf = ({ issuer, version }: RecordedAgreement): readonly AgencyId[] => [issuer, ...version.parties];

/** @throws DomainError `invalid-query` for a moment of which the ledger can know nothing */
function requireWithinLog(at: Instant, begun: Instant | null, now: Instant): void {
  if (at <= now && (begun === null || begun <= at)) return;
  const detail = at > now ? 'expected no moment of the future' : 'expected no moment before the log begins';
  throw new DomainError('invalid-query', 'the query cannot be answered', [{ pointer: '/at', detail }]);
}

function shown({ version: known, entry, issuer, recordedAt, terms }: RecordedAgreement, inForce: boolean) {
  const { agreement, version, validFrom, validUntil, supersedes } = known;
  return {
    agreement,
    version,
    inForce,
    validFrom,
    validUntil,
    supersedes,
    entry,
    recordedBy: issuer,
    recordedAt,
    terms,
  };
}
