// The page in a real browser.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { HtmlValidate } from 'html-validate';
import { browse, ready } from './browser.mjs';
import { check, flows, page, root, run, scratch, write } from './command.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pages = { ja: page('ja', '--lang', 'ja'), en: page('en', '--lang', 'en') };
const CLAIM = { data: 'レセプト', row: 'レセプト', column: '損害保険会社' };
let browser;
before(async () => { browser = await browse(); });
after(() => browser.close());

/** Opens a page; fails on a word on the console, an error or a request for anything but the page. */
const open = async (path = pages.ja, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const heard = [];
  context.on('console', (message) => heard.push(message.text()));
  context.on('weberror', (error) => heard.push(String(error.error())));
  context.on('request', (request) => {
    const url = request.url();
    if (url.split('#')[0] !== pathToFileURL(path).href && !/^(data|blob):/.test(url)) heard.push(`request: ${url}`);
  });
  const tab = await ready(context, path);
  return { tab, heard, close: () => context.close() };
};

const quiet = ({ heard, close }) => {
  assert.deepEqual(heard, []);
  return close();
};

/** The cell of a row and a column, by their Japanese labels. */
const cellOf = async (tab, row, column) => {
  const at = await tab.evaluate(([row, column]) => {
    const named = (element) => element.querySelector('[data-ja]')?.dataset.ja;
    const table = document.getElementById('grid');
    return [
      [...table.tBodies[0].rows].findIndex((line) => named(line.cells[0]) === row),
      [...table.tHead.rows[0].cells].findIndex((head) => head.className !== 'corner' && named(head) === column),
    ];
  }, [row, column]);
  assert.ok(at.every((place) => place >= 0), `${row} ${column}`);
  return tab.locator(`#grid tbody tr:nth-child(${at[0] + 1}) > :nth-child(${at[1] + 1})`);
};

/** Fills the form, as far as it has fields for the flow, and decides. */
const decide = async (tab, flow) => {
  await tab.click('#flow [type=reset]');
  for (const [field, value] of Object.entries(flow)) {
    const place = tab.locator(`#d-${field}`);
    if ((await place.evaluate((element) => element.tagName)) === 'SELECT') await place.selectOption(value);
    else await place.fill(value);
  }
  await tab.click('#flow [type=submit]');
};

test('the matrix is shown, each verdict told by its mark, and a cell opens the sentence in its published context', async () => {
  const shown = await open();
  const { tab } = shown;
  assert.equal(await tab.locator('#grid tbody tr').count(), 46);
  const cell = await cellOf(tab, CLAIM.row, CLAIM.column);
  assert.equal(await cell.textContent(), '△');
  assert.equal(await cell.getAttribute('aria-label'), '条件付き 3-5');
  assert.ok(await cell.isVisible());
  await cell.click();
  const panel = tab.locator('#panel');
  assert.equal(await panel.locator('.sentence').textContent(), '3-5 第三者行為に係る損保会社等への求償');
  assert.equal(await panel.locator('.context mark').textContent(), '第三者行為に係る損保会社等への求償');
  const lines = await panel.locator('.context li').allTextContents();
  assert.ok(lines.some((line) => line.includes('健保連の高額医療給付の共同事業')), 'the lines around it');
  const text = await panel.innerText();
  for (const part of ['【他の事業者等への情報提供を伴う事例】', '3 被保険者等に対する保険給付に必要な利用目的', '個人情報保護法第27条第1項', '個人情報保護法第29条', 'published/aeon.txt:53', 'sha256:']) {
    assert.ok(text.includes(part), part);
  }
  assert.ok(!text.includes('[object'), text);
  assert.ok(await panel.evaluate((element) => element === document.activeElement), 'the focus is in the panel');
  await quiet(shown);
});

