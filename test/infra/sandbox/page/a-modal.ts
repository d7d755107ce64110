/** A modal with every kind of input that the page can show. */
export function aModal() {
  const choice = (value: string, label: string) => ({
    value,
    text: { type: 'plain_text' as const, text: label },
    description: { type: 'plain_text' as const, text: `What ${label} does` },
  });
  return {
    type: 'modal',
    callback_id: 'decide',
    title: { type: 'plain_text', text: 'Decide with a reason' },
    submit: { type: 'plain_text', text: 'Decide' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      {
        type: 'input',
        block_id: 'decision',
        label: { type: 'plain_text', text: 'Decision' },
        element: {
          type: 'radio_buttons',
          action_id: 'decision',
          options: [choice('approved', 'Approve'), choice('denied', 'Deny')],
        },
      },
      {
        type: 'input',
        block_id: 'reason',
        label: { type: 'plain_text', text: 'Reason' },
        hint: { type: 'plain_text', text: 'Everyone in the channel sees it.' },
        element: { type: 'plain_text_input', action_id: 'reason', multiline: true },
      },
    ],
  };
}
