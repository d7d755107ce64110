import type { ExchangeState, ExchangeSummary } from '../../api/contract.ts';
import type { HttpRequest } from '../../aws/apigateway/event.ts';
import type { HttpResponse } from '../../aws/apigateway/response.ts';
import { maskedBody, maskedHeaders, maskedText } from './mask.ts';
import { errorOf, nameOfCall, nameOfDelivery } from './name-exchange.ts';

/** More than anybody looks through; older ones are forgotten. */
const KEPT = 200;
/** Characters of all bodies together: messages with fifty blocks must not fill the memory. */
const KEPT_CHARACTERS = 4_000_000;

/** What Slack and the functions said to each other: the last of it, without its secrets. */
export interface Traffic {
  /**
   * Notes a request.
   *
   * @param from who sends it @param path on slack.com, for what a function sends
   * @returns notes its answer
   */
  asked(from: ExchangeSummary['from'], request: HttpRequest, path?: string): (answer: HttpResponse) => void;
  /** Newest first. */
  list(): ExchangeSummary[];
  /** Undefined when it never was, or is forgotten. */
  find(id: number): ExchangeState | undefined;
}

/** @param changed is called after each request and each answer */
export function createTraffic(changed: () => void): Traffic {
  const exchanges: ExchangeState[] = [];
  let last = 0;

  function keep(exchange: ExchangeState): void {
    exchanges.push(exchange);
    let characters = exchanges.reduce((sum, each) => sum + sizeOf(each), 0);
    while (exchanges.length > KEPT || (characters > KEPT_CHARACTERS && exchanges.length > 1)) {
      characters -= sizeOf(exchanges.shift() as ExchangeState);
    }
    changed();
  }

  return {
    asked(from, request, path = '') {
      last += 1;
      const started = performance.now();
      const exchange = { id: last, from, ...described(request, from === 'slack' ? undefined : path) };
      keep(exchange);
      return (answer) => {
        const body = maskedBody(answer.body.toString('utf8'), String(answer.headers['content-type']));
        exchange.answer = { headers: maskedHeaders(answer.headers), body };
        exchange.status = answer.status;
        exchange.error = errorOf(body);
        exchange.tookMs = Math.round(performance.now() - started);
        changed();
      };
    },
    list: () => exchanges.toReversed().map(summaryOf),
    find: (id) => exchanges.find((exchange) => exchange.id === id),
  };
}

function described(request: HttpRequest, call: string | undefined): Omit<ExchangeState, 'id' | 'from'> {
  const body = maskedBody(request.body.toString('utf8'), request.headers['content-type']);
  return {
    at: new Date().toISOString(),
    what: call === undefined ? nameOfDelivery(body) : nameOfCall(call),
    ...{ status: null, error: null, tookMs: null, answer: null },
    method: request.method,
    path: maskedText(request.target),
    headers: maskedHeaders(request.headers),
    body,
  };
}

function sizeOf({ body, answer }: ExchangeState): number {
  return body.length + (answer?.body.length ?? 0);
}

function summaryOf({ id, at, from, what, status, error, tookMs }: ExchangeState): ExchangeSummary {
  return { id, at, from, what, status, error, tookMs };
}
