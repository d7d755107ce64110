import { fileURLToPath } from 'node:url';

const standIn = (name: string) => fileURLToPath(new URL(`stand-ins/${name}`, import.meta.url));
const LEFT_OUT = standIn('left-out.cjs');
const CORE = '@smithy/core/dist-es/submodules';

/**
 * What a package has or imports and Lambda never uses, and what stands for it in a bundle: packages, and files by their
 * path without extension. By the package that has to be in a bundle for this to be.
 */
export const STAND_INS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '@slack/bolt': {
    '@slack/bolt': standIn('bolt.cjs'),
    // With what the other receivers bring along (undici, iconv-lite, mime-db, …) they are three quarters of a bundle.
    '@slack/bolt/dist/receivers/HTTPReceiver': LEFT_OUT,
    '@slack/bolt/dist/receivers/SocketModeReceiver': LEFT_OUT,
  },
  '@slack/web-api': {
    '@slack/web-api/dist/methods': standIn('web-api-methods.cjs'),
    '@slack/web-api/dist/file-upload': LEFT_OUT,
    '@slack/web-api/dist/chat-stream': LEFT_OUT,
  },
  '@smithy/core': {
    '@aws-sdk/credential-provider-node': standIn('lambda-credentials.ts'),
    // Loaded when an operation has an event stream, and none that is called here has.
    '@smithy/core/event-streams': LEFT_OUT,
    [`${CORE}/config/shared-ini-file-loader/loadSharedConfigFiles`]: standIn('no-config-files.ts'),
    // Lambda tells the region in the environment.
    [`${CORE}/config/config-resolver/regionConfig/getInstanceMetadataRegion`]: LEFT_OUT,
    // For machines whose Node has no SHA-256 of its own.
    [`${CORE}/checksum/sha256/Sha256Js`]: LEFT_OUT,
    [`${CORE}/endpoints/middleware-endpoint/service-customizations/s3`]: LEFT_OUT,
  },
  '@smithy/signature-v4': {
    '@smithy/signature-v4/dist-es/HeaderFormatter': standIn('no-header-formatter.ts'),
  },
  '@aws-sdk/client-dynamodb': {
    '@aws-sdk/middleware-endpoint-discovery': standIn('no-endpoint-discovery.ts'),
  },
};

/** Files that are changed on their way into a bundle. */
interface Rewrite {
  /** The path of each: from the package's name on, or from the root of this repository. */
  files: RegExp;
  /** Where such a file has to be found. */
  of: RegExp;
  change: (text: string) => string;
}

export const REWRITES: readonly Rewrite[] = [
  {
    // Each client knows every error of each of its operations by a class. Of those that it does not know, it makes one
    // of the service's own class, with the code as its name, which is how they are told here: `isNamed`. With names for
    // keys, esbuild sees that a shape is not used.
    files: /^@aws-sdk\/client-[\w-]+\/dist-es\/schemas\/schemas_0\.js$/,
    of: /^@aws-sdk\/client-/,
    change: (text) => {
      const names = new Map(
        [...text.matchAll(/^const (_\w+) = (".*");$/gm)].map(([, constant, name]) => [constant, name]),
      );
      return text
        .replaceAll(/^(?!_s_)\w+_registry\.registerError\(.*\);$/gm, '')
        .replaceAll(/\[(_\w+)\]:/g, (key, constant) =>
          names.has(constant) ? `${names.get(constant)}:` : key,
        );
    },
  },
  {
    // For the user agent.
    files: /^@(?:aws-sdk|slack)\/[\w-]+\/package\.json$/,
    of: /^@aws-sdk\/client-/,
    change: (text) => {
      const { name, version } = JSON.parse(text);
      return JSON.stringify({ name, version });
    },
  },
  {
    // Only whoever reads the whole account slows down by what it is refused, with a strategy that it hands in.
    files: /^@smithy\/core\/dist-es\/submodules\/retry\/middleware-retry\/configurations\.js$/,
    of: /^@smithy\/core$/,
    change: (text) =>
      text.replace(
        /return new AdaptiveRetryStrategy\([\s\S]*?\n {12}\}\);/,
        "throw new Error('Hand in an AdaptiveRetryStrategy: of a mode alone, none is in the bundle.');",
      ),
  },
  {
    // The same functions; by the longer way, all of their module is bundled.
    files: /^zod\/v4\/mini\/schemas\.js$/,
    of: /^zod$/,
    change: (text) => text.replaceAll('core.util.', 'util.'),
  },
  {
    // What settings are for stands in `.env.example`.
    files: /^workflow\/runtime\/settings\/schema\.ts$/,
    of: /^zod$/,
    change: (text) => text.replaceAll(ABOUT, ''),
  },
  {
    // What a function may do is for whoever makes its role.
    files: /^(?:workflow|bot)\/functions\/[\w-]+\.ts$/,
    of: /^zod$/,
    change: (text) => text.replace(PERMISSIONS, ''),
  },
];

/** A property of the formatter's making: texts of one line each, added up. */
const ABOUT = /^ {4}about:\s*(?:(?:'(?:[^'\\]|\\.)*'|"[^"]*")(?:\s*\+\s*)?)+,\n/gm;
const PERMISSIONS = /^ {2}permissions: \[(?:.*\],|[\s\S]*?^ {2}\],)\n/m;
