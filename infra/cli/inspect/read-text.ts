import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { STANDARD_INPUT } from './input-files.ts';

/** The longest text that the engine holds; a file that unpacks to more could only fail later. */
const LONGEST_TEXT = 512 * 1024 * 1024;

/** RFC 1952: what every gzip file starts with, whatever it is called. */
const GZIP = Buffer.from([0x1f, 0x8b]);

/**
 * Reads a file, or standard input, unpacking gzip.
 *
 * @throws Error when it can't be read or unpacked, or is too long
 */
export async function readText(path: string, standardInput: Readable): Promise<string> {
  const bytes = path === STANDARD_INPUT ? await buffer(standardInput) : await readFile(path);
  const isPacked = bytes.subarray(0, GZIP.length).equals(GZIP);
  const unpacked = isPacked ? await promisify(gunzip)(bytes, { maxOutputLength: LONGEST_TEXT }) : bytes;
  return unpacked.toString('utf8');
}
