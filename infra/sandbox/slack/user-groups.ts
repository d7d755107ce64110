import type { UserGroupState } from '../api/contract.ts';

/** For approver lists that name a group: one of approvers, and one with everybody who never counts. */
export const USER_GROUPS: readonly UserGroupState[] = [
  {
    ...{ id: 'S0SECURIT', handle: 'security' },
    members: ['U0ADALOVE', 'U0GRACEHO', 'U0MARGARE', 'U0DANALEE'],
  },
  {
    ...{ id: 'S0DEVELOP', handle: 'developers' },
    members: ['U0DEVONDE', 'U0GUESTGU', 'U0XENAEXT', 'U0DEEPART', 'U0BOTBOTX'],
  },
];
