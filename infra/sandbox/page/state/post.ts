/** The sandbox did not take a request, or did not answer at all. */
export class SandboxApiError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SandboxApiError';
  }
}

interface Answer {
  ok: boolean;
  status: number;
  body: unknown;
}

/** Posts JSON to the sandbox's API. @throws SandboxApiError when there is no answer or it is no JSON */
export async function post(path: string, body: object): Promise<Answer> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { ok: response.ok, status: response.status, body: await response.json() };
  } catch (error) {
    throw new SandboxApiError('The sandbox did not answer. Is `npm start` still running?', { cause: error });
  }
}