test('the law is cited as on the day, and each filter decides again', async () => {
  const shown = await open();
  const { tab } = shown;
  const cell = await cellOf(tab, CLAIM.row, CLAIM.column);
  await cell.click();
  await tab.fill('#f-day', '2021-08-31');
  await tab.locator('#f-day').dispatchEvent('change');
  assert.ok((await tab.locator('#panel').innerText()).includes('個人情報保護法第23条第1項'));
  assert.equal(await tab.locator('#grid-day').textContent(), '2021-08-31');
  await tab.selectOption('#f-era', '2022-04-01');
  assert.ok((await tab.locator('#panel').innerText()).includes('個人情報保護法第27条第1項'));
  // With consent the fields are still open: no cell is a yes for all works.
  await tab.selectOption('#f-consent', 'explicit');
  assert.equal(await cell.textContent(), '△');
  await tab.selectOption('#f-relation', '第三者提供');
  await tab.selectOption('#f-activity', '求償');
  assert.equal(await cell.textContent(), '○');
  await tab.selectOption('#f-consent', 'refused');
  assert.equal(await cell.textContent(), '禁');
  await tab.click('#f-reset');
  assert.equal(await cell.textContent(), '△');
  await tab.selectOption('#f-relation', '委託');
  assert.equal(await cell.textContent(), '×');
  assert.ok((await tab.locator('#panel').innerText()).includes('近い事例'));
  await tab.click('#f-reset');
  await tab.selectOption('#f-activity', '販売');
  assert.equal(await cell.textContent(), '×');
  await tab.click('#f-reset');
  await tab.selectOption('#f-number', 'true');
  assert.equal(await cell.textContent(), '禁');
  await tab.fill('#f-basis', '番号法第19条第7項');
  await tab.locator('#f-basis').dispatchEvent('change');
  assert.ok(await tab.locator('#filter-error').isVisible(), 'a basis that is none is said');
  await tab.click('#f-reset');
  assert.ok(await tab.locator('#filter-error').isHidden());
  await tab.selectOption('#f-side', 'sender');
  assert.equal(await (await cellOf(tab, 'レセプト', '審査支払機関')).textContent(), '△');
  await tab.selectOption('#f-activity', 'レセプト点検');
  assert.equal(await (await cellOf(tab, 'レセプト', '審査支払機関')).textContent(), '○');
  await quiet(shown);
});

test('two societies stand side by side and the cells that differ are marked', async () => {
  const shown = await open();
  const { tab } = shown;
  await tab.selectOption('#f-compare', 'johas');
  const marked = await tab.locator('#grid td.differs').count();
  assert.equal(String(marked), await tab.locator('[data-count=differs]').textContent());
  assert.ok(marked > 0 && marked < 46 * 63);
  const letters = await tab.evaluate(() => [...document.querySelectorAll('#grid td')].every((cell) => {
    const [left, right] = [...cell.textContent];
    return cell.classList.contains('differs') === (left !== right);
  }));
  assert.ok(letters, 'a cell is marked exactly where its two marks differ');
  const cell = tab.locator('#grid td.differs').first();
  await cell.click();
  const names = await tab.locator('#panel article .society').allTextContents();
  assert.deepEqual(names, ['イオン健康保険組合', '労働者健康安全機構健康保険組合']);
  const verdicts = await tab.locator('#panel .verdict').allTextContents();
  assert.notEqual(verdicts[0], verdicts[1]);
  await quiet(shown);
});

test('a flow typed in Japanese is completed and decided as the command decides it', async () => {
  const shown = await open();
  const { tab } = shown;
  const offered = await tab.locator('#l-data option').evaluateAll((options) => options.map((option) => option.value));
  assert.ok(offered.includes('レセプト') && offered.includes('診療報酬明細書'));
  await tab.locator('#d-data').focus();
  await tab.keyboard.type('診療報酬明細書');
  await tab.locator('#d-recipient').focus();
  await tab.keyboard.type('ｿﾝﾎﾟ会社');
  await tab.keyboard.press('Enter');
  assert.equal(await tab.locator('#d-recipient').getAttribute('aria-invalid'), 'true');
  assert.ok((await tab.locator('#result').innerText()).includes('unknown-term'));
  await tab.locator('#d-recipient').fill('損保会社');
  await tab.keyboard.press('Enter');
  assert.equal(await tab.locator('#d-recipient').getAttribute('aria-invalid'), null);
  const record = JSON.parse(await tab.locator('#record').textContent());
  assert.deepEqual(record, check({ society: 'aeon', data: '診療報酬明細書', recipient: '損保会社', as_of: '2026-04-01' }, 'ja'));
  await tab.locator('#d-data').fill('レゼプト');
  await tab.keyboard.press('Enter');
  await tab.locator('#e-data .suggestion', { hasText: /^レセプト$/ }).click();
  assert.equal(await tab.locator('#d-data').inputValue(), 'レセプト');
  assert.ok(await tab.locator('#result .verdict').isVisible());
  await quiet(shown);
});

