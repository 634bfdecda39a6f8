import { expect, it } from 'vitest';
import { claimCriteria } from '../verdict/claims/claims.js';
import { claimsInRussian, claimsWords } from './claimsWords.js';
import { languages } from './language.js';

it.each(languages)('has words in %s for every part of every claim, and none for others', (language) => {
  const ids = new Set(Object.values(claimCriteria).flatMap((parts) => parts.map(({ id }) => id)));
  expect(Object.keys(claimsWords[language].parts).sort()).toEqual([...ids].sort());
});

it('has the article’s own words and their section for every claim', () => {
  expect(Object.keys(claimsInRussian).sort()).toEqual(Object.keys(claimCriteria).sort());
});
