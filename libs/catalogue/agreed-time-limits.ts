import { Optional } from './field.js';
import { nested } from './kind.js';
import type { Given } from './missing.js';
import { TimeLimit } from './time-limit.js';

/** How soon the parties of an agreement answer each other; where one is absent, the rule pack's applies. */
export class AgreedTimeLimits {
  @Optional('terms', nested(TimeLimit), 'To acknowledge a request: REQ-01.')
  readonly acknowledge?: Given<TimeLimit>;

  @Optional('terms', nested(TimeLimit), 'To decide a request: REQ-02.')
  readonly decideNormal?: Given<TimeLimit>;

  @Optional('terms', nested(TimeLimit), 'To decide an urgent request: REQ-02.')
  readonly decideUrgent?: Given<TimeLimit>;

  @Optional('terms', nested(TimeLimit), 'To decide in imminent danger: REQ-02.')
  readonly decideImminent?: Given<TimeLimit>;

  @Optional('terms', nested(TimeLimit), 'To acknowledge what was received: LOG-04.')
  readonly receipt?: Given<TimeLimit>;

  @Optional('terms', nested(TimeLimit), 'To accept handling conditions: CON-01.')
  readonly acceptance?: Given<TimeLimit>;

  @Optional('terms', nested(TimeLimit), 'To tell what became of it: FBK-01.')
  readonly feedback?: Given<TimeLimit>;
}
