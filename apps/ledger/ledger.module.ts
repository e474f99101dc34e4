import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { TokenVerifier } from '#access';
import { entryId, logNames } from '#kernel';
import { AuthenticationGuard, HealthModule, Metrics, type HealthIndicator } from '#platform';
import { AgreementsController } from './agreements/agreements.controller.js';
import { AssessmentsController, MakeAssessmentHandler } from './assessments/assessments.controller.js';
import { GetEntryController, ShowEntryHandler } from './entries/get-entry.js';
import { GetProofController, GetProofHandler } from './entries/get-proof.js';
import { RecordEntriesController, RecordEntriesHandler } from './entries/record-entries.js';
import { GetExchangeController, GetExchangeHandler } from './exchanges/get-exchange.js';
import { DraftAnswerController, DraftAnswerHandler } from './exports/draft-answer.js';
import { ExportsController, RequestExportHandler } from './exports/request-export.js';
import { GetInboxController } from './inbox/get-inbox.js';
import { Ledger } from './ledger.js';
import { LibraryController } from './library/library.controller.js';
import { GetTileHandler, ListLogsHandler, LogsController } from './logs/logs.js';
import { MetricsController } from './metrics.controller.js';
import { QuickEntriesController, RecordQuickEntryHandler } from './quick-entries/quick-entries.controller.js';
import { TemplatesController } from './quick-entries/templates.controller.js';
import { JudgementsController } from './rules/judgements.controller.js';
import { RulesController } from './rules/rules.controller.js';
import { SearchSubjectController, SearchSubjectHandler } from './searches/search-subject.js';
import { Searches } from './searches/searches.js';
import { standingVerifier } from './suspension.js';
import { TrailJobs } from './trails/trail-jobs.js';
import { TrailStore } from './trails/trail-store.js';
import { RequestTrailHandler, TrailsController } from './trails/trails.controller.js';
import { VocabulariesController } from './vocabularies/vocabularies.controller.js';
import { AnyViewController } from './views/any-view.controller.js';
import { ViewsController } from './views/views.controller.js';

const controllers: Type[] = [
  RecordEntriesController,
  GetEntryController,
  GetProofController,
  LogsController,
  MetricsController,
  TrailsController,
  ViewsController,
  AnyViewController,
  GetExchangeController,
  GetInboxController,
  SearchSubjectController,
  AgreementsController,
  AssessmentsController,
  QuickEntriesController,
  TemplatesController,
  RulesController,
  JudgementsController,
  VocabulariesController,
  LibraryController,
  DraftAnswerController,
  ExportsController,
];
const handlers: Type[] = [
  RecordEntriesHandler,
  ShowEntryHandler,
  GetProofHandler,
  ListLogsHandler,
  GetTileHandler,
  RequestTrailHandler,
  DraftAnswerHandler,
  RequestExportHandler,
  GetExchangeHandler,
  SearchSubjectHandler,
  MakeAssessmentHandler,
  RecordQuickEntryHandler,
];

/** The HTTP service around an open ledger. A slice is added by adding its file and a line in the lists above. */
@Module({})
export class LedgerModule {
  static of(ledger: Ledger, metrics: Metrics, trailJobs: TrailJobs): DynamicModule {
    return {
      module: LedgerModule,
      imports: [CqrsModule.forRoot(), HealthModule.of({ inject: [], useFactory: () => indicators(ledger) })],
      controllers,
      providers: [
        ...handlers,
        { provide: Ledger, useValue: ledger },
        { provide: Searches, useValue: new Searches(ledger.clock, ledger.searchResults, ledger.cursorKey) },
        { provide: Metrics, useValue: metrics },
        { provide: TrailStore, useValue: ledger.trails },
        { provide: TrailJobs, useValue: trailJobs },
        { provide: TokenVerifier, useValue: standingVerifier(ledger) },
        { provide: APP_GUARD, useClass: AuthenticationGuard },
      ],
    };
  }
}

/** Asking where an entry lies that nobody has shows that the blocks answer; a profile with keys elsewhere adds them. */
const nobodysEntry = entryId('00000000-0000-8000-8000-000000000000');

const indicators = (ledger: Ledger): HealthIndicator[] => [
  ...logNames.map((log) => ({
    name: log,
    check: async () => {
      await ledger.store.size(log);
    },
  })),
  {
    name: 'vault',
    check: async () => {
      await ledger.vault.exchangesOf([nobodysEntry]);
    },
  },
  {
    name: 'views',
    check: () => {
      if (ledger.projections.states().some(({ status }) => status === 'stopped'))
        throw new Error('a projection has stopped');
    },
  },
  ...ledger.health,
];
