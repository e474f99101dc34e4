import { entryTypes, vocabularies } from '#catalogue';
import { everyRule } from '../rules/every-rule.js';
import { versions } from './versions.js';

test('an export says which version of each form, list and rule it was written by', () => {
  const { entryTypes: types, vocabularies: lists, rules, rulePacks } = versions();
  expect(Object.keys(types ?? {})).toEqual([...entryTypes.keys()]);
  expect(Object.keys(lists ?? {})).toEqual([...vocabularies.keys()]);
  expect(rules).toMatchObject({ 'LOG-01': everyRule.find(({ id }) => id === 'LOG-01')?.version });
  expect(Object.keys(rules ?? {})).toHaveLength(everyRule.length);
  expect(rulePacks).toHaveProperty('EU-GDPR');
});
