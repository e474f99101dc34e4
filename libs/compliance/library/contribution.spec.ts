import fc from 'fast-check';
import { DomainError, type Instant } from '#kernel';
import { quarterOf, readContribution } from './contribution.js';

const lesson = {
  kind: 'near-miss',
  language: 'de',
  title: 'Beinahe an den falschen Verteiler',
  text: 'Vor dem Absenden lasen zwei Personen die Liste der Empfangenden.\nSo fiel auf, dass eine Stelle ausgeschieden war.',
  purposes: ['case-admission'],
};
const bodies = {
  isAgency: (word: string): boolean => word === 'clinic.example',
  names: ['Youth Office of Exampletown', 'Kinder- und Jugendklinik Musterstadt', 'Jugendamt Nord'],
};

const seed = 20261122;
const said =
  (locale: string, options: Intl.DateTimeFormatOptions) =>
  (date: Date): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(date);
const iso = (date: Date): string => date.toISOString().slice(0, 10);
/** A day as people and machines write it. */
const ways: readonly ((date: Date) => string)[] = [
  iso,
  (date) => iso(date).replaceAll('-', ''),
  (date) => iso(date).slice(2),
  (date) => iso(date).split('-').toReversed().join('.'),
  (date) => iso(date).split('-').toReversed().join(''),
  ...['de-DE', 'en-GB', 'en-US'].flatMap((locale) => [
    said(locale, { dateStyle: 'full' }),
    said(locale, { dateStyle: 'long' }),
    said(locale, { dateStyle: 'medium' }),
    said(locale, { dateStyle: 'short' }),
    said(locale, { day: 'numeric', month: 'long' }),
  ]),
];

const pointersOf = (change: object): readonly string[] => {
  try {
    readContribution({ ...lesson, ...change }, bodies);
    return [];
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid-body')
      return error.faults.map(({ pointer }) => pointer);
    throw error;
  }
};

