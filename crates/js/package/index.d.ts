/** Which published purpose of a Japanese health-insurance society permits a data flow, or why none does. */

export type Lang = 'ja' | 'en';

/** The answer to a flow. Only `'permitted'` is a yes. */
export type Verdict = 'permitted' | 'conditional' | 'out_of_scope' | 'prohibited' | 'exempt';

/** A flow as written. A field that is not given is open. */
export interface Flow {
  /** The society, by its id or its 保険者番号. */
  society?: string;
  /** The kinds of data; each is decided alone. */
  data?: string | readonly string[];
  /** What was done to the data. */
  form?: string;
  /** Whose data. */
  subject?: string;
  /** Who hands it over. */
  sender?: string;
  /** Who receives it; 当組合 for internal use and for data received. */
  recipient?: string;
  relation?: string;
  /** The work it is for. */
  activity?: string;
  /** For 再委託, the entrustment above it. */
  under?: string;
  channel?: string;
  /** The citation that the flow claims. */
  basis?: string;
  consent?: 'none' | 'implied' | 'explicit' | 'refused' | (string & {});
  /** Whether it carries 個人番号. */
  my_number?: boolean | string;
  /** Whether the recipient is outside Japan. */
  abroad?: boolean | string;
  /** The day, as in 2026-04-01. There is no default. */
  as_of?: string;
}

export interface Decision {
  readonly verdict: Verdict;
  /** The record (docs/record.md) as JSON on one line: what to keep. */
  readonly json: string;
}

export interface Answer {
  /** `null` for a flow that cannot be read, which `Engine.check` explains. */
  readonly verdict: Verdict | null;
  /** As in `aeon 5-3`; `null` where no clause covers the flow. */
  readonly clause: string | null;
}

export interface Sink<Name extends string = string> {
  /** A lasting name, such as `claim-checker`. */
  readonly sink: Name;
  /** The party that receives there. */
  readonly recipient: string;
}

declare const sinkOf: unique symbol;

/** Proof that one flow to one sink was decided and permitted. Only `Engine.permit` makes one. */
export class Permit<Name extends string = string> {
  private constructor();
  /** For the compiler alone: a permit for one sink is none for another. */
  readonly [sinkOf]: Name;
  /** What it says: sink, flow, clause_id, clause, digest, accepted, persons, events. */
  readonly json: string;
  /** A token that another process verifies, sealed by a key of 16 bytes or more. */
  token(key: Uint8Array): string;
  close(): void;
}

/** A set of rules: those that ship, with files beside them such as `terms/ours.toml`. */
export class Engine {
  constructor(files?: Readonly<Record<string, string>>, options?: { lang?: Lang });
  /** The SHA-256 of the rules, in hex. */
  readonly digest: string;
  /** Decides a flow and explains it. Throws `FlowError` with every field that cannot be read. */
  check(flow: Flow, options?: { lang?: Lang }): Decision;
  /** Gives a permit for a flow of one kind of data to a sink, or throws `RefusedError`. */
  permit<Name extends string>(
    flow: Flow,
    options: Sink<Name> & { accepted?: readonly string[]; lang?: Lang },
  ): Permit<Name>;
  /** Decides many flows. Those that say the same are decided once. */
  decide(flows: readonly Flow[]): Answer[];
  /** Lets the rules go. What is called after it throws `ClosedError`. */
  close(): void;
}

/** Reads a token that a key has sealed for a sink: what its permit says, as JSON. Throws `TokenError`. */
export function verify(token: string, key: Uint8Array, sink: string, options?: { lang?: Lang }): string;

export class MokutekiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string;
  readonly codes: readonly string[];
  readonly json: string;
}
export class FlowError extends MokutekiError {}
export class RefusedError extends MokutekiError {}
export class TokenError extends MokutekiError {}
export class RulesError extends MokutekiError {}
export class ClosedError extends MokutekiError {}
export class PanicError extends MokutekiError {}
