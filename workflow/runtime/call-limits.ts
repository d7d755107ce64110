/** How long a call to AWS may take, in milliseconds. */
export interface CallLimits {
  /** The longest that one call may take, with all its tries. */
  callMs: number;
  /** The longest that one try may take. */
  tryMs: number;
}
