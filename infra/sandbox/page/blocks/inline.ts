/** Slack's mrkdwn as a tree. Text is decoded: `&lt;` has become `<`, and is never read as markup again. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { type: 'link'; url: string; text: string }
  | { type: 'user' | 'channel' | 'group'; id: string; label?: string }
  | { type: 'broadcast'; range: string }
  | { type: 'date'; unixSeconds: number; format: string; fallback: string };
