// Debian's Chromium, and the page in it.
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

/** A browser without a network: every request but those for the page itself fails. */
export const browse = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
});

/** Opens the page and waits for its engine. */
export const ready = async (context, page) => {
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(page).href);
  await tab.waitForSelector('html[data-ready]');
  return tab;
};
