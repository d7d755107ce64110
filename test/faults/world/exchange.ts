import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';

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

/**
 * Hands a request to a listener, without a connection.
 *
 * @returns what it answered; undefined when it hung up
 */
export function exchange(listener: RequestListener, request: IncomingMessage): Promise<Answer | undefined> {
  return new Promise((resolve) => listener(request, responseTo(resolve)));
}

/** A request that is here as a whole, and can be read more than once. */
export function requestOf({ body, ...head }: Sent): IncomingMessage {
  const request = Object.assign(new EventEmitter(), {
    ...head,
    complete: true,
    socket: { remoteAddress: '127.0.0.1' },
    resume: () => request,
    async *[Symbol.asyncIterator]() {
      yield body;
    },
  });
  return request as unknown as IncomingMessage;
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
