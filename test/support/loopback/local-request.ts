import { channel } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  STATUS_CODES,
  validateHeaderValue,
} from 'node:http';
import type { Readable } from 'node:stream';
import { type Answer, hungUp, type Sent, streamOf } from './exchange.ts';
import { handOver, type Local } from './servers.ts';

const created = channel('http.client.request.created');

/** As much of `http.ClientRequest` as the AWS SDK uses. */
export class LocalRequest extends EventEmitter {
  readonly socket = CONNECTED;
  destroyed = false;
  readonly #local: Local;
  readonly #head: Omit<Sent, 'body'>;
  #hangUp = () => {};
  #response: Readable | undefined;

  constructor(
    local: Local,
    { method = 'GET', path, headers, host, port }: RequestOptions,
    onResponse?: (response: IncomingMessage) => void,
  ) {
    super();
    const url = path ?? '/';
    if (/[^\u0021-\u00ff]/.test(url)) throw new TypeError('Request path contains unescaped characters');
    this.#local = local;
    this.#head = { method, url, headers: { host: `${host}:${port}`, connection: 'keep-alive' } };
    for (const [name, value] of Object.entries(headers ?? {})) this.setHeader(name, value);
    if (onResponse !== undefined) this.once('response', onResponse);
    created.publish({ request: this });
  }

  setHeader(name: string, value: unknown): this {
    const text = [value].flat().join(', ');
    validateHeaderValue(name, text);
    this.#head.headers[name.toLowerCase()] = text;
    return this;
  }

  end(body: string | Buffer = ''): this {
    const bytes = Buffer.from(body);
    if (bytes.length > 0) this.#head.headers['content-length'] ??= String(bytes.length);
    void this.#send(bytes);
    return this;
  }

  /** Nothing of an answer that has not arrived yet will. */
  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.#hangUp();
    process.nextTick(() => {
      if (this.#response === undefined) this.emit('error', error ?? hungUp());
      this.emit('close');
    });
    return this;
  }

  async #send(body: Buffer): Promise<void> {
    const answer = await handOver(this.#local, { ...this.#head, body }, (hangUp) => {
      this.#hangUp = hangUp;
    });
    if (this.destroyed) return;
    if (answer === undefined) return void this.destroy();
    const { status: statusCode, stream = streamOf(answer.body) } = answer;
    this.#response = stream;
    stream.once('close', () => this.destroy());
    const head = { statusCode, statusMessage: STATUS_CODES[statusCode], headers: joined(answer.headers) };
    this.emit('response', Object.assign(stream, head, { complete: answer.stream === undefined }));
  }
}

/** As `IncomingMessage` has them. */
function joined(headers: Answer['headers']): IncomingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) =>
      name === 'set-cookie' ? [name, [value].flat()] : [name, [value].flat().join(', ')],
    ),
  );
}

/** A socket that is there. How long it may be idle, five minutes, nobody waits for. */
const CONNECTED = {
  connecting: false,
  setTimeout: () => {},
  setKeepAlive: () => {},
  removeListener: () => {},
  destroy: () => {},
};
