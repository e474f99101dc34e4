import { Controller, Get, Req, Res } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accessPurpose, type Caller } from '#access';
import { label, type Language } from '#catalogue';
import { asHtml, asText } from '#compliance/documents';
import { accessDraft, everyProfile, type ExportProfile } from '#compliance/exports';
import {
  accessGaps,
  askView,
  groundsOf,
  viewNamed,
  type AccessGap,
  type AnsweredPage,
  type AnsweredRow,
  type Asked,
  type Place,
} from '#compliance/views';
import { DomainError, type TreeSize } from '#kernel';
import { CurrentCaller } from '#platform';
import { isAccessPurpose } from '../entries/access-purposes.js';
import { recordOwn } from '../entries/record-access.js';
import { Ledger } from '../ledger.js';
import { DescribedDraftAnswer } from '../openapi/draft-answer.js';
import { Searches } from '../searches/searches.js';
import { language as languageParameter, likedLanguage } from '../views/language.js';
import { handle, readQuery } from '../views/query-parameters.js';
import { completeness, scopeOf, viewed } from '../views/viewing.js';
import { entriesFor, materialOf, type Order } from './gathered.js';

/** The draft as it is shown: what goes to the person, and beside it what does not. */
export interface ShownDraft {
  readonly title: string;
  readonly language: Language;
  readonly html: string;
  readonly text: string;
  readonly gaps: readonly {
    readonly entry: string | null;
    readonly what: { readonly code: string; readonly label: string };
    readonly grounds: readonly string[];
  }[];
  readonly completeUpTo: number;
  readonly note: string;
}

/** Reading what concerns a person is a command: it records who looked before the first byte is shown. */
export class DraftAnswer extends Command<ShownDraft> {
  constructor(
    readonly caller: Caller,
    readonly search: string,
    readonly language: Language,
    readonly purpose: string,
  ) {
    super();
  }
}

@CommandHandler(DraftAnswer)
export class DraftAnswerHandler implements ICommandHandler<DraftAnswer> {
  constructor(
    private readonly ledger: Ledger,
    private readonly searches: Searches,
  ) {}

  async execute({ caller, search, language, purpose }: DraftAnswer): Promise<ShownDraft> {
    const ids = await this.searches.foundOfPerson(caller, search);
    const { agency } = caller;
    const order = { caller, request: { profile, language, search }, agencies: [agency], purpose, ids };
    const passed = await entriesFor(this.ledger, order);
    const tested = passed.tested ?? { leftOut: [], shortened: [], isRefused: false, isAskedAnew: false };
    const material = materialOf(this.ledger, order, passed);
    const { document, gaps } = accessDraft(material, tested, await this.#rowsFor(order));
    await recordOwn(this.ledger, 'LedgerAccessed', {
      agency,
      role: caller.role,
      accessPurpose: purpose,
      actor: caller.subject,
      hiddenFromOwner: false,
      owner: agency,
      matches: passed.entries.length + tested.leftOut.length,
    });
    return {
      title: document.title,
      language,
      html: asHtml(document),
      text: asText(document),
      gaps: gaps.map((gap) => shownGap(gap, language)),
      completeUpTo: passed.completeUpTo,
      note: completeness(passed.completeUpTo, language),
    };
  }

  /** All that the view shows of this person. */
  async #rowsFor({ caller, ids = [] }: Pick<Order, 'caller' | 'ids'>): Promise<readonly AnsweredRow[]> {
    const { clock, registry, store } = this.ledger;
    const inForce = await registry.registryAt(await store.size('registry'));
    const inForceAt = (size: TreeSize) => registry.registryAt(size);
    const surroundings = { now: clock.now(), registry: inForce, registryAt: inForceAt, logs: [] };
    const usual = { scope: scopeOf(caller), asOf: null, ...surroundings };
    const rows: AnsweredRow[] = [];
    for (let after: Place | null = null; ;) {
      const asked: Asked = { filter: [], sort: recipients.order, after, limit: rowsAtOnce, ids: new Set(ids) };
      const page: AnsweredPage = await viewed(this.ledger, (views) => askView(views, recipients, { ...usual, asked }));
      rows.push(...page.rows);
      if (page.next === null) return rows;
      after = page.next;
    }
  }
}

const rowsAtOnce = 1_000;

/** @throws RangeError where there is none */
function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('neither the view nor its export is there');
  return value;
}

/** What is handed to the person concerned: the draft is what it would say, before it is issued. */
const profile: ExportProfile = known(everyProfile.get('X5'));
const recipients = known(viewNamed.get('recipients'));

const shownGap = ({ what, entry }: AccessGap, language: Language): ShownDraft['gaps'][number] => ({
  entry,
  what: { code: what, label: label(accessGaps, what, language) },
  grounds: groundsOf(what),
});

/** The answer to a person who asks who received what about them, written from the view V3. */
@Controller('v1/views/recipients/draft-answer')
export class DraftAnswerController {
  constructor(private readonly commands: CommandBus) {}

  @Get()
  @DescribedDraftAnswer()
  async draft(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownDraft> {
    if (!profile.roles.some((role) => role === caller.role)) {
      throw new DomainError('forbidden', 'a draft answer is for the data protection officer who answers');
    }
    const purpose = accessPurpose(request.headers['access-purpose'], isAccessPurpose);
    const { search, lang } = readQuery(request.query, { search: handle, lang: languageParameter });
    if (purpose === undefined) {
      const fault = { pointer: '/Access-Purpose', detail: 'required for a draft answer' };
      throw new DomainError('malformed-request', 'a draft answer needs its purpose', [fault]);
    }
    if (!profile.purposes.includes(purpose)) {
      throw new DomainError('forbidden', 'a draft answer is not written for this purpose');
    }
    if (search === undefined) {
      const fault = { pointer: '/search', detail: 'expected the handle of a search by person' };
      throw new DomainError('invalid-query', 'the query cannot be answered', [fault]);
    }
    const language = lang ?? likedLanguage(request.headers['accept-language']);
    reply.header('Content-Language', language).header('Vary', 'Accept-Language').header('Cache-Control', 'no-store');
    return this.commands.execute(new DraftAnswer(caller, search, language, purpose));
  }
}
