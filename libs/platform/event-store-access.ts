import { required } from './start.js';
import type { Config } from './config.js';

/** How a process gets at the event store, as its adapter takes it. */
export interface EventStoreAccess {
  readonly url: string;
  readonly username: string | undefined;
  readonly passwordFile: string | undefined;
  readonly prefix: string;
  /** milliseconds a call may take */
  readonly deadline: number;
  /** milliseconds in which a server must be found at the start */
  readonly patience: number;
}

/** @throws InvalidConfig where no event store is named */
export function eventStoreAccess(config: Config): EventStoreAccess {
  return {
    url: required('NACHWEIS_EVENT_STORE', config.eventStore),
    username: config.eventStoreUser,
    passwordFile: config.eventStorePasswordFile,
    prefix: config.eventStorePrefix,
    deadline: config.eventStoreDeadline,
    patience: config.eventStorePatience,
  };
}

/** Milliseconds in which an entry is recorded or refused: an append may take a call, and the look at what became of it. */
export const recordingPatience = ({ eventStoreDeadline }: Config): number => 2 * eventStoreDeadline;
