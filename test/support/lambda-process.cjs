'use strict';

// A stand-in for Lambda's own runtime: loads the bundle it is started for, and answers each event that it is sent.
const { join } = require('node:path');

const { handler } = require(join(process.env.LAMBDA_TASK_ROOT, 'index.js'));

process.on('message', async ({ id, event, context }) => {
  try {
    process.send({ id, result: await handler(event, context) });
  } catch (error) {
    process.send({ id, error: { name: error.name, message: error.message, stack: error.stack } });
  }
});
