import { Optional } from './field.js';
import { agency, flag, list, nested } from './kind.js';
import type { Given } from './missing.js';
import { TimeLimit } from './time-limit.js';

/** What the parties of an agreement settled for their case conferences. */
export class ConferenceRules {
  @Optional('terms', list(agency), 'Parties that are always invited; others for single items.')
  readonly standing?: Given<readonly string[]>;

  @Optional('terms', flag, 'Who takes part has signed an undertaking of confidentiality: CNF-02.')
  readonly undertakingRequired?: Given<boolean>;

  @Optional('terms', flag, 'Who is present is recorded item by item: CNF-02.')
  readonly attendancePerItem?: Given<boolean>;

  @Optional('terms', flag, 'What goes to the police needs the consent of all present: CNF-03.')
  readonly consensusForPolice?: Given<boolean>;

  @Optional('terms', nested(TimeLimit), 'To record each oral contribution: CNF-01.')
  readonly contributionsWithin?: Given<TimeLimit>;

  @Optional('terms', nested(TimeLimit), 'To approve the minutes: CNF-04.')
  readonly minutesWithin?: Given<TimeLimit>;
}
