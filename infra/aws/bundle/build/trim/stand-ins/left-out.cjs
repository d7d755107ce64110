'use strict';

// Stands in a Lambda bundle for what Bolt and the AWS SDK import and never call on Lambda. Whoever does call one
// finds out at once, and where.
function leftOut() {
  throw new Error(
    'Something that is left out of the Lambda bundle was used; the stack shows by whom. Take it off the lists in infra/aws/bundle/build/trim/trims.ts.',
  );
}

module.exports = new Proxy(leftOut, {
  get: (target, name) => (name === '__esModule' ? false : name === 'prototype' ? target.prototype : leftOut),
});
