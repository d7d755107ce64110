import { describe, expect, it } from 'vitest';
import { describeRequest } from '../../../../bot/media/wording/describe-request.ts';
import { requestMessage } from '../../../../bot/notices/request/message.ts';
import { MESSAGE_OPTIONS } from '../../../support/message-options.ts';
import { WORST } from '../../../support/worst-requests.ts';
import { hasChromium, titled } from './browser.ts';
import { aMessage, slackTime } from './fake-state.ts';
import { servePage } from './served-page.ts';

const PHONE = { width: 390, height: 844 };

describe.skipIf(!hasChromium)(titled('on a phone'), () => {
  const served = servePage();

  it.each(Object.entries(WORST))('the buttons are within the first screen: %s', async (_, request) => {
    const { text, blocks } = requestMessage(describeRequest(request), MESSAGE_OPTIONS);
    served.api.state.slack.messages = [
      aMessage({ ts: slackTime(new Date()), text, blocks: blocks.map((block) => ({ ...block })) }),
    ];
    const { page } = await served.open({ viewport: PHONE });
    const message = page.getByRole('article').first();
    const buttons = message.getByRole('button');
    const top = (await message.boundingBox())?.y ?? Number.NaN;
    const boxes = await Promise.all((await buttons.all()).map((button) => button.boundingBox()));
    const bottom = Math.max(...boxes.map((box) => (box?.y ?? 0) + (box?.height ?? 0)));
    expect(bottom - top).toBeLessThanOrEqual(PHONE.height);
    expect(boxes.length).toBeGreaterThanOrEqual(3);
  });
});
