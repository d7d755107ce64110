import { open, readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync } from 'node:zlib';

export const STANDARD_INPUT = '-';

/** The longest text that the engine holds; a file that unpacks to more could only fail later. */
const LONGEST_TEXT = 512 * 1024 * 1024;

/** RFC 1952: what every gzip file starts with, whatever it is called. */
const GZIP = Buffer.from([0x1f, 0x8b]);

/** A saved plan is a ZIP file whose first entry is called so. */
const SAVED_PLAN = /^PK[\s\S]{28}tfplan/;

/** What stands at the start of policies, records, logs and tables of them. */
const PROMISING = /^\s*(?:["[{]|%7B)|"(?:eventVersion|eventName|Statement)"|^"?\w+"?[,\t].*event_?name/i;
const FIRST_BYTES = 4_096;

/**
 * Reads a file, or standard input: unpacked where it is gzip, as UTF-8 or UTF-16, without a byte order mark.
 *
 * @throws Error when it can't be read or unpacked, is too long, or is no text
 */
export async function readText(path: string, standardInput: Readable): Promise<string> {
  const bytes = path === STANDARD_INPUT ? await buffer(standardInput) : await readFile(path);
  const unpacked = isGzip(bytes) ? await unpack(bytes) : bytes;
  if (isSavedPlan(unpacked)) {
    throw new Error('it is a plan as terraform saves it; inspect what `terraform show -json` prints of it');
  }
  const text = decode(unpacked);
  if (!isText(text.slice(0, FIRST_BYTES))) throw new Error('it is no text');
  return text;
}

function isGzip(bytes: Buffer): boolean {
  return bytes.subarray(0, GZIP.length).equals(GZIP);
}

/** What a gzip file ends with: how long what is packed is, in bytes. Source: RFC 1952, 2.3.1. */
const LENGTH_AT_END = 4;
const LARGEST_PIECE = 16 * 1024 * 1024;

/** In one piece where it is not larger than most: each takes a turn of the event loop. */
async function unpack(bytes: Buffer): Promise<Buffer> {
  const length = bytes.length < LENGTH_AT_END ? 0 : bytes.readUInt32LE(bytes.length - LENGTH_AT_END);
  const chunkSize = Math.max(FIRST_BYTES, Math.min(length + 1, LARGEST_PIECE));
  return await promisify(gunzip)(bytes, { maxOutputLength: LONGEST_TEXT, chunkSize });
}

function isSavedPlan(bytes: Buffer): boolean {
  return SAVED_PLAN.test(bytes.toString('latin1', 0, FIRST_BYTES));
}

/** Text has no zero bytes, and hardly anything that its encoding does not have. */
function isText(start: string): boolean {
  const strange = start.split('\ufffd').length - 1;
  return !start.includes('\0') && strange <= start.length / 50;
}

/**
 * Whether a file is worth reading that may be anything, by its first bytes.
 *
 * @throws Error when it can't be read
 */
export async function looksReadable(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer: bytes, bytesRead } = await file.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
    const start = bytes.subarray(0, bytesRead);
    const unpacked = isGzip(start) ? gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH }) : start;
    const text = decode(unpacked).slice(0, FIRST_BYTES);
    return isSavedPlan(unpacked) || (isText(text) && PROMISING.test(text));
  } finally {
    await file.close();
  }
}

/** PowerShell writes UTF-16 with a byte order mark; without one every other byte of JSON is zero. */
function decode(bytes: Buffer): string {
  const [first, second] = bytes;
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined);
  const encoding = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
