import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { html, jsonForScript } from './html/markup.js';
import { htmlReporter } from './html.js';
import { failingResult, modelledResult, sampleResult } from './testing/sample.js';

/** What a reader sees, without scripts and style; short enough to be shown when a test fails. */
async function wordsOf(result = sampleResult()): Promise<string> {
  return (await pageOf(result)).replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, '');
}

async function pageOf(result = sampleResult()): Promise<string> {
  const [file] = await htmlReporter.render([result]);
  return String(file?.content);
}

describe('markup', () => {
  it('escapes every value that is not markup, also in attributes and lists', () => {
    const hostile = `</script><img src=x onerror="alert('1')">&`;
    const escaped = '&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;';
    expect(html`<p title="${hostile}">${[hostile, html`<b>${hostile}</b>`]}</p>`.text).toBe(
      `<p title="${escaped}">${escaped}<b>${escaped}</b></p>`,
    );
  });

  it('writes JSON that ends no script and reads back the same', () => {
    const value = { text: '</script><!-- &amp; \u2028\u2029' };
    const { text } = jsonForScript(value);
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual(value);
  });
});

describe('report.html', () => {
  it('says how long after a join messages may be lost, only where a join is not waited for', async () => {
    const result = sampleResult();
    const nodes = result.nodes.map((node) => ({ ...node, joinWindowMsMax: 73.746 }));
    expect(await wordsOf({ ...result, nodes })).toContain('What was sent to a room within 73.7 ms of a join may be lost');
    expect(await wordsOf(result)).not.toContain('of a join');
  });

  it('allows only its own scripts and style, by hash', async () => {
    const page = await pageOf();
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    const hashes = (pattern: RegExp) =>
      [...page.matchAll(pattern)].map(([, text = '']) => `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`);
    expect(policy).toContain('default-src &#39;none&#39;');
    expect(policy).toContain(`script-src ${hashes(/<script>([\s\S]*?)<\/script>/g).join(' ')};`);
    expect(policy).toContain(`style-src ${hashes(/<style>([\s\S]*?)<\/style>/g).join(' ')};`);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('refers to nothing outside itself', async () => {
    const references = (await pageOf()).match(/<(link|iframe|img|object)\b|<script[^>]+src|sourceMappingURL|@import|\burl\(/g);
    expect(references).toBeNull();
  });

  it('warns of the embedded broker when there was one, and only then', async () => {
    expect(await wordsOf(failingResult())).toMatch(/class="warning"[\s\S]*This run used the embedded broker/);
    expect(await wordsOf()).not.toContain('class="warning"');
  });

  it('spells out the ledger and names the place where the books differ', async () => {
    const page = await wordsOf(failingResult());
    expect(page).toContain('expected 10,000 = delivered 9,997 + lost 3');
    expect(page).toContain('1 equation does not hold; the place is redis-1.');
    expect(page).toContain('message 17 of u3 to u:u6 did not reach u6/0');
  });

  it('says why a figure is not known', async () => {
    const page = await wordsOf(modelledResult());
    expect(page).toContain('aria-label="not known"');
    expect(page).toMatch(/costUsPerDelivered<\/code><\/dt><dd>nothing was run/);
    expect(page).not.toMatch(/\b(NaN|undefined|null|Infinity|object Object)\b/);
  });
});
