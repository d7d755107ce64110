import { beforeAll, describe, expect, test } from 'vitest';
import { MOTO_INSTALLED, type Moto, motoOfThisFile, NO_MOTO } from '../support/moto.ts';
import { fillLikeTheSandbox, startSandboxAccount } from './accounts.ts';
import { type Answer, type Call, play, type Scene } from './call.ts';
import { compareAnswers, type Unlike } from './compare.ts';
import { DIFFERENCES, type Difference, explains } from './differences.ts';
import { SCENES } from './scenes.ts';

const moto = await motoOfThisFile();
const met = new Set<Difference>();

/**
 * The answers of both, call by call, from accounts that begin alike.
 *
 * @param mistaken what the sandbox is asked instead
 */
async function playBoth(
  scene: Scene,
  other: Moto,
  mistaken = scene,
): Promise<{ sandbox: Answer[]; moto: Answer[] }> {
  const account = await startSandboxAccount();
  try {
    await other.reset();
    await fillLikeTheSandbox(other.config, account.config);
    const [sandbox, elsewhere] = await Promise.all([
      play(mistaken, account.config),
      play(scene, other.config),
    ]);
    return { sandbox, moto: elsewhere };
  } finally {
    await account.stop();
  }
}

/** What is unlike in the answers to a call and is not known to be right. */
function unexplained(operation: string, about: string, unlike: Unlike[], seen = met): Unlike[] {
  return unlike.filter((each) => {
    const known = DIFFERENCES.find((difference) => explains(difference, operation, about, each));
    if (known !== undefined) seen.add(known);
    return known === undefined;
  });
}

const isDeletion = ([operation]: Call) => operation === 'DeleteUserPolicy';

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

  test('and an operation that does nothing is noticed, in the state afterwards', async () => {
    const scene = SCENES.find(({ calls }) => calls.some(isDeletion)) as Scene;
    const idle = scene.calls.map((call): Call => (isDeletion(call) ? ['ListUsers', {}, 'instead'] : call));
    const answers = await playBoth(scene, moto, { ...scene, calls: idle });
    const noticed = scene.calls.filter(([operation, , about], index) => {
      const unlike = compareAnswers(answers.sandbox[index] as Answer, answers.moto[index] as Answer);
      return unexplained(operation, about, unlike, new Set()).length > 0;
    });
    expect(noticed.map(([, , about]) => about)).toContain('the state afterwards');
  });

  test('and every difference that is known is still there', () => {
    expect(DIFFERENCES.filter((difference) => !met.has(difference))).toEqual([]);
  });
});
