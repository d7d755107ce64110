'use strict';

// Stands for the base class of Slack's `WebClient`, which binds a function for each of Slack's 280 methods; here they
// are called by name, with `apiCall`.
exports.Methods = require('eventemitter3').EventEmitter;
