import type { RequestListener, ServerResponse } from 'node:http';
import { bodyOf } from '../../../infra/sandbox/aws/front-door/body.ts';
import { virtualNow } from '../time/virtual-time.ts';
import { CALL_HEADER, cameIn, giveUpOn, goesOut, senderOf } from './calls.ts';
import { type Answer, exchange } from './exchange.ts';
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
        const body = await bodyOf(request);
        if (invocation.dead) return giveUpOn(id);
        const call = name(invocation, request, body);
        const fate = faults.fateOf(call);
        arrived({ ...call, at: virtualNow(), fate });
        const carryOut = () => exchange(listener, request).finally(() => done(call));
        await suffer(fate, { id, call, response, carryOut });
      })();
    };
}

interface Exchange {
  id: number;
  call: Call;
  response: ServerResponse;
  carryOut: () => Promise<Answer | undefined>;
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
function send(response: ServerResponse, answer: Answer | undefined): void {
  if (answer === undefined) {
    hangUp(response);
    return;
  }
  const { status, headers, body } = answer;
  const date = new Date(virtualNow()).toUTCString();
  response.writeHead(status, { date, ...headers, 'content-length': body.length }).end(body);
}
