import { beforeAll, describe, expect, test } from 'vitest';
import { MOTO_INSTALLED, type Moto, motoOfThisFile, NO_MOTO } from '../support/moto.ts';
import { fillLikeTheSandbox, startSandboxAccount } from './accounts.ts';
import { type Answer, play, type Scene } from './call.ts';
import { compareAnswers, type Unlike } from './compare.ts';
import { DIFFERENCES, type Difference, explains } from './differences.ts';
import { SCENES } from './scenes.ts';

const moto = await motoOfThisFile();
const met = new Set<Difference>();

/** The answers of both, call by call, from accounts that begin alike. */
async function playBoth(scene: Scene, other: Moto): Promise<{ sandbox: Answer[]; moto: Answer[] }> {
  const account = await startSandboxAccount();
  try {
    await other.reset();
    await fillLikeTheSandbox(other.config, account.config);
    const [sandbox, elsewhere] = await Promise.all([play(scene, account.config), play(scene, other.config)]);
    return { sandbox, moto: elsewhere };
  } finally {
    await account.stop();
  }
}

/** What is unlike in the answers to a call and is not known to be right. */
function unexplained(operation: string, about: string, unlike: Unlike[]): Unlike[] {
  return unlike.filter((each) => {
    const known = DIFFERENCES.find((difference) => explains(difference, operation, about, each));
    if (known !== undefined) met.add(known);
    return known === undefined;
  });
}

describe.skipIf(!MOTO_INSTALLED)(`the sandbox answers as moto does${NO_MOTO}`, () => {
  describe.each(SCENES)('$service, $title:', (scene) => {
    let answers: Awaited<ReturnType<typeof playBoth>>;
    beforeAll(async () => {
      answers = await playBoth(scene, moto);
    });

    test.each(scene.calls.map(([operation, , about], index) => ({ operation, about, index })))(
      '$operation, $about',
      ({ operation, about, index }) => {
        const unlike = compareAnswers(answers.sandbox[index] as Answer, answers.moto[index] as Answer);
        expect(unexplained(operation, about, unlike)).toEqual([]);
      },
    );
  });

  test('and every difference that is known is still there', () => {
    expect(DIFFERENCES.filter((difference) => !met.has(difference))).toEqual([]);
  });
});