describe('A contribution to the library', () => {
  it('is a kind, a language, a title, a text and the work it was learnt in', () => {
    expect(readContribution(lesson, bodies)).toEqual(lesson);
    const { purposes: _, ...without } = lesson;
    expect(readContribution(without, bodies)).toEqual({ ...lesson, purposes: [] });
  });

  it.each([
    ['/kind', { kind: 'gossip' }],
    ['/language', { language: 'fr' }],
    ['/title', { title: ' ' }],
    ['/title', { title: 'two\nlines' }],
    ['/title', { title: 'x'.repeat(201) }],
    ['/text', { text: 'x'.repeat(8_001) }],
    ['/text', { text: 'a bell \u0007' }],
    ['/purposes', { purposes: ['curiosity'] }],
    ['/purposes', { purposes: 'case-admission' }],
    ['', { agency: 'clinic.example' }],
  ])('is refused at %s for what has not the form', (pointer, change) => {
    expect(pointersOf(change)).toEqual([pointer]);
  });

  it.each([
    'Am 3.4.2026 fiel es auf.',
    'Am 3. April 2026 fiel es auf.',
    'It was noticed on April 3, 2026.',
    'It was noticed on the 3rd of April 2026.',
    'Seen 2026-04-03 at noon.',
    'It was exchange 0195A6F0-0001-7000-8000-000000000005.',
    'Ask jane.doe@example.org about it.',
    'Az. 12/2025-7 was mixed up.',
    'Our partner Clinic.Example did it.',
    'Am 3. April fiel es auf.',
    'Am 3.April 2026 fiel es auf.',
    'Am 12. Mai fiel es auf.',
    'Am 3. Ma\u0308rz fiel es auf.',
    'Vom 3. bis 5. Okt. war niemand da.',
    'Am 3.4. fiel es auf.',
    'Seen on 2026/04/03.',
    'Seen on 03-04-2026.',
    'It was noticed on the 3rd of April.',
    'It was noticed on 3 May.',
    'It was noticed on May 3rd.',
    'The YOUTH OFFICE  of Exampletown did it.',
    'Das kam von der Kinder- und Jugendklinik Musterstadt.',
    'Das war der Fehler des kinder und jugendklinik musterstadts.',
    'Das Falsche kam vom Mitarbeiter des Jugendamtes Nord.',
    'Die Liste des Jugendamts Nords war alt.',
    'Es kam am Dienstag, 3.4., an.',
    'Es kam Dienstagabend, den 3.4. an.',
    'Mo., 3.4.: niemand war da.',
    'It came on Tuesday, 3/4.',
    'Es war am dritten April 2026.',
    'Es war der einunddreißigste März.',
    'Bis zum ersten Mai fehlte es.',
    'It was the third of April 2026.',
    'It was noticed on April the twenty-first.',
    'Siehe Ausdruck 20260403.',
    'Siehe Ausdruck 03042026.',
    'Seen 26-04-03.',
    'Am 3. IV. 2026 fiel es auf.',
    'Zur Fall-Nr. 12/2025 kam nichts.',
    'Zur Fallnummer 4711-25 kam nichts.',
    'Die Fallnummer lautet 4711.',
    'Zum Vorgang 2025/117 kam nichts.',
    'Im Fall 4711 kam nichts.',
    'Nothing came for case 4711.',
    'Nothing came for case number 7.',
    'Nothing came for case-y1.',
    'Es ging um 12 Js 345/25.',
    'Die Akte 2025/117 fehlte.',
    'Seit dem zweiten Mai fehlte es.',
    'It was noticed on 3 May 2026, or 3 may 2026.',
    'Es begann am 3ten April.',
    'Seen 3-Apr-2026.',
    'Mo 3.4. war niemand da.',
    'It came Fri, 3/4.',
    'It came on Monday 3/4 in the evening.',
    'Akte Nr. 12/2025 fehlte.',
    'Fall Nr. 12 war es.',
    'Case #4711 was mixed up.',
    'Case: 4711',
    'Fall: 4711',
    'Der Fall 4711 fehlte.',
    'In case 4711, nothing came.',
    'Es fehlte etwas (Vorgang 4711).',
    'Zum Vorgang 4711-25 kam nichts.',
    'Akte 2025-117 fehlte.',
    'Die Akte 2025/27 fehlte.',
    'Az. 2025/26 fehlte.',
    'Die Geschäftsnummer 2 K 14/25 fehlte.',
    'Unter Tgb.-Nr. 12/25 kam nichts.',
    'Die Fallnummer war 7.',
    'The file numbers 4711 and 4712 were swapped.',
  ])('may not give away who or when: %s', (text) => {
    expect(pointersOf({ text })).toEqual(['/text']);
    expect(pointersOf({ title: text })).toEqual(['/title']);
  });

  it.each([
    'Im Frühjahr 2026 war es ruhiger.',
    'Two of 12 groups met within 3.5 days.',
    'Die Klinik rief an.',
    'Es gilt das Prinzip der 4 Augen, auch für 2 junge Menschen.',
    'Of 12 people 3 may stay, and 2 decided in the end.',
    'Im Juni 12 Fälle, im April 2026 keiner.',
    'The youth office of another town answered within 2026.',
    'Siehe Abschnitt 3.4. der Hinweise.',
    'Im ersten Juni nach der Umstellung war es ruhiger, im zweiten Mai auch.',
    'The second may be told, and the third of many marched.',
    'Der erste Jan hieß anders; zum zweiten Mal.',
    'In Fall 2 und Fall 12 war es ebenso; in Fall 3-5 nicht.',
    'In diesem Fall 2026 wie 2025.',
    'In case 4000 people ask, two answer.',
    'Decide case-by-case, in the case-management tool.',
    'Ein Vorgang, drei Akten und 4000 Seiten.',
    'Die Fallnummer gehört nicht in den Betreff.',
    'Am Dienstag kamen 3 von 4.',
    'Nach SGB VIII § 8a Abs. 3 in 24 Stunden.',
    'Die Jugendämter im Norden lesen es; das Jugendamt nicht.',
    'Die zweite August-Konferenz fiel aus.',
    'Die 3. August-Konferenz und die 2te Juli Hälfte fielen aus.',
    'In der ersten Juli-Hälfte war die Leitung im Urlaub.',
    'Beim zweiten Juni-Treffen fehlte die Klinik.',
    'Die dritte Mai Woche war ruhig; so war es eine zweite August lang.',
    'In April 12 offices took part; in June 4 of 5 answers came, and in late July or mid-July third parties asked.',
    'On Monday 3/4 of the group was ill, am Dienstag 3/4 der Gruppe.',
    'We sat 3/4 hour. So 3.4. der Hinweise.',
    'In that case 1500 pages had been sent, and in such a case 5000 euros.',
    'In this case 200-300 pages are too many, and in that case: 3 of 4.',
    'Wir fanden in einer Akte 1200 Seiten, in der Akte 1500 Zeilen und nahmen zur Akte 1000 Namen.',
    'Im Fall 2025/26 wie zuvor; der Fall 2025/2026 im Vergleich, der Fall 2025-2026.',
    'Die Fallnummer war 3-mal falsch und das Aktenzeichen war 2 Wochen alt.',
    'The file numbers 1 to 3 were swapped.',
  ])('may be told without them: %s', (text) => {
    expect(pointersOf({ text })).toEqual([]);
  });

  it('may not name any day, however it is written', () => {
    const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2039-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.constantFrom(...ways), (date, way) => {
        expect([way(date), pointersOf({ text: `Es war so: ${way(date)}, und dann nicht mehr.` })]).toEqual([
          way(date),
          ['/text'],
        ]);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('may count whatever it likes', () => {
    const counted = ['Fälle', 'Personen', 'Stellen', 'Akten', 'Tage', 'Seiten', 'cases', 'files', 'people', 'may stay'];
    const before = [
      'Es waren',
      'Im Fall waren',
      'there were',
      'Vorgang um Vorgang',
      'Im Mai',
      'Fall',
      'in that case',
      'in der Akte',
      'In April',
    ];
    const counts = fc.oneof(fc.nat(99), fc.nat(99_999));
    fc.assert(
      fc.property(counts, fc.constantFrom(...counted), fc.constantFrom(...before), (count, what, lead) => {
        expect([count, what, lead, pointersOf({ text: `${lead} ${count} ${what}.` })]).toEqual([count, what, lead, []]);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('repeats nothing of what it refuses', () => {
    expect(() => readContribution({ ...lesson, text: 'Az. 12/2025-7' }, bodies)).toThrow(
      expect.objectContaining({ faults: [{ pointer: '/text', detail: 'names the number of a file' }] }) as Error,
    );
  });

  it.each([
    ['2026-01-01T00:00:00.000Z', '2026-Q1'],
    ['2026-03-31T23:59:59.999Z', '2026-Q1'],
    ['2026-04-01T00:00:00.000Z', '2026-Q2'],
    ['2026-12-31T12:00:00.000Z', '2026-Q4'],
  ])('is known by its quarter only: %s is %s', (at, quarter) => {
    expect(quarterOf(at as Instant)).toBe(quarter);
  });
});
