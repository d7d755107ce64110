/** One part of the installation, examined. All texts are plain sentences. */
export interface Check {
  name: string;
  /** `unknown`: could not be found out; that is no proof of anything. */
  status: 'ok' | 'wrong' | 'unknown';
  found: string;
  /** What to do about it; for whatever is not `ok`. */
  mend?: string;
}