for (const lang of ['ja', 'en']) {
  test(`the form gives the whole record of the command for flows of the adjudicated table, in ${lang}`, async () => {
    const shown = await open(pages[lang]);
    const listed = flows('flows.tsv').filter((flow, at) => at % 4 === (lang === 'ja' ? 0 : 2) && ['aeon', 'johas'].includes(flow.society) && flow.as_of && /^\d{4}-\d\d-\d\d$/.test(flow.as_of)
      && ['', 'true', 'equivalent'].includes(flow.abroad ?? '') && ['', 'true'].includes(flow.my_number ?? '') && ['', 'implied', 'explicit', 'refused'].includes(flow.consent ?? ''));
    assert.ok(listed.length >= 15, `${listed.length} flows`);
    const verdicts = new Set();
    for (const flow of listed) {
      await decide(shown.tab, flow);
      const expected = check(flow, lang);
      verdicts.add(expected.verdict);
      if (expected.error) {
        assert.ok((await shown.tab.locator('#result').innerText()).includes(expected.error.code), JSON.stringify(flow));
      } else {
        assert.deepEqual(JSON.parse(await shown.tab.locator('#record').textContent()), expected, JSON.stringify(flow));
      }
    }
    assert.ok(verdicts.size >= 4, [...verdicts].join());
    await quiet(shown);
  });
}

test('the matrix is walked, opened and folded by keys alone', async () => {
  const shown = await open();
  const { tab } = shown;
  await tab.keyboard.press('Tab');
  assert.equal(await tab.evaluate(() => document.activeElement.className), 'skip');
  const focus = () => tab.evaluate(() => {
    const cell = document.activeElement;
    return [cell.parentElement.rowIndex, cell.cellIndex];
  });
  await tab.locator('#grid [tabindex="0"]').focus();
  assert.equal(await tab.locator('#grid [tabindex="0"]').count(), 1, 'one cell has a place in the order');
  assert.deepEqual(await focus(), [1, 1]);
  for (const [key, place] of [['ArrowRight', [1, 2]], ['ArrowDown', [2, 2]], ['ArrowLeft', [2, 1]], ['ArrowLeft', [2, 0]], ['ArrowUp', [1, 0]], ['End', [1, 63]], ['Home', [1, 0]], ['Control+End', [46, 63]], ['Control+Home', [1, 1]], ['PageDown', [11, 1]], ['PageUp', [1, 1]]]) {
    await tab.keyboard.press(key);
    assert.deepEqual(await focus(), place, key);
  }
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('Home');
  await tab.keyboard.press('Enter');
  const head = tab.locator('#grid tbody tr:nth-child(2) th');
  assert.equal(await head.getAttribute('aria-expanded'), 'false');
  assert.ok(await tab.locator('#grid tbody tr:nth-child(3)').isHidden());
  await tab.keyboard.press('ArrowDown');
  const below = await tab.locator('#grid tbody tr:nth-child(n+3)').evaluateAll((rows) => 3 + rows.findIndex((row) => !row.hidden && getComputedStyle(row).display !== 'none'));
  assert.ok(below > 4, 'something is folded');
  assert.deepEqual(await focus(), [below, 0], 'what is folded is passed over');
  await tab.click('#fold');
  const every = await tab.locator('#grid thead th').count();
  assert.ok((await tab.locator('#grid thead th:visible').count()) < every);
  await tab.click('#unfold');
  assert.equal(await tab.locator('#grid thead th:visible').count(), every);
  await tab.locator('#grid [tabindex="0"]').focus();
  await tab.keyboard.press('Control+Home');
  await tab.keyboard.press('Enter');
  assert.equal(await tab.evaluate(() => document.activeElement.id), 'panel');
  await tab.keyboard.press('Escape');
  assert.deepEqual(await focus(), [1, 1]);
  const outline = await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, 'solid', 'the focus is seen');
  await quiet(shown);
});

for (const colorScheme of ['light', 'dark']) {
  for (const lang of ['ja', 'en']) {
    test(`axe finds nothing serious, ${colorScheme}, ${lang}`, async () => {
      const shown = await open(pages[lang], { colorScheme });
      const { tab } = shown;
      const audit = async (where) => {
        await tab.evaluate(axe);
        const { violations } = await tab.evaluate(() => axe.run({ resultTypes: ['violations'] }));
        const told = violations.map((violation) => `${violation.impact} ${violation.id}: ${violation.nodes[0].html.slice(0, 200)}`);
        assert.deepEqual(told.filter((line) => !line.startsWith('minor')), [], where);
      };
      await audit('as opened');
      await (await cellOf(tab, CLAIM.row, CLAIM.column)).click();
      await decide(tab, { data: 'レセプト', recipient: '警察', basis: '個人情報保護法第27条第1項第1号' });
      await tab.locator('#result details summary').first().click();
      await tab.locator('#clauses details.marked summary').first().click();
      await audit('with a cell, an answer and a clause');
      await decide(tab, { data: 'レゼプト', recipient: '警視庁' });
      await tab.selectOption('#f-compare', 'johas');
      await tab.locator('#grid td.differs').first().click();
      await tab.click('#fold');
      await audit('comparing, folded, with errors');
      await quiet(shown);
    });
  }
}

