import type { CfnResource, Synthesised } from './synthesise.ts';

/** The bucket and the parameter that `cdk bootstrap` makes in an account. */
const BUCKET = 'cdk-hnb659fds-assets-123456789012-us-east-1';
const BOOTSTRAP = { Name: '/cdk-bootstrap/hnb659fds/version', Type: 'String', Value: '21' };
/** An archive of nothing. */
const EMPTY_ZIP = Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64');
const STACK = 'PolicyGuard';

type Template = Record<string, unknown> & { Resources: Record<string, CfnResource> };

interface Manifest {
  files: Record<
    string,
    { source: { path: string; packaging: string }; destinations: Record<string, { objectKey: string }> }
  >;
}

/** moto's CloudFormation over HTTP. */
export class MotoCloudFormation {
  readonly #url: string;

  /** @param url of moto */
  constructor(url: string) {
    this.#url = url;
  }

  /** Brings an empty account to where `cdk deploy` begins. */
  async bootstrap(): Promise<void> {
    await this.#send('s3', `/${BUCKET}`, { method: 'PUT' });
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonSSM.PutParameter',
    };
    await this.#send('ssm', '/', { method: 'POST', headers, body: JSON.stringify(BOOTSTRAP) });
  }

  /** Puts the assets of a stack where its template looks for them. */
  async upload({ file }: Pick<Synthesised, 'file'>): Promise<void> {
    const { files } = JSON.parse(file(`${STACK}.assets.json`)) as Manifest;
    for (const { source, destinations } of Object.values(files)) {
      const body = source.packaging === 'zip' ? EMPTY_ZIP : file(source.path);
      for (const { objectKey } of Object.values(destinations)) {
        await this.#send('s3', `/${BUCKET}/${objectKey}`, { method: 'PUT', body });
      }
    }
  }

  /** @throws what moto refuses with */
  async apply(Action: 'CreateStack' | 'UpdateStack', template: Template, StackName = STACK): Promise<void> {
    const Capabilities = { 'Capabilities.member.1': 'CAPABILITY_IAM' };
    await this.#call({ Action, StackName, TemplateBody: JSON.stringify(template), ...Capabilities });
  }

  async delete(): Promise<void> {
    await this.#call({ Action: 'DeleteStack', StackName: STACK });
  }

  /** @returns the logical ids of what there is */
  async resources(StackName = STACK): Promise<string[]> {
    const answer = await this.#call({ Action: 'DescribeStackResources', StackName });
    return [...answer.matchAll(/<LogicalResourceId>(.*?)</g)].map(([, id = '']) => id);
  }

  async status(): Promise<string | undefined> {
    return /<StackStatus>(.*?)</.exec(await this.#call({ Action: 'DescribeStacks' }))?.[1];
  }

  async #call(parameters: Record<string, string>): Promise<string> {
    const body = new URLSearchParams({ Version: '2010-05-15', ...parameters });
    return this.#send('cloudformation', '/', { method: 'POST', body });
  }

  /** moto tells a service by the scope of the signature, and does not look at the rest of it. */
  async #send(service: string, path: string, init: RequestInit): Promise<string> {
    const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=none`;
    const response = await fetch(`${this.#url}${path}`, {
      ...init,
      headers: { ...init.headers, authorization },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${service} answered ${response.status}: ${text.slice(0, 300)}`);
    return text;
  }
}
