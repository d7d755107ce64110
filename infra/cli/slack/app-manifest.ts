import { COMMAND } from '../../../bot/media/slack/identifiers.ts';
import { SCOPES } from '../../../bot/media/slack/scopes.ts';
import { PATH, publicAddress } from '../../../bot/pages/install/paths.ts';

/**
 * The app as Slack takes it under "Create an app from a manifest" (docs.slack.dev, "App manifest reference").
 *
 * Token rotation is off. It would replace the bot token every 12 hours, and whoever refreshes it must be the only
 * one: two functions that refresh at once lock each other out, and a guard that has lost its token cannot ask
 * anybody. Instead the token lies in Secrets Manager, three functions may read it, and installing the app again
 * replaces it at any time without a deployment.
 *
 * Of the events API only `app_home_opened` is used, to show App Home to whoever opens it: nothing that is written in a
 * channel, or to the bot itself, ever reaches it. The messages tab is there for what the bot writes to a requester,
 * and read-only. `should_escape` is off: the command takes ids and text, and Slack would turn them into mentions. Installing to a whole Enterprise
 * organisation is off, because one workspace is configured and all others are refused.
 *
 * @param publicUrl the address of the deployed HTTP API, https
 */
export function appManifest(publicUrl: string) {
  const eventsUrl = publicAddress(publicUrl, PATH.events);
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: 'Policy Guard',
      description: 'Takes IAM policies that grant restricted actions out of force and asks here what to do',
      long_description:
        'Policy Guard watches the IAM policies of an AWS account. A change that grants a restricted action is taken out of force within seconds and put to this workspace: approve puts the very same policy back, deny makes its removal final. It reads no messages and joins no channel that it was not invited to.',
      background_color: '#1f2a44',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: true,
      },
      bot_user: { display_name: 'Policy Guard', always_online: true },
      slash_commands: [
        {
          command: COMMAND,
          url: eventsUrl,
          description:
            'Restricted actions, requests that wait or have ended, and a check of the installation',
          usage_hint:
            '[list [text] | check ACTION or POLICY | pending | show ID | resume ID | history [N] | baseline | doctor | help]',
          should_escape: false,
        },
      ],
    },
    oauth_config: {
      redirect_urls: [publicAddress(publicUrl, PATH.redirect)],
      scopes: { bot: [...SCOPES] },
    },
    settings: {
      event_subscriptions: { request_url: eventsUrl, bot_events: ['app_home_opened'] },
      interactivity: { is_enabled: true, request_url: eventsUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  };
}
