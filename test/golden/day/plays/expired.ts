import { asked } from '../changes.ts';
import type { Play } from '../play.ts';

/** Nobody decides: two reminders, an e-mail to the administrator, the end. Seen from the end: time does not stop before. */
export const expired: Play = {
  environment: { REMINDER_SECONDS: '3', ADMIN_EMAIL_SECONDS: '6', REQUEST_TIMEOUT_SECONDS: '13' },
  async tell(stage) {
    const request = await asked(stage, 'forgotten');
    await stage.ended(request.id);
    await stage.moment('expired');
  },
};