test('the page turns to the other language and to the dark, and back', async () => {
  const shown = await open();
  const { tab } = shown;
  await (await cellOf(tab, CLAIM.row, CLAIM.column)).click();
  const japanese = await tab.locator('body').innerText();
  const background = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await tab.click('#theme');
  assert.notEqual(await background(), light);
  await tab.click('#theme');
  assert.equal(await background(), light);
  await tab.click('#language');
  assert.equal(await tab.locator('html').getAttribute('lang'), 'en');
  assert.equal(await tab.locator('#panel .verdict strong').textContent(), 'Conditional');
  assert.ok((await tab.locator('#panel').innerText()).includes('make a record of the provision'));
  const english = await tab.locator('body').innerText();
  assert.ok(!/undefined|\[object|\{\w+\}/.test(english));
  await tab.click('#language');
  assert.equal(await tab.locator('body').innerText(), japanese);
  await quiet(shown);
});

for (const lang of ['ja', 'en']) {
  test(`on a phone nothing is wider than the screen and the kinds of data stay in sight, ${lang}`, async () => {
    const shown = await open(pages[lang], { viewport: { width: 360, height: 780 } });
    const { tab } = shown;
    const cell = await cellOf(tab, '柔道整復施術療養費支給申請書', '製薬会社');
    await cell.click();
    await decide(tab, { data: '柔道整復施術療養費支給申請書', recipient: '製薬会社' });
    for (const summary of await tab.locator('#clauses summary').all()) await summary.evaluate((element) => { element.parentElement.open = true; });
    const { inner, scroll } = await tab.evaluate(() => ({ inner: innerWidth, scroll: document.documentElement.scrollWidth }));
    assert.ok(scroll <= inner, `${scroll} in ${inner}`);
    const head = await cell.locator('xpath=../th').boundingBox();
    assert.ok(head.x >= 0 && head.x < 40, `the heading is at ${head.x}`);
    await quiet(shown);
  });
}

test('each clause and purpose bears what the command finds in it, and the marked ones can be shown alone', async () => {
  for (const lang of ['ja', 'en']) {
    const shown = await open(pages[lang]);
    const { tab } = shown;
    const { findings } = JSON.parse(run('lint', '--as-of', '2026-04-01', '--lang', lang, '--format', 'json').stdout);
    // What stands in no clause and no purpose, such as a preamble, is of the notice alone.
    const placed = findings.filter(({ subject }) => subject.includes(' '));
    const found = placed.map(({ subject, code, message }) => `${subject} ${code} ${message}`).sort();
    assert.ok(found.length >= 8, found.join('\n'));
    const marked = await tab.evaluate(() => {
      const text = (element) => [...element.querySelectorAll('[data-ja]')].map((one) => one.textContent).join('') || element.textContent;
      const of = (society, label, lines) => lines.map((line) => `${society} ${label} ${line.querySelector('code').textContent} ${text(line)}`);
      return [...document.querySelectorAll('#clauses .purpose')].flatMap((purpose) => {
        const society = purpose.querySelector('details.clause').id.split('-')[1];
        const own = [...purpose.children].filter((child) => child.className === 'lint');
        return [
          ...of(society, purpose.querySelector('h4 .number').textContent, own),
          ...[...purpose.querySelectorAll('details.clause')].flatMap((clause) => of(society, clause.querySelector('.label').textContent, [...clause.querySelectorAll('.lint')])),
        ];
      }).sort();
    });
    // The command tells a printed sentence once; on the page each of its readings bears it.
    assert.deepEqual([...new Set(marked)], [...new Set(found)]);
    await tab.check('#only-marked');
    const clauses = findings.filter(({ subject }) => subject.includes('-')).length;
    const readings = await tab.locator('#clauses details.marked').count();
    assert.ok(readings >= clauses, `${readings} ${clauses}`);
    assert.equal(await tab.locator('#clauses details.clause:visible').count(), readings);
    for (const clause of await tab.locator('#clauses details.marked').all()) assert.ok(await clause.locator('summary .mark').isVisible());
    await quiet(shown);
  }
});

test('without scripts the matrix of every society and all clauses are read', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(pages.ja).href);
  assert.equal(await tab.locator('table.matrix:visible').count(), 2);
  // A clause of several readings has one for each.
  assert.equal(await tab.locator('details.clause').count(), 55 + 45);
  assert.ok(await tab.locator('noscript p').isVisible());
  assert.ok(await tab.locator('#filters').isHidden());
  await context.close();
});

