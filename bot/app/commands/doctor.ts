import { doctorMessage } from '../../doctor/message.ts';
import type { Subcommand } from './policy-guard.ts';

/** `/policy-guard doctor`: what is wrong with the installation, and how to mend it. Works in any channel. */
export const doctor: Subcommand = async ({ examine }, { userId }) => doctorMessage(await examine(userId));
