import { Closing } from '#platform';

const failing = (message: string) => async (): Promise<never> => {
  throw new Error(message);
};

describe('What was opened', () => {
  it('is closed once, last opened first', async () => {
    const closed: string[] = [];
    const closing = new Closing();
    for (const name of ['store', 'vault', 'views']) closing.add(() => closed.push(name));
    await closing.close();
    await closing.close();
    expect(closed).toEqual(['views', 'vault', 'store']);
  });

  it('is closed although something else cannot be, and all that could not be closed is told', async () => {
    const closed: string[] = [];
    const closing = new Closing();
    closing.add(() => closed.push('store'));
    closing.add(failing('vault'));
    closing.add(() => {
      throw new Error('views');
    });
    await expect(closing.close()).rejects.toMatchObject({ errors: [{ message: 'views' }, { message: 'vault' }] });
    expect(closed).toEqual(['store']);
  });

  it('is closed when the next thing cannot be opened, and the start fails with the reason', async () => {
    const closed: string[] = [];
    const starting = Closing.onFailure(async (closing) => {
      closing.add(failing('the vault broke, too'));
      closing.add(() => closed.push('store'));
      throw new Error('no views');
    });
    await expect(starting).rejects.toThrow('no views');
    expect(closed).toEqual(['store']);
  });

  it('stays open when everything could be opened', async () => {
    const closed: string[] = [];
    const closing = await Closing.onFailure(async (opening) => {
      opening.add(() => closed.push('store'));
      return opening;
    });
    expect(closed).toEqual([]);
    await closing.close();
    expect(closed).toEqual(['store']);
  });
});
