import { randomUUID } from 'node:crypto';

interface Message {
  messageId: string;
  body: string;
}

/** The dead-letter queue of the rule, and how Lambda hands its messages to a function. */
export interface UndeliveredQueue {
  add(event: object): void;
  /** Hands over what is there; what the function names as failed stays, and all of it when the function fails. */
  hand(to: (messages: Message[]) => Promise<unknown>): Promise<void>;
}

export function createUndeliveredQueue(): UndeliveredQueue {
  let messages: Message[] = [];
  return {
    add: (event) => void messages.push({ messageId: randomUUID(), body: JSON.stringify(event) }),
    async hand(to) {
      if (messages.length === 0) return;
      const handed = messages;
      const answer = (await to(handed)) as { batchItemFailures: { itemIdentifier: string }[] };
      const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      messages = messages.filter((message) => !handed.includes(message) || failed.has(message.messageId));
    },
  };
}