test('where the engine cannot start the page says so and the matrix stays', async () => {
  const html = readFileSync(pages.ja, 'utf8').replace(/(id="module">)[^<]*/, '$1H4sIAAAAAAAAA0uJKgYAG0tGpgUAAAA=');
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(write('broken.html', html)).href);
  await tab.locator('#failure').waitFor({ state: 'visible' });
  assert.ok((await tab.locator('#failure').textContent()).startsWith('判定エンジンを動かせない'));
  assert.equal(await tab.locator('#grid td').count(), 46 * 63);
  assert.ok(await tab.locator('#flow').isHidden());
  await context.close();
});

test('rules that are not those of the page are refused', async () => {
  const html = readFileSync(pages.ja, 'utf8').replace(/"digest":"[0-9a-f]{8}/, '"digest":"00000000');
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(write('other.html', html)).href);
  await tab.locator('#failure').waitFor({ state: 'visible' });
  assert.ok(await tab.locator('#flow').isHidden());
  await context.close();
});

test('an engine that is not the one that wrote the page decides nothing', async () => {
  const html = readFileSync(pages.ja, 'utf8').replace(/"engine":"[0-9a-f]{8}/, '"engine":"00000000');
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(write('other-engine.html', html)).href);
  await tab.locator('#failure').waitFor({ state: 'visible' });
  assert.match(await tab.locator('#failure').textContent(), /ページを作ったものと違う/);
  assert.ok(await tab.locator('#flow').isHidden());
  await context.close();
});

test('a page without the engine says so, and how to get it', async () => {
  const html = readFileSync(pages.ja, 'utf8').replace(/(id="module">)[^<]*/, '$1');
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(write('no-engine.html', html)).href);
  await tab.locator('#failure').waitFor({ state: 'visible' });
  assert.match(await tab.locator('#failure').textContent(), /MOKUTEKI_PAGE_MODULE/);
  assert.ok(await tab.locator('#flow').isHidden());
  await context.close();
});

test('on paper there is the matrix and every clause, and nothing to press', async () => {
  const shown = await open();
  await shown.tab.emulateMedia({ media: 'print' });
  for (const hidden of ['#filters', '.tools', 'nav', '#decide']) assert.ok(await shown.tab.locator(hidden).isHidden(), hidden);
  assert.ok(await shown.tab.locator('#grid').isVisible());
  assert.ok(await shown.tab.locator('#clauses').isVisible());
  await quiet(shown);
});

for (const lang of ['ja', 'en']) {
  test(`the markup is valid, ${lang}`, async () => {
    const validate = new HtmlValidate({ root: true, extends: ['html-validate:standard', 'html-validate:a11y'] });
    const { results } = await validate.validateFile(pages[lang]);
    assert.deepEqual(results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`)), []);
  });
}

test('rules of a directory are decided by the same module', async () => {
  const directory = join(scratch, 'rules');
  cpSync(join(root, 'rules'), directory, { recursive: true });
  const file = join(directory, 'notices/aeon.toml');
  // The clause that lets claims go to insurers is closed on a day.
  writeFileSync(file, readFileSync(file, 'utf8').replace('id = "subrogation"', 'id = "subrogation"\nuntil = 2025-01-01'));
  const shown = await open(page('directory', '--lang', 'ja', '--rules', directory));
  const { tab } = shown;
  const flow = { society: 'aeon', data: 'レセプト', recipient: '損保会社', activity: '求償', relation: '第三者提供' };
  for (const as_of of ['2024-12-31', '2025-01-01']) {
    await decide(tab, { ...flow, as_of });
    const record = JSON.parse(await tab.locator('#record').textContent());
    assert.deepEqual(record, check({ ...flow, as_of }, 'ja', '--rules', directory));
    assert.equal(record.clause?.id === 'subrogation', as_of === '2024-12-31');
  }
  await quiet(shown);
});

test('a page of two societies is at most 2 MB', () => {
  for (const path of Object.values(pages)) assert.ok(statSync(path).size <= 2_000_000, `${statSync(path).size}`);
});
