import { registerHooks } from 'node:module';

// Loaded with `node --import`, it lets plain Node run TypeScript of the tests, whose imports end in `.js` as everywhere
// else. Imports of `#…` are the built libs, so what runs is what ships.
registerHooks({
  resolve(specifier, context, nextResolve) {
    const isOurs = context.parentURL?.endsWith('.ts') === true && /^\.{1,2}\//.test(specifier);
    return nextResolve(isOurs ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
