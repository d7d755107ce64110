import { EventEmitter } from 'node:events';
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
  validateHeaderValue,
} from 'node:http';
import { PassThrough, Readable } from 'node:stream';

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
  /** Names in lower case; several values of what may be repeated. */
  headers: Record<string, string | string[]>;
  /** Empty in an answer that comes bit by bit. */
  body: Buffer;
  /** The bits. */
  stream?: Readable;
}

interface Exchange {
  /** Undefined when the listener hung up. */
  answer: Promise<Answer | undefined>;
  /** Ends it from the other side. */
  hangUp(): void;
}

/** Hands a request to a listener, without a connection. */
export function exchange(listener: RequestListener, sent: Sent): Exchange {
  const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
  const request = requestOf(sent);
  const { response, hangUp } = responseTo(request, resolve);
  listener(request, response);
  return { answer: promise, hangUp };
}

/** Here as a whole. */
function requestOf({ body, ...head }: Sent): IncomingMessage {
  const stream = streamOf(body);
  const more = { complete: true, socket: { remoteAddress: '127.0.0.1' } };
  return Object.assign(stream, head, more) as unknown as IncomingMessage;
}

export function streamOf(body: Buffer): Readable {
  const stream = new Readable({ read: () => {} });
  if (body.length > 0) stream.push(body);
  stream.push(null);
  return stream;
}

/** As much of a response as the endpoints use. */
function responseTo(request: IncomingMessage, settle: (answer: Answer | undefined) => void) {
  const headers: Answer['headers'] = {};
  let stream: PassThrough | undefined;
  let isOver = false;
  const end = (...how: ('finish' | 'close')[]) => {
    isOver = true;
    for (const event of how) response.emit(event);
  };
  const begin = (body: Buffer) => {
    response.headersSent = true;
    settle({ status: response.statusCode, headers, body, ...(stream && { stream }) });
  };
  const hangUp = () => {
    if (isOver) return;
    // What has not been read by now never came.
    request.complete = request.readableEnded;
    request.destroy();
    stream?.destroy(hungUp());
    settle(undefined);
    end('close');
  };
  const response = Object.assign(new EventEmitter(), {
    statusCode: 200,
    headersSent: false,
    socket: { resetAndDestroy: hangUp },
    setHeader(name: string, value: string | number | string[]) {
      for (const each of [value].flat()) validateHeaderValue(name, String(each));
      headers[name.toLowerCase()] = Array.isArray(value) ? value : String(value);
      return response;
    },
    removeHeader: (name: string) => delete headers[name.toLowerCase()],
    writeHead(status: number, more: Record<string, string | number | string[]> = {}) {
      response.statusCode = status;
      for (const [name, value] of Object.entries(more)) response.setHeader(name, value);
      response.headersSent = true;
      return response;
    },
    write(chunk: string | Buffer) {
      if (isOver) return false;
      if (stream === undefined) {
        stream = new PassThrough();
        stream.once('close', hangUp);
        begin(Buffer.alloc(0));
      }
      return stream.write(chunk);
    },
    end(chunk: string | Buffer = '') {
      if (isOver) return response;
      const body = Buffer.from(chunk);
      if (stream === undefined) begin(body);
      else stream.end(body);
      // Nobody reads on, and it ends all the same.
      if (!request.readableEnded) request.resume();
      end('finish', 'close');
      return response;
    },
    destroy: hangUp,
  });
  return { response: response as unknown as ServerResponse, hangUp };
}

export function hungUp(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}
