import { XmlShapeSerializer } from '@aws-sdk/core/protocols';
import { AwsError } from './service.ts';
import type { WireProtocol, WireResponse } from './wire-protocol.ts';

/** A shape as the AWS SDK describes it; 0 is text. */
type Schema = Parameters<XmlShapeSerializer['write']>[0];
type StructureSchema = Extract<Schema, readonly [3, ...unknown[]]>;

interface QueryService {
  namespace: string;
  apiVersion: string;
  /** The module of the service's SDK client: `GetPolicy$` is the schema of the operation GetPolicy. */
  client: object;
}

/**
 * The query protocol of IAM, STS and SNS: a form comes in, XML goes out, written with the shapes that the AWS SDK
 * itself reads. A member that these do not have is not sent.
 */
export function queryProtocol({ namespace, apiVersion, client }: QueryService): WireProtocol {
  const respond = (
    status: number,
    schema: StructureSchema,
    content: object,
    requestId: string,
  ): WireResponse => ({
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: toXml(namespace, schema, content),
  });
  return {
    encodeOutput(operation, output, requestId) {
      const schema = structure(`${operation}Response`, {
        [`${operation}Result`]: outputSchema(client, operation),
        ResponseMetadata: structure('ResponseMetadata', { RequestId: 0 }),
      });
      // An operation that answers nothing has no result at all.
      const result = Object.keys(output).length > 0 ? output : undefined;
      const content = { [`${operation}Result`]: result, ResponseMetadata: { RequestId: requestId } };
      return respond(200, schema, content, requestId);
    },
    encodeError(error, requestId) {
      const Type = error.status < 500 ? 'Sender' : 'Receiver';
      const content = { Error: { Type, Code: error.code, Message: error.message }, RequestId: requestId };
      return respond(error.status, ERROR_RESPONSE, content, requestId);
    },
    unknownOperation: (operation) =>
      new AwsError('InvalidAction', `Could not find operation ${operation} for version ${apiVersion}`),
  };
}

/** A structure in the form in which the SDK's clients hold theirs. @param members name → schema */
export function structure(name: string, members: Record<string, Schema>): StructureSchema {
  const schemas = Object.values(members).map((schema) => () => schema);
  return [3, 'sandbox', name, 0, Object.keys(members), schemas] as unknown as StructureSchema;
}

const ERROR_RESPONSE = structure('ErrorResponse', {
  Error: structure('Error', { Type: 0, Code: 0, Message: 0 }),
  RequestId: 0,
});

/** The schema of an operation is `[9, namespace, name, traits, input, output]`. */
function outputSchema(client: object, operation: string): Schema {
  const schema = (client as Record<string, unknown>)[`${operation}$`];
  if (!Array.isArray(schema)) throw new Error(`The SDK's client has no schema of ${operation}.`);
  return schema[5]();
}

/** ISO 8601 with a `T`, as the query protocol writes times (`TIMESTAMP_DATE_TIME` of `@smithy/types`). */
const DATE_TIME = 5;

function toXml(xmlNamespace: string, schema: Schema, content: object): string {
  const serializer = new XmlShapeSerializer({
    ...{ xmlNamespace, serviceNamespace: xmlNamespace },
    timestampFormat: { useTrait: true, default: DATE_TIME },
  });
  serializer.write(schema, content);
  return String(serializer.flush());
}
