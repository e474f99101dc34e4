import { entryTypes, languages } from '#catalogue';
import { isAsked, everyRowsView, everyView, isPlural } from './index.js';

/** Parameters that every view takes, and endpoints with answers of their own form. */
const taken = new Set(['cursor', 'limit', 'sort', 'asOf', 'format', 'lang']);
const endpoints = new Set(['disclosures', 'flows', 'summary', 'accesses']);

const isOnce = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

describe('every view', () => {
  it('is there for each id of the domain, in its order', () => {
    const ids = [...new Set(everyView.map(({ id }) => id))];
    expect(ids).toEqual(Array.from({ length: 22 }, (_, number) => `V${number}`));
  });

  it('has a name of its own, and not that of another endpoint', () => {
    expect(isOnce(everyView.map(({ name }) => name))).toBe(true);
    expect(everyView.filter(({ name }) => endpoints.has(name)).map(({ id }) => id)).toEqual([]);
  });

  it('can be looked at as of an earlier moment where the domain says so, and only there', () => {
    const ids = everyView.filter(({ asOf }) => asOf === true).map(({ id }) => id);
    expect(ids).toEqual(['V1', 'V2', 'V3', 'V8', 'V19'].filter((id) => everyView.some((view) => view.id === id)));
  });

  it.each(everyView.map((view) => [view.name, view] as const))('%s says who it is and what it answers', (_, view) => {
    expect(view.id).toMatch(/^V(1?\d|2[01])$/);
    expect(view.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const language of languages) {
      const texts = [view.title, view.question, ...Object.values(view.columns).map(({ title }) => title)];
      expect(texts.filter((labels) => labels[language].trim() === '')).toEqual([]);
    }
  });

  it.each(everyView.map((view) => [view.name, view] as const))('%s has columns that can be asked by', (_, view) => {
    const names = Object.keys(view.columns);
    const periods = Object.entries(view.columns).flatMap(([name, { kind }]) =>
      kind === 'instant' || kind === 'date' ? [`${name}From`, `${name}To`] : [],
    );
    expect(isOnce([...names, ...periods, ...taken])).toBe(true);
    expect(names.filter((name) => !/^[a-z][a-zA-Z]*$/.test(name))).toEqual([]);
    for (const [name, { kind, vocabulary, sort }] of Object.entries(view.columns)) {
      expect([name, vocabulary !== undefined]).toEqual([name, kind === 'code' || kind === 'codes']);
      expect([name, sort === true && isPlural(kind)]).toEqual([name, false]);
    }
  });

  it.each(everyView.map((view) => [view.name, view] as const))('%s is ordered by a column that sorts', (_, view) => {
    expect(view.columns[view.order.by]?.sort).toBe(true);
  });

  const byMoments = everyView.filter(({ columns, order }) =>
    ['instant', 'date'].includes(columns[order.by]?.kind ?? ''),
  );
  it.each(byMoments.map((view) => [view.name, view] as const))(
    '%s can be narrowed to a period by the moments it is ordered by',
    (_, { columns, order }) => expect(columns[order.by]?.filter).toBe(true),
  );

  it.each(everyRowsView.map((view) => [view.name, view] as const))('%s reads types that there are', (_, view) => {
    expect(view.reads.filter((type) => !entryTypes.has(type))).toEqual([]);
    expect(isAsked(view)).toBe(false);
  });
});
