import { jsonProtocol } from './json-protocol.ts';
import { AwsError } from './service.ts';
import type { WireProtocol } from './wire-protocol.ts';

const errors = jsonProtocol({ version: '1.1', messageMember: 'Message' });

/** AWS REST JSON, as far as answers without a body need it: the operation is told by method and path. */
export const restJsonProtocol: WireProtocol = {
  encodeOutput: (_operation, output, requestId) => {
    const { status = 200 } = output as { status?: number };
    return { status, headers: { 'x-amzn-requestid': requestId }, body: '' };
  },
  encodeError: errors.encodeError,
  unknownOperation: () => new AwsError('UnknownOperationException', 'There is no such operation.', 404),
};
