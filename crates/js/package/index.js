// The engine of mokuteki, over its WebAssembly module. `index.d.ts` says what everything is for.

const FIELDS = [
  'society', 'data', 'form', 'subject', 'sender', 'recipient', 'relation', 'activity', 'under', 'channel', 'basis',
  'consent', 'my_number', 'abroad', 'as_of',
];
const VERDICTS = [null, 'permitted', 'conditional', 'out_of_scope', 'prohibited', 'exempt'];

export class MokutekiError extends Error {
  constructor(status, record) {
    const { error } = JSON.parse(record);
    super(`${error.code}${error.field ? ` (${error.field})` : ''}: ${error.message}. ${error.help}`);
    this.name = new.target.name;
    this.status = status;
    this.json = record;
    this.code = error.code;
    this.field = error.field;
    this.codes = [error.code, ...error.more.map((more) => more.code)];
  }
}
export class FlowError extends MokutekiError {}
export class RefusedError extends MokutekiError {}
export class TokenError extends MokutekiError {}
export class RulesError extends MokutekiError {}
export class ClosedError extends MokutekiError {}
export class PanicError extends MokutekiError {}

const ERRORS = { 1: FlowError, 2: RefusedError, 3: TokenError, 4: RulesError, 7: ClosedError, 10: PanicError };

const record = (code, message) =>
  JSON.stringify({ id: null, error: { code, field: '', message, help: 'open an engine again', more: [] } });

/** An instance of the module, and the round that it is of: after a panic there is a new one, and handles of before are closed. */
const compiled = await compile();
let instance = new WebAssembly.Instance(compiled);
let round = 1;

async function compile() {
  const url = new URL('./mokuteki.wasm', import.meta.url);
  if (url.protocol === 'file:') {
    const { readFile } = await import('node:fs/promises');
    return WebAssembly.compile(await readFile(url));
  }
  return WebAssembly.compileStreaming(fetch(url));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function call(request) {
  const { input, call: answer, output, memory } = instance.exports;
  try {
    const bytes = encoder.encode(JSON.stringify(request));
    // The memory is another one after each call that makes it larger: it is asked for last.
    const at = input(bytes.length);
    new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
    const length = answer();
    const from = output();
    const read = JSON.parse(decoder.decode(new Uint8Array(memory.buffer, from, length)));
    if (read.status !== 0) throw new (ERRORS[read.status] ?? MokutekiError)(read.status, read.error);
    return read;
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    // The memory may be half written: nothing of it is used again.
    instance = new WebAssembly.Instance(compiled);
    round += 1;
    throw new PanicError(10, record('panic', 'a fault of the library: nothing was decided'));
  }
}

function text(field, value) {
  if (value === undefined || value === null) return '';
  if (field === 'data' && Array.isArray(value)) return value.map((kind) => text('data', kind)).join(';');
  if (typeof value === 'boolean' && (field === 'my_number' || field === 'abroad')) return String(value);
  if (typeof value !== 'string') throw new TypeError(`${field}: ${typeof value} is no text; decode bytes first`);
  // Half of a surrogate pair would become U+FFFD.
  if (/[\ud800-\udfff]/u.test(value)) throw new TypeError(`${field}: half of a surrogate pair`);
  return value;
}

function written(flow) {
  for (const key of Object.keys(flow)) {
    if (!FIELDS.includes(key)) throw new TypeError(`a flow has no field ${key}: it has ${FIELDS.join(', ')}`);
  }
  return FIELDS.map((field) => text(field, flow[field]));
}

function bytes(key) {
  if (!(key instanceof Uint8Array)) throw new TypeError('a key is a Uint8Array of 16 bytes or more');
  return [...key];
}

class Handle {
  #number;
  #round = round;
  constructor(number) {
    this.#number = number;
  }
  get number() {
    // Numbers of an instance that is gone mean nothing to this one.
    if (this.#number === 0 || this.#round !== round) {
      throw new ClosedError(7, record('closed-handle', 'it was closed'));
    }
    return this.#number;
  }
  close() {
    if (this.#number !== 0 && this.#round === round) call({ call: 'free', handle: this.#number });
    this.#number = 0;
  }
}

const MADE = Symbol('made by an engine');

export class Permit {
  #handle;
  #json;
  constructor(made, handle, json) {
    if (made !== MADE) throw new TypeError('a permit is made by Engine.permit, and by nothing else');
    this.#handle = handle;
    this.#json = json;
    Object.freeze(this);
  }
  get json() {
    return this.#json;
  }
  token(key) {
    return call({ call: 'token', permit: this.#handle.number, key: bytes(key) }).text;
  }
  close() {
    this.#handle.close();
  }
}

export class Engine {
  #handle;
  constructor(files = {}, { lang = 'ja' } = {}) {
    const pairs = Object.entries(files).map(([path, content]) => [text('path', path), text(path, content)]);
    this.#handle = new Handle(call({ call: 'open', files: pairs, lang }).handle);
  }
  get digest() {
    return call({ call: 'digest', engine: this.#handle.number }).text;
  }
  check(flow, { lang = 'ja' } = {}) {
    const found = call({ call: 'check', engine: this.#handle.number, flow: written(flow), lang });
    return Object.freeze({ verdict: VERDICTS[found.verdict], json: found.text });
  }
  permit(flow, { sink, recipient, accepted = [], lang = 'ja' }) {
    const found = call({
      call: 'permit',
      engine: this.#handle.number,
      flow: written(flow),
      sink: text('sink', sink),
      recipient: text('recipient', recipient),
      accepted: accepted.join(';'),
      lang,
    });
    return new Permit(MADE, new Handle(found.handle), found.text);
  }
  decide(flows) {
    const names = FIELDS.map(() => []);
    const codes = FIELDS.map(() => []);
    const places = FIELDS.map(() => new Map());
    for (const flow of flows) {
      written(flow).forEach((value, at) => {
        let place = value === '' ? -1 : places[at].get(value);
        if (place === undefined) {
          place = names[at].push(value) - 1;
          places[at].set(value, place);
        }
        codes[at].push(place);
      });
    }
    const found = call({ call: 'decide', engine: this.#handle.number, rows: flows.length, names, codes });
    return found.verdicts.map((verdict, row) => ({ verdict: VERDICTS[verdict], clause: found.clauses[row] || null }));
  }
  close() {
    this.#handle.close();
  }
}

export function verify(token, key, sink, { lang = 'ja' } = {}) {
  return call({ call: 'verify', token: text('token', token), key: bytes(key), sink: text('sink', sink), lang }).text;
}

// For tests: asks for what only a module that is built for them has.
Object.defineProperty(Engine, Symbol.for('mokuteki.probe'), { value: () => call({ call: 'probe' }) });
