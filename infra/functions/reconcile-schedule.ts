/** How often what does not go on by itself is looked for, on AWS and in the sandbox. Minutes. */
export const RECONCILE_MINUTES = 5;
