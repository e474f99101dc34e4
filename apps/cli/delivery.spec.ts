import { agencyId, type AgencyId } from '#kernel';
import { deliver, type Parcel } from './delivery.js';
import { Random } from './simulation/random.js';

const agencies = ['a.example', 'b.example', 'c.example'].map(agencyId);
const options = { concurrency: 3, batch: 5, window: 40 };

interface Numbered extends Parcel {
  readonly step: number;
}

/** Exchanges of several steps, each by an agency of its own, one after another; some parcels belong to none. */
function* parcels(count: number, random: Random): Generator<Numbered> {
  for (let exchange = 0; exchange < count; exchange += 1) {
    for (let step = 0; step < 1 + (exchange % 6); step += 1) {
      const id = `${exchange}/${step}`;
      const body = { id, type: 'Any', occurredAt: '', data: {} };
      const isAlone = exchange % 7 === 3;
      yield { agency: random.pick(agencies), step, body: isAlone ? body : { ...body, exchange: String(exchange) } };
    }
  }
}

/** A ledger that takes its time: submissions arrive in any order. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
};

describe('delivery', () => {
  it.each(['1', '2', '3', '4', '5'])(
    'brings all, each after the one before it in its exchange (seed %s)',
    async (seed) => {
      const random = new Random(seed);
      const all = [...parcels(120, new Random(seed))];
      const arrived = new Map<string | undefined, number>();
      const ids: string[] = [];
      let underWay = 0;
      let most = 0;
      await deliver(all, {
        ...options,
        send: async (agency, batch) => {
          most = Math.max(most, (underWay += 1));
          expect(batch.length).toBeLessThanOrEqual(options.batch);
          expect(new Set(batch.map((parcel) => parcel.agency))).toEqual(new Set([agency]));
          for (const { step, body } of batch) {
            if (body.exchange !== undefined) expect(arrived.get(body.exchange) ?? -1).toBe(step - 1);
          }
          await turns(random.whole(0, 30));
          for (const { step, body } of batch) {
            arrived.set(body.exchange, step);
            ids.push(body.id);
          }
          underWay -= 1;
        },
      });
      expect(ids.toSorted()).toEqual(all.map(({ body }) => body.id).toSorted());
      expect(most).toBe(options.concurrency);
    },
  );

  it('reads no further ahead than its window', async () => {
    let read = 0;
    let arrived = 0;
    const watched = function* (): Generator<Numbered> {
      for (const parcel of parcels(200, new Random('window'))) {
        read += 1;
        expect(read - arrived).toBeLessThanOrEqual(options.window);
        yield parcel;
      }
    };
    await deliver(watched(), {
      ...options,
      send: async (_, { length }) => {
        await turns(3);
        arrived += length;
      },
    });
    expect(arrived).toBe(read);
  });

  it('stops at a failure, says it, and leaves nothing behind that is still on its way', async () => {
    let sent = 0;
    let underWay = 0;
    const send = async (_: AgencyId): Promise<void> => {
      sent += 1;
      underWay += 1;
      const isRefused = sent === 4;
      await turns(isRefused ? 1 : 20);
      underWay -= 1;
      if (isRefused) throw new Error('refused');
    };
    await expect(deliver(parcels(120, new Random('failure')), { ...options, send })).rejects.toThrow('refused');
    expect(underWay).toBe(0);
    expect(sent).toBeLessThan(9);
  });

  it('misses no failure of several at once', async () => {
    const send = (): Promise<void> => Promise.reject(new Error('all refused'));
    await expect(deliver(parcels(30, new Random('all')), { ...options, send })).rejects.toThrow('all refused');
  });

  it('takes what is read while it is sent', async () => {
    const seen: string[] = [];
    const later = async function* (): AsyncGenerator<Numbered> {
      for (const parcel of parcels(10, new Random('later'))) {
        await turns(2);
        yield parcel;
      }
    };
    await deliver(later(), {
      ...options,
      send: async (_, batch) => void seen.push(...batch.map(({ body }) => body.id)),
    });
    expect(seen).toHaveLength([...parcels(10, new Random('later'))].length);
  });
});
