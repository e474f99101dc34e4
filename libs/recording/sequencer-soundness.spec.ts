import { treeSize } from '#kernel';
import { admission, operation, police } from './testing/entries.js';
import { Scratch } from './testing/scratch.js';
import { openWriteSide } from './testing/write-side.js';

const scratch = new Scratch();
afterAll(() => scratch.remove());

describe('a sequencer that meets another log than it has seen', () => {
  it('is not sound until the log is what it was', async () => {
    let lost = false;
    const side = await openWriteSide(scratch, {
      store: (inner) => {
        const [append, read, size] = [inner.append.bind(inner), inner.read.bind(inner), inner.size.bind(inner)];
        inner.append = async (...given) => (lost ? Promise.reject(new Error('broken')) : append(...given));
        inner.read = async (...given) => (lost ? [] : read(...given));
        inner.size = async (stream) => (lost ? treeSize(0) : size(stream));
        return inner;
      },
    });
    const { sequencers } = side;
    await sequencers.registry.submit([admission(9_000_000, police)]);
    await sequencers.entries.submit([operation(1)]);
    await sequencers.entries.requireSound();
    lost = true;
    for (const id of [2, 3])
      await expect(sequencers.entries.submit([operation(id)])).rejects.toMatchObject({ code: 'store-unavailable' });
    await expect(sequencers.entries.requireSound()).rejects.toThrow('fewer leaves than the register has seen');
    lost = false;
    await sequencers.entries.requireSound();
    expect(await sequencers.entries.submit([operation(4)])).toMatchObject([{ place: { index: 1 } }]);
    await side.drop();
  });
});
