import { Readable } from 'node:stream';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import type { Language } from '#catalogue';
import {
  askView,
  everyView,
  viewNamed,
  type AnsweredPage,
  type AnyView,
  type Place,
  type SignedLog,
  type ViewQuestion,
} from '#compliance/views';
import { DomainError, logNames, treeSize, type TreeSize } from '#kernel';
import { CurrentCaller, openCursor, sealCursor } from '#platform';
import { Ledger } from '../ledger.js';
import { DescribedView, DescribedViews } from '../openapi/views.js';
import { Searches } from '../searches/searches.js';
import { csvEnd, csvHeading, csvLine, csvRow } from './csv.js';
import { language as languageParameter, likedLanguage } from './language.js';
import { linkNext, sealOf } from './listing.js';
import { readQuery } from './query-parameters.js';
import { isSeenBy, seenOnly, shownView, standingViews } from './seen-views.js';
import { shownColumn, shownRow } from './shown-row.js';
import { readViewQuery, requireFromTheFirst, requireWithinLog, type ViewQuery } from './view-query.js';
import { completenessThen, scopeOf, viewed, whatComesFirst } from './viewing.js';

/** Rows of one page of a CSV file. */
const rowsAtOnce = 1_000;

/** Whatever a data protection officer can look at, by name. */
@Controller('v1/views')
export class AnyViewController {
  constructor(
    private readonly ledger: Ledger,
    private readonly searches: Searches,
  ) {}

  @Get()
  @DescribedViews()
  list(@Req() request: FastifyRequest, @CurrentCaller() caller: Caller) {
    readQuery(request.query, { lang: languageParameter });
    scopeOf(caller);
    const views = [...everyView.map(shownView), ...standingViews].filter(({ name }) => isSeenBy(caller, name));
    return { views: views.toSorted((one, other) => Number(one.id.slice(1)) - Number(other.id.slice(1))) };
  }

  @Get(':name')
  @DescribedView()
  async view(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const scope = scopeOf(caller);
    const view = viewNamed.get(name);
    if (view === undefined) throw new DomainError('not-found', 'there is no such view');
    if (!isSeenBy(caller, name)) {
      throw new DomainError('forbidden', 'this view is for data protection officers and regulators');
    }
    const query = readViewQuery(view, request.query);
    const language = query.lang ?? likedLanguage(request.headers['accept-language']);
    const seal = sealOf(this.ledger, { name: `view ${name}`, caller, filter: narrowing(query) });
    const after = query.cursor === undefined ? null : (openCursor(query.cursor, seal) as unknown as Place);
    const asksForCsv = query.format === 'csv' || (query.format === undefined && wantsCsv(request.headers.accept));
    if (asksForCsv) requireFromTheFirst(query);
    const limit = asksForCsv ? rowsAtOnce : query.limit;
    const ids = query.search === undefined ? undefined : new Set(await this.searches.found(caller, query.search));
    const { filter, sort } = query;
    const asked = { filter, sort, after, limit, ...(ids && { ids }), ...seenOnly(caller) };
    const question = await this.#question(query, { scope, asked });
    const found = await this.#ask(view, question);
    reply.header('Content-Language', language).header('Vary', 'Accept, Accept-Language');
    if (asksForCsv) return this.#csv(view, question, found, language, reply);
    linkNext(request, reply, found.next && sealCursor({ ...found.next }, seal));
    return {
      view: view.id,
      name,
      title: view.title[language],
      question: view.question[language],
      columns: Object.entries(view.columns).map(([column, one]) => shownColumn(column, one, language)),
      rows: found.rows.map((row) => shownRow(view, row, language)),
      ...(question.asOf !== null && { asOf: question.asOf }),
      completeUpTo: found.completeUpTo,
      note:
        (found.isCut ? `${whatComesFirst[language]} ` : '') +
        completenessThen(question.asOf, found.completeUpTo, language),
      integrity: question.logs,
    };
  }

  async #question(
    { asOf }: Pick<ViewQuery, 'asOf'>,
    asks: Pick<ViewQuestion, 'scope' | 'asked'>,
  ): Promise<ViewQuestion> {
    const now = this.ledger.clock.now();
    const registryAt = (size: TreeSize) => this.ledger.registry.registryAt(size);
    const registry = await registryAt(await this.ledger.store.size('registry'));
    if (asOf !== null) requireWithinLog(asOf, registry.registry.begun, now);
    return { ...asks, asOf, now, registry, registryAt, logs: this.#signedLogs() };
  }

  #ask(view: AnyView, question: ViewQuestion): Promise<AnsweredPage> {
    return viewed(this.ledger, (views) => askView(views, view, question));
  }

  #signedLogs(): readonly SignedLog[] {
    return logNames.map((log) => {
      const head = this.ledger.integrators[log].published?.head;
      return { log, sealed: head?.size ?? treeSize(0), root: head?.root.toString('base64') ?? null };
    });
  }

  /** The first page has been read, so that what fails until here is told; a file that breaks off later is cut. */
  #csv(view: AnyView, question: ViewQuestion, first: AnsweredPage, language: Language, reply: FastifyReply): Readable {
    reply
      .header('Content-Type', 'text/csv; charset=utf-8; header=present')
      .header('Content-Disposition', `attachment; filename="${view.name}.csv"`)
      .header('Nachweis-Complete-Up-To', String(first.completeUpTo));
    return Readable.from(this.#lines(view, question, first, language));
  }

  async *#lines(
    view: AnyView,
    question: ViewQuestion,
    first: AnsweredPage,
    language: Language,
  ): AsyncGenerator<string> {
    yield csvLine(csvHeading(view, language));
    for (let page = first; ;) {
      yield page.rows.map((row) => csvLine(csvRow(view, row, language))).join('');
      if (page.next === null) break;
      page = await this.#ask(view, { ...question, asked: { ...question.asked, after: page.next } });
    }
    // Later pages may know of more: what the first one takes account of, all of them do.
    const sentence = completenessThen(question.asOf, first.completeUpTo, language);
    yield csvLine(csvEnd(view, sentence, language));
  }
}

/** What cursors are bound to: another question has other places. */
const narrowing = ({ filter, sort, asOf, search }: ViewQuery): Readonly<Record<string, string>> => ({
  filter: JSON.stringify(filter),
  sort: `${sort.by} ${sort.direction}`,
  asOf: asOf ?? '',
  search: search ?? '',
});

/** Whether CSV is asked for, and JSON not before it. */
function wantsCsv(accept: string | undefined): boolean {
  const types = (accept ?? '').split(',').map((type) => type.split(';')[0]?.trim().toLowerCase());
  const csv = types.indexOf('text/csv');
  const json = types.indexOf('application/json');
  return csv >= 0 && (json < 0 || csv < json);
}
