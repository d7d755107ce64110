import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { FunctionName } from '../../../workflow/runtime/settings/schema.ts';

/** One run of a function. */
export interface Invocation {
  fn: FunctionName;
  /** What it was asked: a step of the state machine, or a route. */
  step: string;
  /** Nothing that it still sends has any effect. */
  dead: boolean;
  /** Ends it at once, as when its machine goes away. */
  kill(): void;
}

/** The header by which an endpoint knows which request of this process it has before it. */
export const CALL_HEADER = 'x-fault-call';

const invocations = new AsyncLocalStorage<Invocation>();
const underWay = new Set<number>();
const outside = new AsyncLocalStorage<true>();
const fromElsewhere = new Set<number>();
const senders = new Map<number, Invocation>();
let last = 0;

/** Runs something as a part of an invocation: its requests are known by it. */
export function within<T>(invocation: Invocation, run: () => T): T {
  return invocations.run(invocation, run);
}

/** Requests of this process that have no answer yet, and are not held for good. */
export const callsUnderWay = (): number => underWay.size;

/** Who sent it; undefined for the harness itself and for people. */
export const senderOf = (id: number): Invocation | undefined => senders.get(id);

/** Sends what a person or a schedule sends from outside: time goes on while the functions work on it. */
export function fromOutside<T>(run: () => T): T {
  return outside.run(true, run);
}

/** It has come in from outside, and its answer waits for functions that wait for the clock. */
export function cameIn(id: number): boolean {
  return fromElsewhere.has(id) && underWay.delete(id);
}

/** Its answer is on its way. */
export function goesOut(id: number): void {
  if (fromElsewhere.has(id)) underWay.add(id);
}

/** Nobody will answer it: time goes on without it. */
export function giveUpOn(id: number): void {
  underWay.delete(id);
}

export function forgetCalls(): void {
  underWay.clear();
  senders.clear();
  fromElsewhere.clear();
}

/** From now on every request of this process over `http` and `fetch` is counted, and says who sent it. */
export function followCalls(): void {
  subscribe('http.client.request.created', (message) => {
    const { request } = message as { request: ClientRequest };
    const id = begin();
    request.setHeader(CALL_HEADER, String(id));
    request.once('close', () => underWay.delete(id));
  });
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const id = begin();
    const headers = new Headers(init?.headers);
    headers.set(CALL_HEADER, String(id));
    try {
      const response = await realFetch(input, { ...init, headers });
      return await readWhole(response);
    } finally {
      underWay.delete(id);
      fromElsewhere.delete(id);
    }
  };
}

function begin(): number {
  last += 1;
  underWay.add(last);
  const invocation = invocations.getStore();
  if (invocation !== undefined) senders.set(last, invocation);
  else if (outside.getStore()) fromElsewhere.add(last);
  return last;
}

/** A request is under way until the last byte of its answer is here. */
async function readWhole(response: Response): Promise<Response> {
  const body = await response.arrayBuffer();
  const { status, statusText, headers } = response;
  return new Response([101, 204, 205, 304].includes(status) ? null : body, { status, statusText, headers });
}
