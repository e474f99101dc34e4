import { assess } from './assess.js';
import { readDraft } from './draft.js';
import { choicesOf, type TemplateChoice } from './template-choices.js';
import { templatesOf } from './template.js';
import { at, clauses, inForceThere, intelligence, police, youth } from './testing/network.js';

const [progress] = clauses;
const inForce = inForceThere({
  clauses: [
    { ...progress, id: 'progress' },
    { ...progress, id: 'both', purposes: ['exit-support', 'child-welfare'], to: [police, intelligence] },
    { ...progress, id: 'round', from: [youth, police], to: [youth, police] },
  ],
});
const choices = (clause: string, agency = youth): readonly TemplateChoice[] =>
  templatesOf(agency, at, inForce.registry)
    .filter(({ reference }) => reference === `exit@2#${clause}`)
    .flatMap((template) => choicesOf(template, agency));

describe('What a worker picks by a template', () => {
  it('is the clause alone where it leaves no choice', () => {
    expect(choices('progress').map(({ kind, name, purpose }) => [kind, name, purpose])).toEqual([
      ['answer', 'exit@2#progress', null],
      ['spontaneous', 'exit@2#progress', 'exit-support'],
      ['conference', 'exit@2#progress', 'exit-support'],
    ]);
  });

  it('is one of its purposes, too, and one of those it may be told to: none of it is asked again', () => {
    const told = choices('both').filter(({ kind }) => kind === 'spontaneous');
    expect(told.map(({ name, counterparts }) => [name, counterparts])).toEqual([
      [`exit@2#both/exit-support/${police}`, [police]],
      [`exit@2#both/exit-support/${intelligence}`, [intelligence]],
      [`exit@2#both/child-welfare/${police}`, [police]],
      [`exit@2#both/child-welfare/${intelligence}`, [intelligence]],
    ]);
    for (const { needs } of told) expect(needs).toEqual(['template', 'case', 'items', 'reason']);
  });

  it('is in a conference a purpose and never one of those who hear it: they all do', () => {
    expect(choices('both').flatMap(({ kind, name }) => (kind === 'conference' ? [name] : []))).toEqual([
      'exit@2#both/exit-support',
      'exit@2#both/child-welfare',
    ]);
  });

  it('is to ask or to tell, where the clause lets data go both ways', () => {
    const named = choices('round').flatMap(({ kind, name }) => (kind === 'conference' ? [] : [name]));
    expect(named).toEqual(['exit@2#round/request', 'exit@2#round', 'exit@2#round/spontaneous']);
  });

  it('is assessed as it would be recorded', () => {
    const draft = (more: object) => readDraft({ kind: 'disclosure', items: ['exit-progress'], ...more });
    const id = '0195a6f0-0006-7000-8000-000000000001';
    const asked = assess(
      draft({ template: `exit@2#both/child-welfare/${police}` }),
      { id, agency: youth, at },
      inForce,
    );
    const said = { template: 'exit@2#both', purpose: 'child-welfare', counterparts: [police] };
    expect(asked).toEqual(assess(draft(said), { id, agency: youth, at }, inForce));
    expect(asked).toMatchObject({ purpose: 'child-welfare', counterparts: [police] });
  });

  it('is nothing that the list does not show', () => {
    const draft = { kind: 'disclosure', items: ['exit-progress'], template: 'exit@2#both/health-care' };
    const id = '0195a6f0-0006-7000-8000-000000000001';
    expect(() => assess(readDraft(draft), { id, agency: youth, at }, inForce)).toThrow(
      expect.objectContaining({ code: 'invalid-body' }) as Error,
    );
  });
});
