/** Rule ids: lower-case words joined by hyphens. */
export const RULE_ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
