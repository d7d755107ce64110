import type { SlackReply } from '../../api/contract.ts';
import { post, SandboxApiError } from '../state/post.ts';

/** What Slack would show; a sandbox that does not answer reads as Slack's own warning. */
export async function ask(path: string, body: object): Promise<SlackReply> {
  try {
    const answer = await post(path, body);
    if (answer.ok) return answer.body as SlackReply;
    return warningOnly(answer.status, messageOf(answer.body));
  } catch (error) {
    if (error instanceof SandboxApiError) return warningOnly(0, error.message);
    throw error;
  }
}

function messageOf(body: unknown): string {
  return (body as { error?: { message?: string } } | null)?.error?.message ?? JSON.stringify(body);
}

function warningOnly(status: number, warning: string): SlackReply {
  return { ok: false, status, warning, ephemeral: [], view: null, errors: null };
}
