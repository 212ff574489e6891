// Screenshots to look at: node shots.mjs PAGE.html DIRECTORY
import { mkdir } from 'node:fs/promises';
import { browse, ready } from './browser.mjs';

const [page, directory] = process.argv.slice(2);
await mkdir(directory, { recursive: true });
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const browser = await browse();
for (const [name, viewport] of Object.entries(sizes)) {
  for (const lang of ['ja', 'en']) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ viewport, colorScheme });
      const tab = await ready(context, page);
      if (lang !== (await tab.locator('html').getAttribute('lang'))) await tab.click('#language');
      const shot = (what) => tab.screenshot({ path: `${directory}/${name}-${lang}-${colorScheme}-${what}.png` });
      await shot('top');
      await tab.locator('#grid tbody tr:nth-child(15) td:nth-child(15)').click();
      await shot('cell');
      await tab.fill('#d-data', '診療報酬明細書');
      await tab.fill('#d-recipient', '損保');
      await tab.click('#flow [type=submit]');
      await tab.fill('#d-recipient', '損保会社');
      await tab.fill('#d-activity', '求償');
      await tab.click('#flow [type=submit]');
      await tab.locator('#decide').scrollIntoViewIfNeeded();
      await tab.evaluate(() => document.getElementById('decide').scrollIntoView({ behavior: 'instant' }));
      await shot('decide');
      await tab.locator('#clauses details.marked').first().locator('summary').click();
      await tab.evaluate(() => document.getElementById('clauses').scrollIntoView({ behavior: 'instant' }));
      await shot('clauses');
      await tab.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
      await tab.selectOption('#f-compare', { index: 2 });
      await tab.locator('#grid tbody tr:nth-child(15) td:nth-child(15)').click();
      await tab.evaluate(() => document.getElementById('matrix').scrollIntoView({ behavior: 'instant' }));
      await shot('compare');
      await context.close();
    }
  }
}
const paper = await ready(await browser.newContext(), page);
await paper.pdf({ path: `${directory}/print.pdf`, preferCSSPageSize: true, printBackground: true });
await browser.close();
