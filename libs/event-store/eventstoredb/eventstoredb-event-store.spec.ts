import { EventStoreDbEventStore, type EventStoreDbOptions } from '#event-store/eventstoredb';
import { EventStorePeer } from '../../../test/support/event-store-peer.js';
import { eventStoreContract } from '../testing/contract.js';

const given = process.env['NACHWEIS_TEST_EVENTSTORE'];
let peer: EventStorePeer | undefined;
let ledgers = 0;

beforeAll(async () => {
  peer = given === undefined ? await EventStorePeer.start() : undefined;
  process.stderr.write(
    given === undefined
      ? 'The event store contract runs against the PROTOCOL PEER: set NACHWEIS_TEST_EVENTSTORE for a real server.\n'
      : 'The event store contract runs against the REAL SERVER that NACHWEIS_TEST_EVENTSTORE names.\n',
  );
});
afterAll(async () => {
  await peer?.stop();
});

/** Credentials stand in the address only here; the adapter takes them apart. */
function serverUnderTest(): Pick<EventStoreDbOptions, 'url' | 'username' | 'password'> {
  const url = given ?? peer?.url ?? '';
  const { scheme, user, secret, rest } =
    /^(?<scheme>[a-z+]+:\/\/)(?<user>[^:@/]+):(?<secret>[^@/]+)@(?<rest>.*)$/.exec(url)?.groups ?? {};
  return rest === undefined ? { url } : { url: `${scheme}${rest}`, username: user, password: secret };
}

eventStoreContract('on EventStoreDB', async () => {
  ledgers += 1;
  const prefix = `contract-${process.pid}-${Math.floor(performance.timeOrigin)}-${ledgers}`;
  const opened: EventStoreDbEventStore[] = [];
  const open = async (): Promise<EventStoreDbEventStore> => {
    const store = await EventStoreDbEventStore.open({ ...serverUnderTest(), prefix });
    opened.push(store);
    return store;
  };
  return {
    store: await open(),
    reopen: open,
    close: async () => {
      for (const store of opened) await store.close();
    },
  };
});
