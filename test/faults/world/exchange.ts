import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** A request as it was sent, with its body. */
export interface Sent {
  method: string;
  /** Path and query. */
  url: string;
  /** Names in lower case. */
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
}

/** Bodies of requests that nobody has read from a socket. */
const bodies = new WeakMap<IncomingMessage, Buffer>();

/** @returns the whole body; of a request that `exchange` handed over without taking it from whoever reads it next */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  return bodies.get(request) ?? buffer(request);
}

/**
 * Hands a request to a listener, without a connection.
 *
 * @returns what it answered; undefined when it hung up
 */
export function exchange(listener: RequestListener, sent: Sent): Promise<Answer | undefined> {
  const { body, ...head } = sent;
  const source = Object.assign(Readable.from([body], { objectMode: false }), {
    ...head,
    complete: true,
    socket: { remoteAddress: '127.0.0.1' },
  });
  const request = source as unknown as IncomingMessage;
  bodies.set(request, body);
  return new Promise((resolve) => listener(request, responseTo(resolve)));
}

/** As much of a response as the endpoints use. */
function responseTo(settle: (answer: Answer | undefined) => void): ServerResponse {
  const headers: Record<string, string> = {};
  const end = (answer: Answer | undefined) => {
    settle(answer);
    if (answer !== undefined) response.emit('finish');
    response.emit('close');
  };
  const response = Object.assign(new EventEmitter(), {
    statusCode: 200,
    headersSent: false,
    socket: { resetAndDestroy: () => end(undefined) },
    setHeader(name: string, value: unknown) {
      headers[name.toLowerCase()] = String(value);
      return response;
    },
    removeHeader: (name: string) => delete headers[name.toLowerCase()],
    writeHead(status: number, more: Record<string, unknown> = {}) {
      response.statusCode = status;
      response.headersSent = true;
      for (const [name, value] of Object.entries(more)) response.setHeader(name, value);
      return response;
    },
    end(body: string | Buffer = '') {
      response.headersSent = true;
      const bytes = Buffer.from(body);
      response.setHeader('content-length', bytes.length);
      end({ status: response.statusCode, headers, body: bytes });
      return response;
    },
    destroy: () => end(undefined),
  });
  return response as unknown as ServerResponse;
}
