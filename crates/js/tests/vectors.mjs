// The vectors through the package, and what a program may get wrong. `crates/js/test` runs it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import * as mokuteki from 'mokuteki';

const { Engine, Permit, verify } = mokuteki;
const FIELDS =
  'society data form subject sender recipient relation activity under channel basis consent my_number abroad as_of'.split(' ');
const folder = isMainThread ? process.argv[2] : workerData;
let passed = 0;
let failed = 0;

function expect(right, what) {
  if (right) {
    passed += 1;
  } else {
    failed += 1;
    console.error(`js: ${what}`);
  }
}

function raises(error, call, what) {
  try {
    call();
    expect(false, `${what}: nothing is thrown`);
  } catch (found) {
    expect(found instanceof error, `${what}: ${found}`);
  }
}

function rows(name) {
  const [header, ...lines] = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
  return lines.map((line) => Object.fromEntries(header.map((column, at) => [column, line[at]])));
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const flowOf = (row) => Object.fromEntries(FIELDS.map((field) => [field, row[field]]));

function answers(engine, row) {
  return ['en', 'ja'].every((lang) => {
    let json;
    let right;
    try {
      const decision = engine.check(flowOf(row), { lang });
      json = decision.json;
      right = row.status === '0' && decision.verdict === row.verdict;
    } catch (error) {
      if (!(error instanceof mokuteki.FlowError)) throw error;
      json = error.json;
      right = row.status === '1' && error.codes.join(';') === row.codes;
    }
    return right && sha256(json) === row[`sha256_${lang}`];
  });
}

const flows = rows('flows.tsv');

if (!isMainThread) {
  const engine = new Engine();
  parentPort.postMessage(flows.every((row) => answers(engine, row)));
} else {
  let engine = new Engine();
  for (const row of flows) expect(answers(engine, row), `another answer: ${row.id}`);

  const key = new TextEncoder().encode(rows('tokens.tsv')[0].key);
  for (const row of rows('permits.tsv')) {
    const sink = { sink: row.sink, recipient: row.sink_recipient, accepted: row.accepted.split(';'), lang: 'en' };
    try {
      const permit = engine.permit(flowOf(row), sink);
      expect(row.status === '0' && permit.token(key) === row.token, `another permit: ${row.id}`);
      permit.close();
    } catch (error) {
      expect(`${error.status}` === row.status && error.codes.join(';') === row.codes, `another refusal: ${row.id}`);
    }
  }
  for (const row of rows('tokens.tsv')) {
    try {
      const said = verify(row.token, new TextEncoder().encode(row.key), row.sink);
      expect(row.status === '0' && sha256(said) === row.sha256, `another token: ${row.id}`);
    } catch (error) {
      expect(row.status === '3' && error instanceof mokuteki.TokenError && error.code === row.code, `another reason: ${row.id}`);
    }
  }
  engine.decide(flows.map(flowOf)).forEach((answer, at) => {
    const right = (answer.verdict ?? '') === flows[at].verdict && (answer.clause ?? '') === flows[at].clause;
    expect(right, `other columns: ${flows[at].id}`);
  });

  const review = {
    society: 'aeon', data: ['レセプト'], sender: '当組合', recipient: '点検業者', activity: 'レセプト点検', my_number: false,
    abroad: false, as_of: '2026-04-01',
  };
  const checker = { sink: 'claim-checker', recipient: '点検業者' };
  const permit = engine.permit(review, checker);
  expect(verify(permit.token(key), key, 'claim-checker') === permit.json, 'the token says otherwise');
  raises(TypeError, () => new Permit('yes'), 'a permit from a word');
  raises(TypeError, () => { permit.json = '{}'; }, 'a permit that is changed');
  raises(TypeError, () => permit.token('a key as a text'), 'a key that is no bytes');
  raises(mokuteki.MokutekiError, () => permit.token(new Uint8Array(3)), 'a short key');
  raises(TypeError, () => engine.check({ recipent: '当組合' }), 'a field that is none');
  raises(TypeError, () => engine.check({ ...review, data: Buffer.from([0x83, 0x8c]) }), 'bytes of Shift_JIS');
  raises(mokuteki.FlowError, () => engine.check({ ...review, data: '\u0083\u008c' }), 'Shift_JIS as Latin');
  raises(TypeError, () => engine.check({ ...review, data: 'レ\ud83c' }), 'half a pair');
  expect(engine.check({ ...review, data: 'レセプト' }).verdict === 'permitted', 'after that');
  raises(mokuteki.FlowError, () => engine.check({ ...review, data: '🏥' }), 'a whole pair');
  raises(mokuteki.MokutekiError, () => engine.permit(review, { ...checker, accepted: ['asumed'] }), 'a code that is none');
  raises(mokuteki.RulesError, () => new Engine({ 'terms/a.toml': '[[term' }), 'rules that do not check');
  const other = new Engine();
  const held = other.permit(review, checker);
  other.close();
  other.close();
  raises(mokuteki.ClosedError, () => other.digest, 'a closed engine');
  raises(mokuteki.ClosedError, () => other.check(review), 'a closed engine');
  expect(held.token(key) === permit.token(key), 'a permit does not outlive its engine');
  held.close();
  raises(mokuteki.ClosedError, () => held.token(key), 'a closed permit');

  const workers = await Promise.all(
    [1, 2, 3, 4].map(() => new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: folder });
      worker.once('message', resolve);
      worker.once('error', reject);
    })),
  );
  expect(workers.every((right) => right), 'workers answer otherwise');

  let before = 0;
  for (let round = 0; round < 12_500; round += 1) {
    if (round === 2500) {
      globalThis.gc();
      before = process.memoryUsage().rss;
    }
    const given = engine.permit(review, checker);
    verify(given.token(key), key, 'claim-checker');
    given.close();
    try {
      engine.check({ society: 'aeon' });
    } catch (error) {
      if (!(error instanceof mokuteki.FlowError)) throw error;
    }
  }
  globalThis.gc();
  const grown = Math.round((process.memoryUsage().rss - before) / 1024);
  console.error(`js: ${grown} KB more after 50,000 calls`);
  expect(grown <= 32 << 10, 'memory grows');

  raises(mokuteki.PanicError, () => Engine[Symbol.for('mokuteki.probe')](), 'a panic');
  raises(mokuteki.ClosedError, () => engine.check(review), 'an engine of before a panic');
  raises(mokuteki.ClosedError, () => permit.token(key), 'a permit of before a panic');
  engine = new Engine();
  expect(engine.check(review).verdict === 'permitted', 'after a panic');
  engine.close();

  console.log(`js: ${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
