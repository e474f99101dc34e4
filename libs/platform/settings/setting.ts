/** One thing an operator can decide. */
export interface Setting<Value> {
  readonly name: string;
  /** what holds when nothing is given; undefined: the setting is absent */
  readonly fallback: string | undefined;
  /** which values there are, for messages and for the documentation */
  readonly form: string;
  readonly meaning: string;
  /** @throws when the text is not of the form */
  readonly parse: (text: string) => Value;
}

export function text(given: string): string {
  if (given === '') throw new RangeError('empty');
  return given;
}

export function matching(form: RegExp): (given: string) => string {
  return (given) => {
    if (!form.test(given)) throw new RangeError('not of this form');
    return given;
  };
}

export function wholeNumber(least: number, most: number): (given: string) => number {
  return (given) => {
    const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
    if (!(value >= least && value <= most)) throw new RangeError('not in this range');
    return value;
  };
}

export function oneOf<const Choice extends string>(choices: readonly Choice[]): (given: string) => Choice {
  return (given) => {
    const choice = choices.find((name) => name === given);
    if (choice === undefined) throw new RangeError('not one of these');
    return choice;
  };
}
