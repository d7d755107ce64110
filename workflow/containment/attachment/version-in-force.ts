import type { IamReader } from '../../account/iam/iam.ts';

/** The document that an attachment brings into force: that of the policy's default version. @throws NotFoundError */
export async function readVersionInForce(iam: IamReader, policyArn: string): Promise<string> {
  return iam.getPolicyVersion(policyArn, await iam.getDefaultVersionId(policyArn));
}
