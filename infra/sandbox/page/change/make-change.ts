import { post, SandboxApiError } from '../state/post.ts';

/** What AWS answered to a change. */
export type AwsAnswer =
  | { ok: true; operation: string; response: unknown }
  | { ok: false; operation: string; code: string; message: string };

/** Makes an IAM call in a caller's name, as the AWS CLI would. */
export async function makeChange(
  caller: string,
  operation: string,
  parameters: Record<string, string | boolean>,
): Promise<AwsAnswer> {
  try {
    const answer = await post('/api/changes', { caller, operation, parameters });
    if (answer.ok) return { ok: true, operation, response: answer.body };
    const { code = `HTTP ${answer.status}`, message = JSON.stringify(answer.body) } = errorOf(answer.body);
    return { ok: false, operation, code, message };
  } catch (error) {
    if (!(error instanceof SandboxApiError)) throw error;
    return { ok: false, operation, code: 'No answer', message: error.message };
  }
}

function errorOf(body: unknown): { code?: string; message?: string } {
  return (body as { error?: { code?: string; message?: string } } | null)?.error ?? {};
}
