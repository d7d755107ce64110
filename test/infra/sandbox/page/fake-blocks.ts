/** Block Kit as a bot could send it; the page has to show whatever Slack takes. */
type JsonBlock = Record<string, unknown>;

const plainText = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const section = (text: string, more: JsonBlock = {}): JsonBlock => ({
  type: 'section',
  text: mrkdwn(text),
  ...more,
});
const header = (text: string): JsonBlock => ({ type: 'header', text: plainText(text) });
export const context = (text: string): JsonBlock => ({ type: 'context', elements: [mrkdwn(text)] });
export const actions = (block_id: string, elements: JsonBlock[]): JsonBlock => ({
  type: 'actions',
  block_id,
  elements,
});
export const button = (action_id: string, text: string, more: JsonBlock = {}): JsonBlock => ({
  type: 'button',
  action_id,
  text: plainText(text),
  ...more,
});
export const CONFIRM = {
  title: plainText('Put it back?'),
  text: mrkdwn('`s3:DeleteBucket` will be *in force* again.'),
  confirm: plainText('Approve'),
  deny: plainText('Not now'),
  style: 'danger',
};

/** A request that waits: four buttons, as the bot's message has them. */
export function requestBlocks(requestId: string): JsonBlock[] {
  return [
    header('Held: my-bad-policy'),
    section('*Dana* created `my-bad-policy`, which grants `s3:DeleteBucket` on all resources.'),
    actions('decision', [
      button('approve', 'Approve', { style: 'primary', value: requestId }),
      button('deny', 'Deny', { style: 'danger', value: requestId }),
      button('decide-with-reason', 'Decide with a reason…', { value: requestId }),
    ]),
    context(`Nobody decides: it expires · request \`${requestId}\``),
  ];
}

/** A modal that asks for the reason of a decision. */
export function reasonView(): JsonBlock {
  return {
    type: 'modal',
    title: plainText('Decide with a reason'),
    submit: plainText('Decide'),
    close: plainText('Cancel'),
    blocks: [
      section('Dana created my-bad-policy'),
      {
        type: 'input',
        block_id: 'reason',
        label: plainText('Reason'),
        element: { type: 'plain_text_input', action_id: 'reason', multiline: true },
      },
    ],
  };
}

/** A modal of several pages, each longer than the screen. */
export function pagedView(page: number): JsonBlock {
  const lines = Array.from({ length: 60 }, (_, line) => `  "line ${page}.${line}": "s3:Delete*"`);
  return {
    type: 'modal',
    title: plainText('Details'),
    close: plainText('Close'),
    blocks: [
      header(`Page ${page} of 3`),
      section('What it grants', {
        accessory: button('open-console', 'Open in AWS', { url: 'https://console.aws.amazon.com/' }),
      }),
      { type: 'divider' },
      {
        type: 'section',
        fields: [mrkdwn('*Attached to*\nrole/deployer'), mrkdwn('*In force for*\n3 s')],
      },
      section(`\`\`\`\n{\n${lines.join(',\n')}\n}\n\`\`\``),
      actions('pages', [
        button('earlier-request', 'Earlier request'),
        button('next-page', 'Next page', { value: String(page + 1) }),
        button('approve', 'Approve', { style: 'primary', value: 'r1', confirm: CONFIRM }),
      ]),
    ],
  };
}

export function homeView(pending: string): JsonBlock {
  return {
    type: 'home',
    blocks: [
      header('Waiting for you'),
      section(`*my-bad-policy* ${pending}`, {
        block_id: 'r1',
        accessory: button('details', 'Details', { value: 'r1' }),
      }),
      actions('home', [button('approve', 'Approve', { style: 'primary', value: 'r1', confirm: CONFIRM })]),
      { type: 'divider' },
      context('Mode: *enforce* · approvers <!subteam^S0SECURIT>'),
    ],
  };
}
