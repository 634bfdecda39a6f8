import type { Language } from './language.js';
import { type ForEach, type Kept, keptText, ofKept, recordFile } from './records.js';
import type { ReportFile } from './types.js';

/** What can be made of a record at any time: `bench report --format`. Each is loaded when it is asked for. */
export const formatNames = ['html', 'png', 'markdown', 'csv', 'junit', 'json'] as const;
export type FormatName = (typeof formatNames)[number];

type Files = Promise<readonly ReportFile[]>;

const formats: Readonly<Record<FormatName, (kept: Kept, language: Language) => Files>> = {
  html: async (kept, language) => {
    const { pages, resultPage } = await import('./html.js');
    if (kept.kind !== 'result') return oneFile('report.html', pages, kept, language);
    return [{ path: 'report.html', content: await resultPage(kept.record, language) }];
  },
  png: async (kept, language) => ofKept((await import('./png.js')).pictures, kept, language),
  markdown: async (kept, language) => oneFile('report.md', (await import('./markdown/index.js')).markdown, kept, language),
  csv: async (kept) => oneFile('figures.csv', (await import('./csv/index.js')).csv, kept),
  junit: async (kept) => oneFile('junit.xml', (await import('./junit/index.js')).junit, kept),
  json: async (kept) => [{ path: recordFile(kept.kind), content: keptText(kept) }],
};

export function formatted(name: FormatName, kept: Kept, language: Language = 'en'): Files {
  return formats[name](kept, language);
}

function oneFile(path: string, makers: ForEach<string>, kept: Kept, language?: Language): readonly ReportFile[] {
  return [{ path, content: ofKept(makers, kept, language) }];
}
