import { AwsError } from './service.ts';
import type { WireProtocol, WireResponse } from './wire-protocol.ts';
import { membersToXml, toXml } from './xml-output.ts';

/** The query protocol of IAM, STS and SNS: a form comes in, XML goes out. */
export function queryProtocol(namespace: string, apiVersion: string): WireProtocol {
  return {
    encodeOutput(operation, output, requestId) {
      const result = Object.keys(output).length > 0 ? toXml(`${operation}Result`, output) : '';
      const metadata = toXml('ResponseMetadata', { RequestId: requestId });
      return xmlResponse(200, `${operation}Response`, namespace, result + metadata, requestId);
    },
    encodeError(error, requestId) {
      const type = error.status < 500 ? 'Sender' : 'Receiver';
      const details = {
        Error: { Type: type, Code: error.code, Message: error.message },
        RequestId: requestId,
      };
      return xmlResponse(error.status, 'ErrorResponse', namespace, membersToXml(details), requestId);
    },
    unknownOperation: (operation) =>
      new AwsError('InvalidAction', `Could not find operation ${operation} for version ${apiVersion}`),
  };
}

function xmlResponse(status: number, root: string, namespace: string, content: string, requestId: string) {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<${root} xmlns="${namespace}">${content}</${root}>`,
  } satisfies WireResponse;
}
