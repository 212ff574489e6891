// The command, and the flows that are adjudicated.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const command = process.env.MOKUTEKI ?? join(root, 'target/release/mokuteki');
export const scratch = mkdtempSync(join(tmpdir(), 'mokuteki-page-'));

/** The output of the command, whatever its status. */
export const run = (...args) => {
  const { stdout, stderr, status, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) throw error;
  return { stdout, stderr, status };
};

/** Writes a page; gives its path. */
export const page = (name, ...args) => {
  const path = join(scratch, `${name}.html`);
  execFileSync(command, ['report', '--output', path, ...(args.includes('--as-of') ? [] : ['--as-of', '2026-04-01']), ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  return path;
};

const FIELDS = ['society', 'data', 'form', 'subject', 'sender', 'recipient', 'relation', 'activity', 'under', 'channel', 'basis', 'consent', 'my_number', 'abroad', 'as_of'];

/** The flows of a table: the fields that are filled in. */
export const flows = (table) => {
  const [header, ...lines] = readFileSync(join(root, 'tests/data', table), 'utf8').trimEnd().split('\n');
  const columns = header.split('\t');
  return lines.map((line) => {
    const cells = Object.fromEntries(line.split('\t').map((cell, at) => [columns[at], cell]));
    return Object.fromEntries(FIELDS.filter((field) => cells[field]).map((field) => [field, cells[field]]));
  });
};

/** The answer of `mokuteki check --format json` to a flow. */
export const check = (flow, lang = 'en', ...more) => {
  const args = Object.entries(flow).flatMap(([field, value]) => [`--${field.replace('_', '-')}=${value}`]);
  const { stdout, stderr } = run('check', '--format', 'json', '--lang', lang, ...more, ...args);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
};

/** Writes a text beside the pages; gives its path. */
export const write = (name, text) => {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
};
