import { AttachUserPolicyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { ADA } from '../../../support/guarded-sandbox.ts';
import { allowed, asked, BAD, create, HARMLESS, leaf, WORSE, writeVersion } from '../changes.ts';
import type { Play, Stage } from '../play.ts';

/** One request, from the question to the approval, with its details. */
async function approveOne(stage: Stage, eventName: string) {
  const request = await stage.asked(({ change }) => change.eventName === eventName);
  await stage.moment('asked');
  await leaf(stage, 'Details', stage.click(request, 'details'), ADA);
  await stage.reply('Approve', stage.click(request, 'approve', ADA));
  await stage.ended(request.id);
  await stage.moment('approved');
}

export const attached: Play = {
  async tell(stage) {
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await stage.iam.send(new CreateUserCommand({ UserName: 'bob' }));
    await stage.iamAs('dana').send(new AttachUserPolicyCommand({ UserName: 'bob', PolicyArn }));
    await approveOne(stage, 'AttachUserPolicy');
  },
};

export const inline: Play = {
  async tell(stage) {
    const put = { UserName: 'bob', PolicyName: 'clean-up', PolicyDocument: BAD };
    await stage.iam.send(new CreateUserCommand({ UserName: 'bob' }));
    await stage.iamAs('dana').send(new PutUserPolicyCommand(put));
    await approveOne(stage, 'PutUserPolicy');
  },
};

export const version: Play = {
  async tell(stage) {
    const arn = await create(stage, 'reports', { document: HARMLESS });
    await allowed(stage, 'CreatePolicy');
    await writeVersion(stage.iamAs('dana'), arn, BAD);
    await approveOne(stage, 'CreatePolicyVersion');
  },
};

/** Another restricted version while the first is asked about; what is approved last is not in its place any more. */
export const superseded: Play = {
  async tell(stage) {
    const first = await asked(stage, 'clean-up');
    await stage.moment('asked');
    await writeVersion(stage.iamAs('dana'), first.policyArn ?? '', WORSE);
    const second = await stage.asked(({ id }) => id !== first.id);
    await stage.moment('asked about another version');
    await stage.click(first, 'approve', ADA);
    await stage.ended(first.id);
    await stage.moment('the first is approved');
    await stage.click(second, 'approve', ADA);
    await stage.ended(second.id);
    await stage.moment('the second is superseded');
  },
};
