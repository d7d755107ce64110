import { EventEmitter } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { virtualNow } from '../time/virtual-time.ts';
import { CALL_HEADER, cameIn, giveUpOn, goesOut, senderOf } from './calls.ts';
import type { Fate, Faults } from './fault.ts';
import { type Call, createCallNames } from './name-call.ts';
import { refusal } from './refusals.ts';

/** A call that left a living function. */
export interface ArrivedCall extends Call {
  /** Virtual milliseconds since 1970. */
  at: number;
  fate: Fate;
}

interface FrontOptions {
  faults: Faults;
  /** Told of each call as it arrives. */
  arrived: (call: ArrivedCall) => void;
  /** Told of each call that was carried out, whether or not its answer arrives. */
  done: (call: Call) => void;
}

/** Stands before the endpoints of the sandbox and does to the calls of functions what the faults say. */
export function createFront({ faults, arrived, done }: FrontOptions) {
  const name = createCallNames();
  return (listener: RequestListener): RequestListener =>
    (request, response) => {
      const id = Number(request.headers[CALL_HEADER]);
      const invocation = senderOf(id);
      if (invocation === undefined) {
        if (cameIn(id)) response.once('finish', () => goesOut(id));
        return listener(request, response);
      }
      void (async () => {
        const body = await buffer(request);
        if (invocation.dead) return giveUpOn(id);
        const call = name(invocation, request, body);
        const fate = faults.fateOf(call);
        arrived({ ...call, at: virtualNow(), fate });
        const carryOut = () => answerOf(listener, request, body).finally(() => done(call));
        await suffer(fate, { id, call, response, carryOut });
      })();
    };
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

interface Exchange {
  id: number;
  call: Call;
  response: ServerResponse;
  carryOut: () => Promise<Answer>;
}

async function suffer(fate: Fate, { id, call, response, carryOut }: Exchange): Promise<void> {
  switch (fate) {
    case 'answer':
      return send(response, await carryOut());
    case 'throttle':
    case 'fail':
    case 'deny':
      return send(response, refusal(fate, call));
    case 'reset':
      return hangUp(response);
    case 'hold':
      return giveUpOn(id);
    case 'lose the answer':
      await carryOut();
      return hangUp(response);
    case 'kill before':
      giveUpOn(id);
      return call.invocation.kill();
    case 'kill during':
      await carryOut();
      giveUpOn(id);
      return call.invocation.kill();
    case 'kill after':
      send(response, await carryOut());
      return call.invocation.kill();
  }
}

function hangUp(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

/** The SDK sets its clock by the date of an answer, also of one that refuses: Node's own would be the real one. */
function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const date = new Date(virtualNow()).toUTCString();
  response.writeHead(status, { date, ...headers, 'content-length': body.length }).end(body);
}

/** Carries a request out without sending the answer. */
function answerOf(listener: RequestListener, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const { method, url, headers, socket } = request;
  const replayed = Object.assign(Readable.from([body]), { method, url, headers, socket, complete: true });
  return new Promise((resolve) => {
    listener(replayed as unknown as IncomingMessage, collect(resolve));
  });
}

/** As much of a response as the endpoints use. */
function collect(resolve: (answer: Answer) => void): ServerResponse {
  const headers: Record<string, string> = {};
  const response = Object.assign(new EventEmitter(), {
    statusCode: 200,
    headersSent: false,
    setHeader(name: string, value: unknown) {
      headers[name.toLowerCase()] = String(value);
      return response;
    },
    removeHeader: (name: string) => delete headers[name.toLowerCase()],
    writeHead(status: number, more: Record<string, unknown> = {}) {
      response.statusCode = status;
      for (const [name, value] of Object.entries(more)) response.setHeader(name, value);
      return response;
    },
    end(body: string | Buffer = '') {
      delete headers['content-length'];
      resolve({ status: response.statusCode, headers, body: Buffer.from(body) });
      response.emit('close');
      return response;
    },
    destroy() {
      resolve({ status: 500, headers, body: Buffer.alloc(0) });
      response.emit('close');
    },
  });
  return response as unknown as ServerResponse;
}
