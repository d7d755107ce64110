/**
 * Tells an error of AWS by its name, which is the code that the service answered. The SDK has a class for each error of
 * each operation; they are left out of the functions' bundles, where all that come are of the service's one class.
 */
export function isNamed(error: unknown, ...names: readonly string[]): error is Error {
  return error instanceof Error && names.includes(error.name);
}
