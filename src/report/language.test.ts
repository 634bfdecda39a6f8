import { describe, expect, it } from 'vitest';
import { htmlReporter } from './html.js';
import { figuresIn } from './numbers.js';
import { sampleResult } from './testing/sample.js';

describe('a page in another language', () => {
  it('says so, and has words and figures of that language', async () => {
    const [file] = await htmlReporter.render([sampleResult()], 'ru');
    const page = String(file?.content);
    expect(page).toContain('<html lang="ru">');
    expect(page).toContain('Учётная книга');
    expect(page).toMatch(/ожидалось 10\u00a0000 = доставлено 10\u00a0000 \+ потеряно 0/);
  });

  it('is English when nobody asks', async () => {
    const [asked] = await htmlReporter.render([sampleResult()], 'en');
    const [file] = await htmlReporter.render([sampleResult()]);
    expect(file).toEqual(asked);
    expect(String(file?.content)).toContain('<html lang="en">');
  });
});

describe('figures in Russian', () => {
  const { counted, bytes, hundredths, percent, whole } = figuresIn('ru');

  it('go with the form of the word that Russian asks for', () => {
    const nodes = { one: 'узел', few: 'узла', many: 'узлов', other: 'узла' };
    expect([1, 2, 5, 11, 21, 104].map((count) => counted(count, nodes))).toEqual([
      '1 узел',
      '2 узла',
      '5 узлов',
      '11 узлов',
      '21 узел',
      '104 узла',
    ]);
  });

  it('have a comma, spaces between thousands, and units of that language', () => {
    expect([hundredths(1.5), whole(1234567), percent(0.125), bytes(1500)]).toEqual([
      '1,50',
      '1\u00a0234\u00a0567',
      '12,5\u00a0%',
      '1,50 кБ',
    ]);
  });
});
