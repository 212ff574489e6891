// The module against the command: both are built from this tree.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { flows, page, root, run, check, write } from './command.mjs';

const module = process.env.MOKUTEKI_MODULE;
const html = readFileSync(page('module', '--lang', 'ja'), 'utf8');
const block = (id) => new RegExp(`id="${id}">([^<]*)<`).exec(html)[1];
const rules = gunzipSync(Buffer.from(block('rules'), 'base64'));
const { instance: { exports } } = await WebAssembly.instantiate(gunzipSync(readFileSync(module)), {});
const call = (name, question) => {
  const at = exports.input(question.length);
  new Uint8Array(exports.memory.buffer, at, question.length).set(question);
  const length = exports[name]();
  return new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports.output(), length));
};
const ask = (question) => JSON.parse(call('ask', Buffer.from(JSON.stringify(question))));

test('before rules are loaded there is no answer, and rules that do not check are said', () => {
  assert.equal(call('ask', Buffer.from('{}')), '');
  assert.match(call('load', Buffer.from('{"files":[["notices/a.toml","["]]}')), /"failure"/);
  assert.equal(call('ask', Buffer.from('{}')), '');
});

test('the module loads the rules that the page carries and has their digest', () => {
  const { digest } = JSON.parse(call('load', rules));
  assert.equal(digest, JSON.parse(block('data')).digest);
});

test('questions that are none are answered with a failure', () => {
  for (const question of ['', '[', '{"ask":"permit"}', '{"ask":"check","flow":{"nonsense":"1"}}', '\u0000']) {
    assert.match(call('ask', Buffer.from(question)), /^\{"failure":/, question);
  }
});

for (const lang of ['ja', 'en']) {
  for (const table of ['flows.tsv', 'cases.tsv']) {
    test(`every flow of ${table} has the record of the command, in ${lang}`, () => {
      const listed = flows(table).filter((flow) => flow.as_of);
      const input = write(`${table}-${lang}.ndjson`, listed.map((flow) => JSON.stringify(flow)).join('\n'));
      const lines = run('decide', '--input', input, '--format', 'ndjson', '--lang', lang).stdout.trimEnd().split('\n');
      assert.equal(lines.length, listed.length);
      assert.ok(listed.length > 100);
      lines.forEach((line, at) => {
        const { id, ...expected } = JSON.parse(line);
        const answer = ask({ ask: 'check', lang, flow: listed[at] });
        const { id: none, ...found } = answer.record ?? { id: answer.id, error: answer.error };
        // The order of the errors of a row is that of its columns, so theirs is compared by `check`.
        const wanted = expected.error ? { error: check(listed[at], lang).error } : expected;
        assert.equal(JSON.stringify(found), JSON.stringify(wanted), JSON.stringify(listed[at]));
      });
    });
  }
}

test('a term that is none comes with the nearest, and a moved citation with its number of the day', () => {
  const { suggestions } = ask({ ask: 'check', flow: { society: 'aeon', data: 'レゼプト', recipient: '損保会社', basis: '個人情報保護法第23条第1項第2号', as_of: '2026-04-01' } });
  assert.deepEqual(suggestions.map(([field, [first]]) => [field, first]), [['data', 'レセプト'], ['basis', '個人情報保護法第27条第1項第2号']]);
});

test('the matrix of the module is that of the page on the days around each change', () => {
  const { days, societies } = JSON.parse(block('data'));
  assert.ok(days.length >= 5 && societies.length === 2);
  for (const { day } of days) {
    const path = page(`day-${day}`, '--as-of', day);
    const tables = readFileSync(path, 'utf8').split('<table class="matrix"').slice(1);
    societies.forEach(([society], at) => {
      const printed = [...tables[at].split('</table>')[0].matchAll(/<td class="([pcox])">/g)].map(([, letter]) => letter).join('');
      const { verdicts } = ask({ ask: 'matrix', side: 'recipient', flow: { society, as_of: day } });
      assert.equal(verdicts, printed, `${society} ${day}`);
    });
  }
});

test('a cell of the matrix is the decision of its flow', () => {
  const { terms, own } = JSON.parse(block('data'));
  for (const side of ['recipient', 'sender']) {
    const flow = { society: 'johas', as_of: '2026-04-01', consent: 'explicit' };
    const matrix = ask({ ask: 'matrix', side, flow });
    const letters = { permitted: 'p', conditional: 'c', out_of_scope: 'o', prohibited: 'x' };
    for (let at = 0; at < matrix.verdicts.length; at += 7) {
      const [data] = terms.data[Math.floor(at / terms.party.length)];
      const [party] = terms.party[at % terms.party.length];
      const parties = side === 'sender' ? { sender: party, recipient: terms.party[own][0] } : { recipient: party };
      const { record } = ask({ ask: 'check', flow: { ...flow, data, ...parties } });
      assert.equal(matrix.verdicts[at], letters[record.verdict], `${data} ${party}`);
      assert.equal(matrix.labels[matrix.clauses[at] - 1], record.clause?.label, `${data} ${party}`);
    }
  }
});
