import { Controller, Get, Inject, Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import {
  HealthCheckService,
  HealthIndicatorService,
  TerminusModule,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { Public } from './authentication.js';
import { RimError } from './problem.js';
import { isWell, type HealthIndicator } from './well.js';

export type { HealthIndicator };

const indicatorsToken = Symbol('health indicators');

@Controller('health')
@Public()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly results: HealthIndicatorService,
    @Inject(indicatorsToken) private readonly indicators: readonly HealthIndicator[],
  ) {}

  /** The process answers. Whoever restarts processes asks here. */
  @Get('live')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** The ledger can record and answer. Whoever routes requests asks here. @throws RimError naming what is not well */
  @Get('ready')
  async ready(): Promise<{ readonly status: 'ok' }> {
    const down: string[] = [];
    const asked = this.indicators.map((indicator) => () => this.resultOf(indicator, down));
    await this.health.check(asked).catch((error: unknown) => {
      if (down.length === 0) throw error;
    });
    if (down.length === 0) return { status: 'ok' };
    throw new RimError(
      'unavailable',
      down.map((name) => ({ pointer: `/${name}`, detail: 'is not well' })),
    );
  }

  private async resultOf(indicator: HealthIndicator, down: string[]): Promise<HealthIndicatorResult> {
    const result = this.results.check(indicator.name);
    if (await isWell(indicator)) return result.up();
    down.push(indicator.name);
    return result.down();
  }
}

@Module({})
export class HealthModule {
  /** @param indicators how to make the indicators from what else the application provides */
  static of(
    indicators: Pick<FactoryProvider<readonly HealthIndicator[]>, 'inject' | 'useFactory'>,
    imports: NonNullable<DynamicModule['imports']> = [],
  ): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false }), ...imports],
      controllers: [HealthController],
      providers: [{ provide: indicatorsToken, ...indicators }],
    };
  }
}
