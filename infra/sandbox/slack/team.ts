/** A workspace, as Slack names it in what it sends. */
export interface Team {
  id: string;
  name: string;
  domain: string;
}

/** Whose channel is shared with the sandbox's workspace. */
export const PARTNER_TEAM: Team = { id: 'T0PARTNER', name: 'Partner', domain: 'partner' };

/** A workspace that has nothing to do with the sandbox's. */
export const OTHER_TEAM: Team = { id: 'T0ELSEWHE', name: 'Elsewhere', domain: 'elsewhere' };
