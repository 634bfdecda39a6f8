/** What a page may be written in: the article's readers read Russian. */
export const languages = ['en', 'ru'] as const;
export type Language = (typeof languages)[number];

/** Words of a part of a page in every language. They stand beside what they are words of; what a result says itself (reasons, names, errors) stays as it is. */
export type InEveryLanguage<Words> = Readonly<Record<Language, Words>>;
