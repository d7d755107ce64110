import type { Play } from '../play.ts';

/** The pages of installing the app to a workspace. */
export const install: Play = {
  async tell(stage) {
    const start = `${stage.sandbox.page}/slack/install`;
    const response = await fetch(start);
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const link = /href="([^"]+oauth\/v2\/authorize[^"]+)"/.exec(await response.text())?.[1] ?? '';
    const authorize = link.replaceAll('&amp;', '&');
    await stage.page('the install page', start);
    const answer = async (form: Record<string, string>) => {
      const body = new URLSearchParams(form);
      const answered = await fetch(authorize, { method: 'POST', body, redirect: 'manual' });
      return answered.headers.get('location') ?? '';
    };
    const back = { headers: { cookie } };
    await stage.page('cancelled in Slack', await answer({ answer: 'cancel' }), back);
    const allowed = await answer({ answer: 'allow' });
    await stage.page('a state of another browser', allowed);
    await stage.page('installed', allowed, back);
    await stage.page('installed twice', allowed, back);
  },
};
