import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../../../bot/media/slack/scopes.ts';
import { appManifest } from '../../../../infra/cli/slack/app-manifest.ts';
import { HTTP_ROUTES } from '../../../../infra/functions/functions.ts';
import * as z from '../../../../workflow/runtime/zod.ts';

const URL_ = 'https://abc123.execute-api.us-east-1.amazonaws.com';
const https = z.url({ protocol: /^https$/ }).check(z.maxLength(1_000));

/** Slack's rules, as documented under "App manifest reference" at docs.slack.dev; an unknown key is refused there. */
const slackRules = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal([1, 2]), minor_version: z.int() }),
  display_information: z.strictObject({
    name: z.string().check(z.minLength(1), z.maxLength(35)),
    description: z.string().check(z.maxLength(140)),
    long_description: z.string().check(z.minLength(174), z.maxLength(4_000)),
    background_color: z.string().check(z.regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i)),
  }),
  features: z.strictObject({
    bot_user: z.strictObject({
      display_name: z.string().check(z.minLength(1), z.maxLength(80)),
      always_online: z.boolean(),
    }),
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().check(z.maxLength(32), z.regex(/^\/[a-z0-9_-]+$/)),
          url: https,
          description: z.string().check(z.maxLength(2_000)),
          usage_hint: z.string().check(z.maxLength(1_000)),
          should_escape: z.boolean(),
        }),
      )
      .check(z.minLength(1), z.maxLength(50)),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z.array(https).check(z.minLength(1), z.maxLength(1_000)),
    scopes: z.strictObject({ bot: z.array(z.string()).check(z.minLength(1), z.maxLength(255)) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: https,
      bot_events: z.array(z.string()).check(z.maxLength(100)),
    }),
    interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: https }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

describe('the app manifest', () => {
  it('keeps to Slack’s rules', () => {
    expect(slackRules.safeParse(appManifest(URL_)).error?.issues ?? []).toEqual([]);
  });

  it('has a background dark enough for Slack’s white name', () => {
    const [, hex = ''] = appManifest(URL_).display_information.background_color.split('#');
    const channels = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
    const linear = channels.map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    const luminance = 0.2126 * (linear[0] ?? 1) + 0.7152 * (linear[1] ?? 1) + 0.0722 * (linear[2] ?? 1);
    expect(1.05 / (luminance + 0.05)).toBeGreaterThan(4.5);
  });

  it('asks for what the bot uses and nothing more', () => {
    expect(appManifest(URL_).oauth_config.scopes.bot).toEqual([...SCOPES]);
    expect([...SCOPES].sort()).toEqual([
      'chat:write',
      'commands',
      'usergroups:read',
      'users:read',
      'users:read.email',
    ]);
  });

  it('is told who opens App Home, and of no message', () => {
    const { settings, features } = appManifest(URL_);
    expect(settings.event_subscriptions.bot_events).toEqual(['app_home_opened']);
    expect(features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: true,
    });
  });

  it('hints at every subcommand', () => {
    const [command] = appManifest(URL_).features.slash_commands;
    const words = command?.usage_hint.match(/(?<=[[|] ?)[a-z]+/g);
    expect(words).toEqual(
      expect.arrayContaining(['list', 'check', 'pending', 'show', 'history', 'doctor', 'help']),
    );
  });

  it('names addresses that the HTTP API routes', () => {
    const { features, oauth_config, settings } = appManifest(URL_);
    const named = [
      ...features.slash_commands.map(({ url }) => url),
      ...oauth_config.redirect_urls,
      settings.interactivity.request_url,
      settings.event_subscriptions.request_url,
    ].map((address) => new URL(address).pathname);
    expect(HTTP_ROUTES.map(({ path }) => path)).toEqual(expect.arrayContaining(named));
  });

  it('takes an address with a slash at its end', () => {
    expect(appManifest(`${URL_}/`)).toEqual(appManifest(URL_));
  });
});
