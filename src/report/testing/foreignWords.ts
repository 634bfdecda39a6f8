/** Names that are written alike in every language. */
const names =
  /^(bench|Redis|Cluster|RabbitMQ|NATS|Node|HDR|UTC|CSV|JSON|JavaScript|INFO|commandstats|PUBLISH|result|timeline|single|channel|compare)$/;

const empty = new Set(['meta', 'br', 'img', 'input', 'hr', 'link', 'path', 'line', 'rect']);
const spoken = /\b(?:aria-label|title|alt|placeholder)="([^"]*)"/g;

/** English words in what a page says in another language, outside of code and of what is marked as English. `given`: names that whoever ran it gave, where no mark can stand. */
export function englishWordsOn(page: string, given: readonly string[] = []): readonly string[] {
  const body = page.slice(page.indexOf('<title>')).replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, '');
  const open: { readonly name: string; readonly apart: boolean }[] = [];
  const found: string[] = [];
  const apart = () => open.some((element) => element.apart);
  for (const [, close, name = '', attributes = '', text = ''] of body.matchAll(/<(\/?)([a-z0-9]+)([^>]*)>([^<]*)/g)) {
    const isEnglish = /\blang="en"/.test(attributes);
    if (close === '/') open.splice(open.map((element) => element.name).lastIndexOf(name));
    else {
      if (!apart() && !isEnglish) for (const [, words = ''] of attributes.matchAll(spoken)) found.push(words);
      if (!empty.has(name)) open.push({ name, apart: isEnglish || name === 'code' || name === 'pre' });
    }
    if (!apart()) found.push(text);
  }
  return [...new Set(found.flatMap(englishWords))].filter((word) => !given.includes(word));
}

function englishWords(text: string): readonly string[] {
  const plain = text.replaceAll(/&[a-z]+;|&#\d+;/g, ' ').replaceAll(/\S+\.json|p\d+/g, ' ');
  return (plain.match(/[A-Za-z]{3,}/g) ?? []).filter((word) => !names.test(word));
}
