import { randomUUID } from 'node:crypto';
import * as z from '../../../../workflow/runtime/zod.ts';
import { operation, text } from '../front-door/parameters.ts';
import type { Service } from '../front-door/service.ts';
import { sendNotification } from './emails.ts';
import type { SnsState } from './state.ts';
import { findTopic, invalidParameter } from './topics.ts';

/** @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const LONGEST_SUBJECT = 100;
const LARGEST_MESSAGE = 256 * 1024;

/** Printable ASCII that does not begin with a space: no line breaks, no control characters. */
const SUBJECT = /^[\x21-\x7e][\x20-\x7e]*$/;

const publishInput = z.object({ TopicArn: text(), Message: text(), Subject: z.optional(text()) });

/** Publishing: every confirmed address gets the same e-mail. */
export function publishOperations(state: SnsState): Service {
  return {
    Publish: operation(publishInput, ({ TopicArn, Message, Subject }) => {
      const topic = findTopic(state, TopicArn);
      if (Message === '') throw invalidParameter('Empty message');
      if (Buffer.byteLength(Message) > LARGEST_MESSAGE) throw invalidParameter('Message too long');
      if (Subject !== undefined && !isSubject(Subject)) throw invalidParameter('Subject');
      const messageId = randomUUID();
      for (const subscription of topic.subscriptions.filter(({ confirmed }) => confirmed)) {
        sendNotification(state, subscription, { messageId, message: Message, subject: Subject });
      }
      return { MessageId: messageId };
    }),
  };
}

function isSubject(subject: string): boolean {
  return subject.length <= LONGEST_SUBJECT && SUBJECT.test(subject);
}
